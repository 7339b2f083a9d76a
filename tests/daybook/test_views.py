"""The worker's pages, through the client."""

import datetime
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eitrack.activities.kinds import BY_CODE, KINDS
from eitrack.activities.models import Activity
from eitrack.common.cached_lists import forget_lists
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory, ActivityTypeFactory, TimeEntryFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import AgencyFactory, PlacementFactory, SiteFactory
from tests.sent import form_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]
LOG = "/log/drop_in/"


def text(response):
    return response.content.decode()


def queries_of(get):
    """Of a process that has just started: it has no list in memory yet."""
    forget_lists()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        get()
    return len(captured)


class TestToday:
    def test_a_drop_in_is_logged_again_with_one_number(self, signed_in, worker):
        usual = ActivityFactory(by=worker.hat, minutes=120)

        preset = signed_in.get("/today/").context["presets"][0]
        values = form_values(signed_in.get(preset.url)) | {"attendance": "14"}
        saved = signed_in.post(preset.url, values, follow=True)

        activity = Activity.objects.latest("pk")
        assert saved.redirect_chain == [(f"/today/?saved={activity.pk}", 302)]
        assert (activity.attendance, activity.site) == (14, usual.site)
        assert f"at {usual.site}, today: 14 attended, 2 h." in text(saved)
        assert f"/activities/{activity.pk}/undo/" in text(saved)
        assert f"{LOG}?like={activity.pk}" in text(saved)
        assert "a case count would show 0 min" in text(saved)

    def test_is_light_and_its_scripts_are_small_ones_for_back_and_the_signal(
        self, signed_in, worker
    ):
        ActivityFactory.create_batch(20, by=worker.hat)

        page = text(signed_in.get("/today/"))

        scripts = re.findall(r"<script src=\"/static/js/([\w-]+)\.js\"", page)
        assert page.count("<script") == len(scripts)
        assert set(scripts) <= {"session", "forms", "on-phone"}
        assert len(page) < 30_000

    def test_the_panel_shows_only_what_this_worker_recorded(self, signed_in, worker, outsider):
        others = ActivityFactory(by=outsider.hat)
        TimeEntryFactory(activity=others, placement=worker.hat)

        for pk in (others.pk, 999_999, "x", "9" * 40):
            assert signed_in.get(f"/today/?saved={pk}").context["saved"] is None

    def test_undo_is_offered_for_ten_minutes(self, signed_in, worker):
        activity = ActivityFactory(by=worker.hat)

        with time_machine.travel("2026-11-23T12:10:01Z", tick=False):
            page = text(signed_in.get(f"/today/?saved={activity.pk}"))

        assert "Saved." in page
        assert "/undo/" not in page

    def test_a_user_without_a_hat_is_told_who_can_add_one(self, client, manager):
        user = UserFactory(worker=True)
        client.force_login(user)

        for address in ("/today/", LOG):
            page = text(client.get(address))
            assert "North team: Mary Manager" in page

    def test_queries_are_constant(self, signed_in, worker):
        case = CaseFactory(allocated_to=worker.hat)
        ActivityFactory.create_batch(10, by=worker.hat, case=case, kind="case_contact")
        few = queries_of(lambda: signed_in.get("/today/"))

        ActivityFactory.create_batch(100, by=worker.hat)

        assert queries_of(lambda: signed_in.get("/today/")) == few <= 11

    def test_the_manager_may_not_open_it(self, client, manager):
        client.force_login(manager)

        for address in ("/today/", "/log/", LOG):
            assert client.get(address).status_code == 403


class TestLogStart:
    def test_lists_all_kinds_in_plain_words(self, signed_in):
        page = text(signed_in.get("/log/"))

        for kind in KINDS:
            assert f'href="/log/{kind.code.value}/"' in page
            assert kind.label in page

    def test_hands_on_the_day(self, signed_in):
        assert 'href="/log/drop_in/?date=2026-11-20"' in text(
            signed_in.get("/log/?date=2026-11-20")
        )
        assert "date=%3Cscript" not in text(signed_in.get("/log/?date=<script>"))
        assert "date=<script" not in text(signed_in.get("/log/?date=<script>"))

    def test_leaves_out_kinds_whose_types_are_archived(self, signed_in):
        ActivityTypeFactory(kind="outreach", is_archived=True)

        assert "/log/outreach/" not in text(signed_in.get("/log/"))


