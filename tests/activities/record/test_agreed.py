"""A protocol shapes the form: what is asked at a site, and what is kept and flagged."""

import datetime
import uuid

import pytest

from eitrack.activities.models import Activity
from eitrack.audit.models import Entry
from eitrack.daybook.tally import owner_of
from tests.factories.activities import ActivityFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import AgencyFactory, SiteFactory
from tests.factories.partnerships import ProtocolFactory, ProtocolVersionFactory
from tests.sent import form_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]
TALK = "/log/consultation_family/"


@pytest.fixture
def school():
    """A site of Oak School, where only the outcome and who began it may be asked."""
    agency = AgencyFactory(name="Oak School")
    agree(agency, "consent", consent_rule="spoken")
    agree(agency, "records", recordable_fields=["outcome", "begun_by"])
    return SiteFactory(name="Oak hall", agency=agency)


def agree(agency, topic, **version):
    protocol = ProtocolFactory(agency=agency, topic=topic)
    return ProtocolVersionFactory(protocol=protocol, agreed=True, **version)


def text(response):
    return response.content.decode()


def asked(response):
    return set(response.context["form"].fields)


def logged(client, kind, **values):
    address = f"/log/{kind}/"
    sent = form_values(client.get(address)) | values
    response = client.post(address, sent)
    assert response.status_code == 302, response.context["form"].errors
    return Activity.objects.latest("pk")


class TestForm:
    def test_leaves_out_what_was_agreed_not_to_be_used(self, signed_in, school):
        page = signed_in.get(f"{TALK}?site={school.pk}")

        assert not {"purpose", "need_level", "children", "adults"} & asked(page)
        assert {"outcome", "begun_by"} <= asked(page)
        assert (
            "Agreed with Oak School: we ask the family, nothing is signed. Not asked there: "
            "how many were children, purpose, level of need."
        ) in text(page)

    def test_says_that_nothing_is_agreed(self, signed_in):
        site = SiteFactory(agency=AgencyFactory(name="Elm <b>School</b>"))

        page = signed_in.get(f"{TALK}?site={site.pk}")

        words = "Nothing is agreed with Elm &lt;b&gt;School&lt;/b&gt; about consent or recording"
        assert words in text(page)
        assert "purpose" in asked(page)

    def test_without_an_agency_says_nothing(self, signed_in):
        page = signed_in.get(f"{TALK}?site={SiteFactory().pk}")

        assert page.context["form"]["site"].help_text == ""

    def test_our_own_meetings_are_not_shaped(self, signed_in, school):
        page = signed_in.get(f"/log/meeting_service/?site={school.pk}")

        assert "note" in asked(page)
        assert page.context["form"]["site"].help_text == ""

    def test_another_site_chosen_is_shown_with_everything_typed(self, signed_in, school):
        sent = form_values(signed_in.get(TALK)) | {
            "site": school.pk,
            "attendance": "2",
            "purpose": "housing",
            "look": "site",
        }

        page = signed_in.post(TALK, sent)

        form = page.context["form"]
        assert not Activity.objects.exists()
        assert (form["attendance"].value(), form["purpose"].value()) == ("2", "housing")
        assert "need_level" not in form.fields
        assert not form.errors
        assert "Agreed with Oak School" in text(page)

    def test_somewhere_else_follows_its_agency(self, signed_in, school):
        sent = form_values(signed_in.get(TALK)) | {
            "elsewhere_kind": "home",
            "elsewhere_agency": school.agency_id,
            "look": "site",
        }

        assert "Agreed with Oak School" in text(signed_in.post(TALK, sent))

    def test_a_value_of_the_address_stays(self, signed_in, school):
        page = signed_in.get(f"/log/drop_in/?site={school.pk}&children=3")

        assert page.context["form"]["children"].value() == "3"
        assert "adults" not in asked(page)

    def test_a_field_that_the_record_holds_can_be_emptied(self, signed_in, worker, school):
        activity = ActivityFactory(
            by=worker.hat, kind="consultation_family", site=school, attendance=1, purpose="housing"
        )

        page = signed_in.get(f"/activities/{activity.pk}/edit/")

        assert "purpose" in asked(page)
        assert "need_level" not in asked(page)

    def test_the_day_decides_what_was_agreed(self, signed_in, school):
        page = signed_in.get(f"{TALK}?site={school.pk}&date=2026-04-01")

        assert "purpose" in asked(page)


