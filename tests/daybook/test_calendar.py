"""The private calendar: what it holds, and who reads it."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from eitrack.activities.models import Activity
from eitrack.common.cached_lists import forget_lists
from eitrack.daybook.models import CalendarFeed
from tests.factories.activities import SeriesFactory
from tests.factories.directory import SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to("2026-11-23T12:00Z")


def feed(client, worker):
    key = CalendarFeed.objects.get_or_create(worker=worker)[0].key
    return client.get(reverse("daybook:calendar_feed", args=[key]))


def events(response):
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_holds_the_last_four_weeks_and_the_next_26(client, worker):
    SeriesFactory(team=worker.hat.team, led_by=worker, skips_bank_holidays=False)

    days = [event["dtstart"].dt for event in events(feed(client, worker))]

    assert (days[0], days[-1]) == (datetime.date(2026, 10, 26), datetime.date(2027, 5, 24))
    assert len(days) == 31


def test_carries_kind_and_site_and_nobodys_name(client, worker):
    SeriesFactory(
        team=worker.hat.team,
        led_by=worker,
        name="Group for the Smiths",
        site=SiteFactory(name="Hillside Primary"),
    )

    response = feed(client, worker)

    text = response.content.decode()
    assert "SUMMARY:Drop-in\\, Hillside Primary" in text
    assert "Smiths" not in text
    assert worker.name not in text
    assert worker.email not in text
    assert response["Cache-Control"] == "private, no-cache"


def test_keeps_the_hour_when_the_clocks_change(client, worker, time_machine):
    time_machine.move_to("2026-10-20T12:00Z")
    SeriesFactory(
        team=worker.hat.team, led_by=worker, starts_at=datetime.time(9, 30), usual_minutes=90
    )

    begins = {f"{e['dtstart'].dt:%d %b %H:%M}": e for e in events(feed(client, worker))}

    assert "19 Oct 08:30" in begins  # summer time
    assert "26 Oct 09:30" in begins
    event = begins["26 Oct 09:30"]
    assert event["dtend"].dt - event["dtstart"].dt == datetime.timedelta(minutes=90)


class TestCancelled:
    """A session that will not run, said a week before (2026-11-30)."""

    @pytest.fixture
    def series(self, worker):
        return SeriesFactory(team=worker.hat.team, led_by=worker, skips_bank_holidays=False)

    def cancel(self, client, worker, series):
        client.force_login(worker)
        address = reverse("activities:series_not_run", args=[series.pk, "2026-11-30"])
        client.post(address, {"reason": "weather"})
        return Activity.objects.get(planned_on="2026-11-30", status="did_not_run")

    def event(self, client, worker):
        days = {event["dtstart"].dt: event for event in events(feed(client, worker))}
        return days[datetime.date(2026, 11, 30)]

    def test_becomes_cancelled_with_a_higher_sequence(self, client, worker, series):
        before = self.event(client, worker)

        self.cancel(client, worker, series)

        after = self.event(client, worker)
        assert (before["status"], after["status"]) == ("CONFIRMED", "CANCELLED")
        assert after["sequence"] > before["sequence"]
        assert after["uid"] == before["uid"]

    def test_taken_back_it_is_planned_again_with_a_higher_one_still(self, client, worker, series):
        record = self.cancel(client, worker, series)
        cancelled = self.event(client, worker)

        client.post(reverse("activities:activity_void", args=[record.pk]), {"reason": "mistake"})

        again = self.event(client, worker)
        assert again["status"] == "CONFIRMED"
        assert again["sequence"] > cancelled["sequence"]

    def test_cancelled_again_it_goes_on_from_there(self, client, worker, series):
        record = self.cancel(client, worker, series)
        client.post(reverse("activities:activity_void", args=[record.pk]), {"reason": "mistake"})
        planned = self.event(client, worker)

        self.cancel(client, worker, series)

        again = self.event(client, worker)
        assert again["status"] == "CANCELLED"
        assert again["sequence"] > planned["sequence"]


class TestAskedAgain:
    def test_a_calendar_that_has_it_hears_that_nothing_changed(self, client, worker, time_machine):
        SeriesFactory(team=worker.hat.team, led_by=worker)
        first = feed(client, worker)
        time_machine.move_to("2026-11-23T18:00Z")

        key = CalendarFeed.objects.get().key
        address = reverse("daybook:calendar_feed", args=[key])
        again = client.get(address, headers={"If-None-Match": first["ETag"]})

        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert again["Cache-Control"] == "private, no-cache"

    def test_after_a_change_it_gets_the_whole(self, client, worker):
        series = SeriesFactory(team=worker.hat.team, led_by=worker)
        first = feed(client, worker)
        series.starts_at = datetime.time(10, 0)
        series.save()

        key = CalendarFeed.objects.get().key
        address = reverse("daybook:calendar_feed", args=[key])
        again = client.get(address, headers={"If-None-Match": first["ETag"]})

        assert again.status_code == 200
        assert events(again)[0]["sequence"] > events(first)[0]["sequence"]

    def test_costs_the_same_queries_however_much_there_is(
        self, client, worker, django_assert_num_queries
    ):
        SeriesFactory(team=worker.hat.team, led_by=worker)
        feed(client, worker)
        forget_lists()  # as a process that has just started
        with CaptureQueriesContext(connection) as few:
            feed(client, worker)
        for _ in range(3):
            SeriesFactory(team=worker.hat.team, led_by=worker)

        forget_lists()
        with django_assert_num_queries(len(few)):
            feed(client, worker)


def test_series_of_others_are_not_in_it(client, worker):
    SeriesFactory(team=worker.hat.team)

    assert events(feed(client, worker)) == []


def test_a_new_address_ends_the_old_one(client, worker):
    client.force_login(worker)
    client.post(reverse("daybook:calendar"))
    old = CalendarFeed.objects.get().key

    client.post(reverse("daybook:calendar"))
    client.logout()

    assert client.get(reverse("daybook:calendar_feed", args=[old])).status_code == 404
    assert feed(client, worker).status_code == 200


def test_looking_at_the_page_makes_no_address(client, worker):
    client.force_login(worker)

    client.get(reverse("daybook:calendar"))

    assert not CalendarFeed.objects.exists()


def test_who_can_no_longer_sign_in_has_no_calendar(client, worker):
    SeriesFactory(team=worker.hat.team, led_by=worker)
    assert feed(client, worker).status_code == 200

    worker.is_active = False
    worker.save()

    assert feed(client, worker).status_code == 404
