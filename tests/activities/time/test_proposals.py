"""Time of colleagues: proposed on the form, counted once its worker has confirmed it."""

import datetime

import pytest
import time_machine

from eitrack.activities.models import Activity, TimeEntry
from eitrack.activities.time.proposals import colleagues, colleagues_by_team, propose_time
from tests.factories.activities import ActivityFactory, TimeEntryFactory
from tests.factories.directory import DistrictFactory, PlacementFactory, TeamFactory
from tests.sent import form_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]
FRIDAY = datetime.date(2026, 11, 20)
HOUR = {"contact_minutes": 60, "preparation_minutes": 15, "travel_minutes": 0}


@pytest.fixture
def colleague(team):
    hat = PlacementFactory(worker__name="Carol Colleague", team=team)
    hat.worker.hat = hat
    return hat.worker


def proposed_to(colleague, worker, **entry):
    activity = ActivityFactory(by=worker.hat)
    return TimeEntryFactory(
        activity=activity, placement=colleague.hat, state="proposed", contact_minutes=60, **entry
    )


def text(response):
    return response.content.decode()


class TestColleagues:
    def test_are_those_of_the_service_with_a_hat_of_that_day(self, worker, colleague, outsider):
        PlacementFactory(team=worker.hat.team, until_on=datetime.date(2026, 10, 1))
        PlacementFactory(team=TeamFactory(district=DistrictFactory(slug="far", name="Far away")))

        assert set(colleagues(worker, FRIDAY)) == {colleague, outsider}

    def test_are_offered_by_team_the_own_one_first_and_each_person_once(
        self, worker, colleague, outsider
    ):
        PlacementFactory(worker=colleague, team=outsider.hat.team)
        first = PlacementFactory(worker__name="Aaron Able", team=TeamFactory(name="A team"))

        offered = colleagues_by_team(worker, FRIDAY, {worker.hat.team_id})

        assert offered == [
            ("North team", [(colleague.pk, "Carol Colleague")]),
            ("A team", [(first.worker_id, "Aaron Able")]),
            ("South team", [(outsider.pk, "Oscar Outsider")]),
        ]


class TestPropose:
    def test_has_my_minutes_under_their_hat_in_my_team(self, worker, colleague):
        PlacementFactory(worker=colleague, team=TeamFactory(), planned_minutes=2400)
        activity = ActivityFactory(by=worker.hat)

        propose_time(by=worker, activity=activity, co_workers=[colleague], minutes=HOUR)

        entry = activity.time_entries.get(worker=colleague)
        assert (entry.placement, entry.date, entry.total_minutes) == (colleague.hat, FRIDAY, 75)
        assert (entry.state, entry.is_lead) == ("proposed", False)
        assert not TimeEntry.objects.counted().filter(pk=entry.pk).exists()

    def test_who_has_time_there_keeps_it(self, worker, colleague):
        entry = proposed_to(colleague, worker)

        propose_time(by=worker, activity=entry.activity, co_workers=[colleague], minutes=HOUR)

        assert entry.activity.time_entries.get(worker=colleague).total_minutes == 60

    def test_the_log_form_offers_colleagues_and_proposes_their_time(
        self, client, worker, colleague
    ):
        client.force_login(worker)
        form = client.get("/log/drop_in/")
        values = form_values(form) | {"attendance": "9", "co_workers": [colleague.pk]}

        client.post("/log/drop_in/", values)

        entry = Activity.objects.get().time_entries.get(worker=colleague)
        assert (entry.state, entry.contact_minutes) == ("proposed", int(values["contact_minutes"]))
        again = client.get(f"/log/drop_in/?like={Activity.objects.get().pk}").context["form"]
        assert again["co_workers"].value() == [colleague.pk]

    def test_somebody_of_another_team_is_ticked_proposed_and_named(self, client, worker, outsider):
        client.force_login(worker)
        values = form_values(client.get("/log/drop_in/"))
        values |= {"attendance": "9", "co_workers": [outsider.pk]}

        page = client.post("/log/drop_in/", values, follow=True)

        entry = Activity.objects.get().time_entries.get(worker=outsider)
        assert (entry.state, entry.team) == ("proposed", outsider.hat.team)
        assert "With Oscar Outsider, who will be asked to confirm their time." in text(page)

    def test_somebody_of_another_district_is_refused_with_every_value_kept(
        self, client, worker, colleague
    ):
        far = PlacementFactory(
            team=TeamFactory(district=DistrictFactory(slug="far", name="Far away"))
        ).worker
        client.force_login(worker)
        values = form_values(client.get("/log/drop_in/"))
        values |= {"attendance": "9", "co_workers": [far.pk]}

        response = client.post("/log/drop_in/", values)

        assert "had no hat in the service on that day" in text(response)
        assert response.context["form"]["attendance"].value() == "9"

    def test_a_repeated_entry_ticks_the_colleague_of_another_team(self, client, worker, outsider):
        client.force_login(worker)
        values = form_values(client.get("/log/drop_in/"))
        client.post("/log/drop_in/", values | {"attendance": "9", "co_workers": [outsider.pk]})

        page = client.get(f"/log/drop_in/?like={Activity.objects.get().pk}")

        assert page.context["form"]["co_workers"].value() == [outsider.pk]
        assert f'value="{outsider.pk}" id="id_co_workers_0" checked' in text(page)

    def test_who_is_gone_since_is_neither_ticked_nor_counted_and_it_is_said(
        self, client, worker, colleague, outsider
    ):
        activity = proposed_to(colleague, worker).activity
        colleague.hat.until_on = FRIDAY
        colleague.hat.save()
        client.force_login(worker)

        page = client.get(f"/log/drop_in/?like={activity.pk}")

        assert page.context["form"]["co_workers"].value() == []
        assert "1 filled in" not in text(page)
        assert "1 colleague of the entry you repeat had no hat on this day" in text(page)

    def test_who_joined_from_another_team_is_not_named_to_who_repeats_it(
        self, client, worker, colleague, outsider
    ):
        activity = ActivityFactory(by=worker.hat)
        TimeEntryFactory(activity=activity, placement=outsider.hat)
        client.force_login(worker)

        form = client.get(f"/log/drop_in/?like={activity.pk}").context["form"]

        assert form["co_workers"].value() == []

    def test_one_familys_kinds_and_a_lone_worker_are_not_asked(self, client, worker):
        client.force_login(worker)
        assert "co_workers" not in client.get("/log/drop_in/").context["form"].fields

        PlacementFactory(team=worker.hat.team)
        for kind, is_asked in {
            "drop_in": True,
            "protocol_work": True,
            "consultation_family": False,
            "case_contact": False,
            "overhead": False,
        }.items():
            fields = client.get(f"/log/{kind}/").context["form"].fields
            assert ("co_workers" in fields) == is_asked, kind


