"""The private calendar: what it holds, and who reads it."""

import datetime

import pytest
from django.urls import reverse
from icalendar import Calendar

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
    assert response["Cache-Control"] == "private, no-store"


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