class TestPrefill:
    def test_from_the_placement(self, signed_in, worker):
        values = form_values(signed_in.get(LOG))

        assert values["site"] == worker.hat.base_site_id
        assert values["placement"] == worker.hat.pk
        assert (values["date"], values["contact_minutes"]) == ("2026-11-23", 120)
        assert values["starts_at"] == "10:00"

    def test_from_habit(self, signed_in, worker):
        usual = ActivityFactory(by=worker.hat, minutes=95)

        values = form_values(signed_in.get(LOG))

        assert (values["site"], values["contact_minutes"]) == (usual.site_id, 95)

    def test_the_type_is_filled_in_where_a_kind_has_several(self, signed_in, worker):
        first = ActivityTypeFactory(kind="drop_in", name="Coffee morning", position=1)
        usual = ActivityTypeFactory(kind="drop_in", name="Drop-in", position=2)
        assert form_values(signed_in.get(LOG))["activity_type"] == first.pk

        ActivityFactory(by=worker.hat, activity_type=usual)
        assert form_values(signed_in.get(LOG))["activity_type"] == usual.pk

    def test_from_a_like_activity_without_its_people(self, signed_in, worker):
        like = ActivityFactory(
            by=worker.hat, minutes=45, attendance=9, starts_at=datetime.time(13, 30)
        )
        ActivityFactory(by=worker.hat, minutes=120)

        values = form_values(signed_in.get(f"{LOG}?like={like.pk}"))

        assert (values["site"], values["contact_minutes"]) == (like.site_id, 45)
        assert values["starts_at"] == "13:30"
        assert "attendance" not in values

    def test_a_like_activity_of_one_family_brings_no_case_and_no_purpose(self, signed_in, worker):
        case = CaseFactory(allocated_to=worker.hat)
        like = ActivityFactory(
            by=worker.hat, kind="case_contact", case=case, purpose="housing", need_level=2
        )

        values = form_values(signed_in.get(f"/log/case_contact/?like={like.pk}"))

        assert not {"case", "purpose", "need_level"} & set(values)

    def test_a_like_activity_of_somebody_else_is_ignored(self, signed_in, worker, outsider):
        like = ActivityFactory(by=outsider.hat, minutes=45)

        for pk in (like.pk, "x", "9" * 40):
            values = form_values(signed_in.get(f"{LOG}?like={pk}"))
            assert values["site"] == worker.hat.base_site_id

    def test_a_colleagues_sensitive_site_is_not_copied(self, signed_in, worker, team):
        like = ActivityFactory(
            by=PlacementFactory(team=team), kind="consultation_family", purpose="mental_health"
        )
        TimeEntryFactory(activity=like, placement=worker.hat)

        values = form_values(signed_in.get(f"/log/consultation_family/?like={like.pk}"))

        assert values["site"] == worker.hat.base_site_id


