"""Back, correct, Save: the same form is saved once, a corrected one changes what it became."""

import pytest
import time_machine
from django.urls import reverse

from eitrack.activities.models import Activity, Thread, TimeEntry
from tests.factories.activities import ActivityTypeFactory, SeriesFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import AgencyFactory, PlacementFactory, SiteFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db
DROP_IN, TALK = "/log/drop_in/", "/log/consultation_family/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-23T18:00:00Z", tick=False):
        yield


@pytest.fixture
def colleague(worker):
    return PlacementFactory(worker__name="Carol Colleague", team=worker.hat.team).worker


def text(response):
    return response.content.decode()


def saved(client, address, **values):
    """What a browser sends of a new form with these values; it is saved with them once."""
    sent = form_values(client.get(address)) | values
    response = client.post(address, sent)
    assert response.status_code == 302, response.context["form"].errors
    return sent


def corrected(client, address, sent, **values):
    """The same form sent again with other values; one that is None is left out."""
    sent = {name: value for name, value in (sent | values).items() if value is not None}
    return client.post(address, sent, follow=True)


class TestDropIn:
    @pytest.fixture
    def sent(self, signed_in):
        return saved(signed_in, DROP_IN, attendance="6", contact_minutes="60")

    def test_what_was_corrected_is_changed_and_said(self, signed_in, sent):
        page = corrected(signed_in, DROP_IN, sent, contact_minutes="90", children="2")

        activity = Activity.objects.get()
        assert activity.time_entries.get().contact_minutes == 90
        assert (activity.attendance, activity.children, activity.adults) == (6, 2, 4)
        assert "Changed." in text(page)
        assert "Of whom children: –, now 2." in text(page)
        assert "Minutes: 60, now 90." in text(page)

    def test_its_history_says_what_it_was_before(self, signed_in, sent):
        corrected(signed_in, DROP_IN, sent, attendance="8")

        page = text(signed_in.get(Activity.objects.get().get_absolute_url()))

        assert "How many: 6, now 8" in page
        assert "corrected on the form it was logged with" in page

    def test_sent_as_it_was_it_is_saved_once_and_nothing_changes(self, signed_in, sent):
        page = corrected(signed_in, DROP_IN, sent)

        activity = Activity.objects.get()
        assert (activity.version, activity.history.count()) == (1, 1)
        assert TimeEntry.objects.get().history.count() == 1
        assert "Changed." not in text(page)

    def test_it_may_be_corrected_again_and_again(self, signed_in, sent):
        corrected(signed_in, DROP_IN, sent, attendance="7")
        corrected(signed_in, DROP_IN, sent, attendance="8")

        assert [one.attendance for one in Activity.objects.all()] == [8]

    def test_a_wrong_correction_comes_back_and_is_no_second_record(self, signed_in, sent):
        page = corrected(signed_in, DROP_IN, sent, attendance="many")
        assert page.context["form"]["attendance"].value() == "many"

        corrected(signed_in, DROP_IN, form_values(page), attendance="9")

        assert [one.attendance for one in Activity.objects.all()] == [9]

    def test_changed_on_its_page_since_both_stand_side_by_side(self, signed_in, sent):
        activity = Activity.objects.get()
        edit = reverse("activities:activity_edit", args=[activity.pk])
        signed_in.post(edit, form_values(signed_in.get(edit)) | {"attendance": "10"})

        page = corrected(signed_in, DROP_IN, sent, attendance="8")

        activity.refresh_from_db()
        assert activity.attendance == 10
        assert [(one.now, one.typed) for one in page.context["clash"].differences] == [("10", "8")]
        signed_in.post(edit, form_values(page))
        activity.refresh_from_db()
        assert (activity.attendance, Activity.objects.count()) == (8, 1)

    def test_changed_since_and_sent_as_it_stands_now_it_is_the_same(self, signed_in, sent):
        activity = Activity.objects.get()
        edit = reverse("activities:activity_edit", args=[activity.pk])
        signed_in.post(edit, form_values(signed_in.get(edit)) | {"attendance": "10"})

        page = corrected(signed_in, DROP_IN, sent, attendance="10")

        assert page.redirect_chain[-1][0] == f"/today/?saved={activity.pk}"

    def test_what_its_author_may_no_longer_change_is_not_changed_and_not_saved_anew(
        self, signed_in, sent
    ):
        Activity.objects.update(date="2026-10-01")

        page = corrected(signed_in, DROP_IN, sent, attendance="8")

        assert "This form was saved before" in text(page)
        assert [one.attendance for one in Activity.objects.all()] == [6]

    def test_colleagues_follow_until_they_have_confirmed(self, signed_in, worker, colleague):
        other = PlacementFactory(team=worker.hat.team).worker
        sent = saved(
            signed_in, DROP_IN, attendance="6", contact_minutes="60", co_workers=[colleague.pk]
        )

        corrected(signed_in, DROP_IN, sent, contact_minutes="90", co_workers=[other.pk])

        proposed = TimeEntry.objects.filter(state="proposed")
        assert [(one.worker, one.contact_minutes) for one in proposed] == [(other, 90)]

    def test_time_that_was_confirmed_stays(self, signed_in, colleague):
        sent = saved(signed_in, DROP_IN, attendance="6", co_workers=[colleague.pk])
        TimeEntry.objects.filter(worker=colleague).update(state="confirmed")

        corrected(signed_in, DROP_IN, sent, co_workers=None)

        assert TimeEntry.objects.filter(worker=colleague, state="confirmed").exists()