class TestConfirm:
    def test_one_tap_on_today_makes_it_count(self, client, worker, colleague):
        entry = proposed_to(colleague, worker)
        client.force_login(colleague)
        page = text(client.get("/today/"))
        assert "Confirm your time" in page
        assert f"/activities/{entry.activity_id}/time/confirm/" in page

        client.post(f"/activities/{entry.activity_id}/time/confirm/")

        entry.refresh_from_db()
        assert (entry.state, entry.contact_minutes) == ("confirmed", 60)
        assert TimeEntry.objects.counted().filter(worker=colleague).exists()
        assert "Confirm your time" not in text(client.get("/today/"))

    def test_other_minutes_are_typed_and_confirmed_in_one_go(self, client, worker, colleague):
        entry = proposed_to(colleague, worker)
        client.force_login(colleague)
        url = f"/activities/{entry.activity_id}/time/"
        values = form_values(client.get(url)) | {"contact_minutes": "45"}

        assert client.post(url, values).status_code == 302

        entry.refresh_from_db()
        assert (entry.state, entry.contact_minutes) == ("confirmed", 45)

    def test_a_day_that_becomes_longer_than_twelve_hours_asks_first(
        self, client, worker, colleague
    ):
        ActivityFactory(by=colleague.hat, minutes=700)
        entry = proposed_to(colleague, worker)
        client.force_login(colleague)

        asked = client.post(f"/activities/{entry.activity_id}/time/confirm/")
        assert "12 h 40 long" in text(asked)

        values = form_values(asked) | {"has_confirmed_long_day": "on"}
        client.post(f"/activities/{entry.activity_id}/time/", values)
        entry.refresh_from_db()
        assert entry.state == "confirmed"

    def test_not_me_removes_the_proposal_and_history_keeps_it(self, client, worker, colleague):
        entry = proposed_to(colleague, worker)
        client.force_login(colleague)

        client.post(f"/activities/{entry.activity_id}/time/remove/")

        assert not TimeEntry.objects.filter(pk=entry.pk).exists()
        assert TimeEntry.history.filter(id=entry.pk).first().history_type == "-"

    def test_confirmed_time_cannot_be_removed_after_ten_minutes(self, client, worker, colleague):
        entry = proposed_to(colleague, worker)
        TimeEntry.objects.filter(pk=entry.pk).update(state="confirmed")
        client.force_login(colleague)

        with time_machine.travel("2026-11-23T12:10:01Z", tick=False):
            client.post(f"/activities/{entry.activity_id}/time/remove/")

        assert TimeEntry.objects.filter(pk=entry.pk).exists()

    def test_nobody_confirms_for_another_nor_the_leads_time(self, client, worker, colleague):
        entry = proposed_to(colleague, worker)
        client.force_login(worker)

        for action in ("", "confirm/", "remove/"):
            url = f"/activities/{entry.activity_id}/time/{action}"
            assert client.post(url).status_code == 404

    def test_proposed_time_does_not_lengthen_the_day(self, client, worker, colleague):
        entry = proposed_to(colleague, worker)
        TimeEntry.objects.filter(pk=entry.pk).update(contact_minutes=900)
        client.force_login(colleague)
        values = form_values(client.get("/log/overhead/?date=2026-11-20"))

        client.post("/log/overhead/", values | {"contact_minutes": "60"})

        assert Activity.objects.filter(recorded_by=colleague).exists()