class TestFlag:
    def test_what_is_sent_all_the_same_is_kept_and_flagged(self, signed_in, school):
        activity = logged(
            signed_in, "consultation_family", site=school.pk, attendance="1", need_level="2"
        )

        assert (activity.need_level, activity.has_unagreed_fields) == (2, True)
        page = text(signed_in.get(activity.get_absolute_url()))
        assert "Holds more than is agreed with Oak School: level of need. Take it out?" in page

    def test_what_is_agreed_is_not_flagged(self, signed_in, school):
        activity = logged(
            signed_in, "consultation_family", site=school.pk, attendance="1", outcome="advice"
        )

        assert not activity.has_unagreed_fields
        assert "Holds more" not in text(signed_in.get(activity.get_absolute_url()))

    def test_a_record_that_a_phone_kept_is_flagged(self, signed_in, worker, school):
        sent = {
            "owner": owner_of(worker),
            "kind": "drop_in",
            "form_token": str(uuid.uuid4()),
            "recorded_at": "2026-11-23T11:00:00+00:00",
            "date": "2026-11-23",
            "site": school.pk,
            "contact_minutes": "60",
            "adults": "2",
            "children": "3",
        }

        assert signed_in.post("/tally/send/", sent).status_code == 200
        activity = Activity.objects.get()
        assert (activity.attendance, activity.children) == (5, 3)
        assert activity.has_unagreed_fields

    def test_the_level_of_a_case_is_the_cases_own(self, signed_in, worker, school):
        case = CaseFactory(allocated_to=worker.hat)
        case.level_spells.create(level=3, from_on=datetime.date(2026, 1, 5))

        activity = logged(
            signed_in, "case_contact", site=school.pk, attendance="1", case=case.pk, mode="site"
        )

        assert (activity.need_level, activity.has_unagreed_fields) == (3, False)

    def test_moved_to_another_site_it_is_judged_there(self, signed_in, school):
        activity = logged(
            signed_in, "consultation_family", site=school.pk, attendance="1", need_level="2"
        )
        address = f"/activities/{activity.pk}/edit/"
        sent = form_values(signed_in.get(address)) | {"site": SiteFactory().pk}

        signed_in.post(address, sent)

        activity.refresh_from_db()
        assert not activity.has_unagreed_fields


class TestTakeOut:
    @pytest.fixture
    def flagged(self, worker, school):
        return ActivityFactory(
            by=worker.hat,
            kind="consultation_family",
            site=school,
            attendance=3,
            adults=1,
            children=2,
            need_level=2,
            outcome="advice",
            has_unagreed_fields=True,
        )

    def test_one_button_empties_it(self, signed_in, worker, flagged):
        signed_in.post(f"/activities/{flagged.pk}/take-out/", {"version": flagged.version})

        flagged.refresh_from_db()
        assert (flagged.need_level, flagged.adults, flagged.children) == (None, None, None)
        assert (flagged.attendance, flagged.outcome) == (3, "advice")
        assert not flagged.has_unagreed_fields
        entry = Entry.objects.filter(action="changed").get()
        assert (entry.by, entry.record_id, entry.reason) == (worker, flagged.pk, "unagreed")
        page = text(signed_in.get(flagged.get_absolute_url()))
        assert "changed it: not agreed with the agency of the site" in page

    def test_a_record_changed_meanwhile_is_looked_at_again(self, signed_in, flagged):
        page = signed_in.post(
            f"/activities/{flagged.pk}/take-out/", {"version": flagged.version + 1}, follow=True
        )

        flagged.refresh_from_db()
        assert flagged.need_level == 2
        assert "Somebody changed it meanwhile" in text(page)


class TestWhyNotRegistered:
    def test_is_filled_in_by_kind_site_and_protocol(self, signed_in):
        site = SiteFactory(agency=AgencyFactory())
        agree(site.agency, "consent", consent_rule="partner_holds")

        page = signed_in.get(f"{TALK}?site={site.pk}")

        assert page.context["form"]["why_not_registered"].value() == "partner_holds_consent"

    def test_follows_the_site_that_is_sent(self, signed_in):
        park = SiteFactory(kind="playground")

        activity = logged(signed_in, "consultation_family", site=park.pk, attendance="1")

        assert activity.why_not_registered == "brief_contact"

    def test_what_a_person_chose_stands(self, signed_in):
        activity = logged(
            signed_in,
            "consultation_family",
            site=SiteFactory(kind="playground").pk,
            attendance="1",
            why_not_registered="family_prefers_not",
        )

        assert activity.why_not_registered == "family_prefers_not"

    def test_with_a_case_it_is_blank(self, signed_in, worker):
        case = CaseFactory(allocated_to=worker.hat)

        activity = logged(signed_in, "consultation_family", attendance="1", case=case.pk)

        assert activity.why_not_registered == ""

    def test_a_meeting_without_a_case_has_one(self, signed_in):
        assert logged(signed_in, "meeting_family", attendance="2").why_not_registered == "too_early"

    def test_an_old_record_without_one_is_left_as_it_was(self, signed_in, worker):
        activity = ActivityFactory(by=worker.hat, kind="consultation_family", attendance=1)
        address = f"/activities/{activity.pk}/edit/"

        signed_in.post(address, form_values(signed_in.get(address)) | {"attendance": "2"})

        activity.refresh_from_db()
        assert (activity.attendance, activity.why_not_registered) == (2, "")

    def test_a_case_taken_off_leaves_one(self, signed_in, worker):
        case = CaseFactory(allocated_to=worker.hat)
        activity = logged(signed_in, "consultation_family", attendance="1", case=case.pk)
        address = f"/activities/{activity.pk}/edit/"

        signed_in.post(address, form_values(signed_in.get(address)) | {"case": ""})

        activity.refresh_from_db()
        assert activity.why_not_registered == "too_early"