class TestLog:
    @pytest.mark.parametrize("kind", [kind.code.value for kind in KINDS])
    def test_every_kind_has_its_form(self, signed_in, kind):
        page = signed_in.get(f"/log/{kind}/")

        assert page.status_code == 200
        assert ("<textarea" in text(page)) is BY_CODE[kind].allows_note
        assert "-----" not in text(page)
        assert '<option value=""></option>' not in text(page)

    def test_an_unknown_kind_is_not_found(self, signed_in):
        assert signed_in.get("/log/gossip/").status_code == 404

    BAD = {
        "date": ("2026-11-24", "date"),
        "attendance": ("1000", "attendance"),
        "contact_minutes": ("1020", "contact_minutes"),
        "first_time": ("15", "first_time"),
    }

    @pytest.mark.parametrize("name", BAD)
    def test_bad_input_comes_back_with_every_value_and_a_linked_summary(self, signed_in, name):
        bad, field = self.BAD[name]
        typed = form_values(signed_in.get(LOG))
        typed |= {"attendance": "14", "children": "5", "first_time": "3", "returning": "6"}
        typed |= {"travel_minutes": "25", "purpose": "housing", name: bad}

        response = signed_in.post(LOG, typed)

        page = text(response)
        assert Activity.objects.count() == 0
        assert f'href="#id_{field}"' in page
        assert f'id="id_{field}_error"' in page
        form = response.context["form"]
        assert form.has_error(field)
        for key, value in typed.items():
            assert str(form[key].value()) == str(value)
            assert f'value="{value}"' in page

    def test_sent_twice_it_is_saved_once_and_answers_alike(self, signed_in):
        values = form_values(signed_in.get(LOG)) | {"attendance": "14"}

        first = signed_in.post(LOG, values)
        second = signed_in.post(LOG, values)

        assert Activity.objects.count() == 1
        assert first.url == second.url

    def test_a_token_of_somebody_else_says_nothing(self, client, worker, outsider):
        theirs = ActivityFactory(by=outsider.hat)
        client.force_login(worker)
        values = form_values(client.get(LOG)) | {
            "attendance": "14",
            "form_token": str(theirs.form_token),
        }

        response = client.post(LOG, values)

        mine = Activity.objects.get(recorded_by=worker)
        assert response.url == f"/today/?saved={mine.pk}"
        assert mine.attendance == 14

    @pytest.mark.parametrize("token", ["", "not-a-token"])
    def test_a_missing_or_broken_token_is_no_obstacle(self, signed_in, token):
        values = form_values(signed_in.get(LOG)) | {"attendance": "14", "form_token": token}

        assert signed_in.post(LOG, values).status_code == 302

    def test_a_late_entry_finds_the_hat_of_its_day(self, client, worker):
        worker.hat.until_on = datetime.date(2026, 11, 15)
        worker.hat.save()
        PlacementFactory(worker=worker, from_on=datetime.date(2026, 11, 16))
        client.force_login(worker)
        values = form_values(client.get(f"{LOG}?date=2026-11-10"))

        client.post(LOG, values | {"attendance": "14"})

        assert Activity.objects.get().time_entries.get().placement == worker.hat

    def test_queries_are_constant(self, signed_in, worker):
        address = f"{LOG}?like={ActivityFactory(by=worker.hat).pk}"
        few = queries_of(lambda: signed_in.get(address))

        ActivityFactory.create_batch(100, by=worker.hat)
        SiteFactory.create_batch(20)

        assert queries_of(lambda: signed_in.get(address)) == few <= 14

    def test_a_save_reads_none_of_the_lists_it_does_not_show(self, signed_in, worker):
        """Three for who it is, six to hold the answers against, six rows, and savepoints."""
        ActivityTypeFactory(kind="drop_in")
        values = form_values(signed_in.get(LOG)) | {"attendance": "14"}
        PlacementFactory.create_batch(5, team=worker.hat.team)
        SiteFactory.create_batch(20)

        assert queries_of(lambda: signed_in.post(LOG, values)) <= 21
        assert Activity.objects.get().attendance == 14

    def test_one_that_comes_back_offers_all_there_is_to_choose_from(self, signed_in, worker):
        colleague = PlacementFactory(team=worker.hat.team).worker
        agency = AgencyFactory()
        values = form_values(signed_in.get(LOG))

        page = signed_in.post(LOG, values | {"attendance": "many"})

        fields = page.context["form"].fields
        assert list(fields["co_workers"].choices) == [(colleague.pk, colleague.name)]
        assert (agency.pk, agency.name) in fields["elsewhere_agency"].choices
        assert fields["date"].days

    def test_no_case_reference_is_on_the_form(self, signed_in, worker):
        CaseFactory(reference="MARKER-REF-77", allocated_to=worker.hat)

        assert "MARKER-REF-77" not in text(signed_in.get("/log/case_contact/"))

    def test_each_page_has_a_new_token(self, signed_in):
        tokens = {form_values(signed_in.get(LOG))["form_token"] for _ in range(2)}

        assert len(tokens) == 2