def test_a_place_chosen_in_a_hurry_is_the_same_place_the_second_time(signed_in):
    agency = AgencyFactory()
    place = {"elsewhere_kind": "community", "elsewhere_agency": agency.pk}
    sent = saved(signed_in, DROP_IN, attendance="6", **place)

    page = corrected(signed_in, DROP_IN, sent)

    assert Activity.objects.get().version == 1
    assert "Changed." not in text(page)


def test_a_programme_is_corrected_by_its_seats(signed_in, worker):
    series = SeriesFactory(
        activity_type=ActivityTypeFactory(kind="group_session"), team=worker.hat.team, seats=4
    )
    address = f"/log/group_session/?series={series.pk}&planned_on=2026-11-23"
    planned = {"planned_on": "2026-11-23"}
    sent = saved(signed_in, address, seats=["1", "2"], **planned)
    assert Activity.objects.get().planned_on is not None

    corrected(signed_in, address, sent)
    assert Activity.objects.get().version == 1
    corrected(signed_in, address, sent, seats=["1", "2", "4"])

    activity = Activity.objects.get()
    assert (activity.attendance, activity.version) == (3, 2)


class TestOneFamily:
    FIELDS = {
        "purpose": "housing",
        "outcome": "advice",
        "why_not_registered": "family_prefers_not",
        "begun_by": "worker",
        "need_level": "2",
        "has_interpreter": "on",
        "contribution": "advocacy",
        "starts_at": "11:10",
        "travel_minutes": "15",
        "preparation_minutes": "10",
        "date": "2026-11-20",
        "obstacle": "no_room",
        "children": "1",
        "attendance": "5",
    }

    @pytest.mark.parametrize("name", FIELDS)
    def test_every_single_answer_that_is_corrected_is_kept(self, signed_in, name):
        sent = saved(signed_in, TALK, attendance="2", begun_by="family")

        page = corrected(signed_in, TALK, sent, **{name: self.FIELDS[name]})

        activity, entry = Activity.objects.get(), TimeEntry.objects.get()
        holder = entry if name.endswith("_minutes") else activity
        value = getattr(holder, name)
        value = {True: "on"}.get(value, value) if name == "has_interpreter" else value
        assert str(value).startswith(self.FIELDS[name])
        assert "Changed." in text(page)

    def test_a_thread_chosen_or_taken_away_is_followed(self, signed_in):
        sent = saved(signed_in, TALK, attendance="2")
        corrected(signed_in, TALK, sent, thread="new")
        assert Activity.objects.get().thread is not None

        corrected(signed_in, TALK, sent, thread="new")
        assert Thread.objects.count() == 1
        corrected(signed_in, TALK, sent)

        assert Activity.objects.get().thread is None
        assert not Thread.objects.exists()

    def test_a_colleagues_case_by_its_reference_is_the_same_the_second_time(
        self, signed_in, colleague
    ):
        case = CaseFactory(
            reference="AB-77", allocated_to=colleague.placements.get(), opened_on="2026-11-01"
        )
        address = "/log/case_contact/"
        sent = saved(signed_in, address, attendance="2", colleague_reference="AB-77")

        corrected(signed_in, address, sent)
        assert Activity.objects.get().version == 1
        corrected(signed_in, address, sent, attendance="3")

        activity = Activity.objects.get()
        assert (activity.case, activity.attendance) == (case, 3)

    def test_another_site_is_followed(self, signed_in):
        site = SiteFactory(kind="playground")
        sent = saved(signed_in, TALK, attendance="2")

        corrected(signed_in, TALK, sent, site=site.pk)

        assert Activity.objects.get().site == site


def test_the_words_of_a_note_are_in_no_message(signed_in):
    address = "/log/meeting_service/"
    sent = saved(signed_in, address)

    page = corrected(signed_in, address, sent, note="Bring the projector.")

    assert Activity.objects.get().note == "Bring the projector."
    assert "Note: changed." in text(page)
    assert "projector" not in text(page)
