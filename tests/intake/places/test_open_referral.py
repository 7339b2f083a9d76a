"""A council's directory: venues, and what repeats there."""

import json
from datetime import date, time

import pytest

from eitrack.activities.choices import Repeat
from eitrack.intake.places.listed import PlacesFileError
from eitrack.intake.places.open_referral import Slot, Venue, services_in
from tests.intake.places.made import page_of_services, service, venue

WEEKLY = {"id": "s1", "freq": "WEEKLY", "byday": "TU", "opens_at": "10:00", "closes_at": "11:30"}


def only(**values):
    (found,) = services_in(page_of_services(service(**values)))
    return found


def slots(**values):
    return only(schedules=[{**WEEKLY, **values}]).slots


def test_a_service_is_read_with_its_venue_and_its_week():
    found = only(schedules=[WEEKLY], venues=[venue()])

    assert (found.key, found.name, found.organisation) == (
        "5c1d",
        "Stay and play",
        "Brindley Council",
    )
    assert found.venue == Venue("3a19", "Elm Green Hall", "ZZ1 2BB", "10092008082")
    assert found.slots == [Slot(1, time(10, 0), time(11, 30))]
    assert found.slots[0].minutes == 90
    assert found.left_out == []


def test_names_of_contacts_are_not_read():
    assert "Quillemma" not in repr(only(schedules=[WEEKLY], venues=[venue()]))


def test_each_venue_is_a_line_of_its_own_with_its_own_times():
    friday = {**WEEKLY, "byday": "FR"}
    venues = [venue(schedules=[friday]), venue("Ivy Bank Library", key="3b20")]

    found = services_in(page_of_services(service(schedules=[WEEKLY], venues=venues)))

    assert [(one.venue.name, one.slots[0].weekday) for one in found] == [
        ("Elm Green Hall", 4),
        ("Ivy Bank Library", 1),
    ]


def test_times_of_a_location_count_where_nothing_nearer_has_any():
    at = venue()
    at["location"]["schedules"] = [WEEKLY]

    assert only(venues=[at]).slots == [Slot(1, time(10, 0), time(11, 30))]


def test_each_day_of_a_week_is_a_slot():
    assert [one.weekday for one in slots(byday="MO, WE,FR")] == [0, 2, 4]


@pytest.mark.parametrize("written", ["10:00", "10:00:00", "10:00Z", "10:00+01:00", "10:00:00Z"])
def test_a_time_is_that_of_the_clock_on_the_wall(written):
    assert slots(opens_at=written)[0].opens_at == time(10, 0)


@pytest.mark.parametrize("written", ["", None, "25:00", "ten", 10, {}])
def test_a_time_that_is_none_is_unknown(written):
    assert slots(opens_at=written)[0].opens_at is None
    assert slots(opens_at=written)[0].minutes is None


def test_every_two_weeks_is_known_with_its_first_day():
    (slot,) = slots(interval=2, dtstart="2026-09-08", until="2027-07-20")

    assert (slot.repeat, slot.from_on, slot.until_on) == (
        Repeat.FORTNIGHTLY,
        date(2026, 9, 8),
        date(2027, 7, 20),
    )


@pytest.mark.parametrize(("byday", "week"), [("2MO", 2), ("-1MO", -1), ("+1MO", 1)])
def test_a_weekday_of_the_month_is_known(byday, week):
    (slot,) = slots(freq="MONTHLY", byday=byday)

    assert (slot.repeat, slot.weekday, slot.week) == (Repeat.MONTHLY, 0, week)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"byday": ""}, "It names no day of the week."),
        ({"freq": None}, "It does not say how often it repeats."),
        ({"freq": "DAILY"}, "It repeats daily, every 1: there is no such series here."),
        ({"interval": 3}, "It repeats weekly, every 3: there is no such series here."),
        ({"byday": "Tuesday"}, "The day “TUESDAY” does not go with weekly."),
        ({"byday": "2TU"}, "The day “2TU” does not go with weekly."),
        ({"freq": "MONTHLY"}, "The day “TU” does not go with monthly."),
        (
            {"freq": "MONTHLY", "bymonthday": "3"},
            "It falls on a day of the month, not of the week.",
        ),
    ],
)
def test_a_schedule_that_is_no_series_is_left_out_with_the_reason(values, reason):
    found = only(schedules=[{**WEEKLY, **values}])

    assert (found.slots, found.left_out) == ([], [reason])


def test_a_service_that_is_not_in_use_is_left_out():
    page = page_of_services(service(status="defunct"), service("Baby group", key="5c1e"))

    assert [one.name for one in services_in(page)] == ["Baby group"]


def test_a_service_online_has_no_venue():
    assert only(venues=[venue(location_type="virtual")]).venue is None


def test_signs_that_no_text_has_are_dropped():
    found = only(name="Stay\x00 and \ud800play", venues=[venue("Elm\x00 Green Hall")])

    assert (found.name, found.venue.name) == ("Stay and play", "Elm Green Hall")


def test_a_single_service_and_a_plain_list_are_read_too():
    one = service(schedules=[WEEKLY])

    assert len(services_in(json.dumps(one).encode())) == 1
    assert len(services_in(json.dumps([one]).encode("utf-8-sig"))) == 1


@pytest.mark.parametrize(
    "content",
    [b"{", b"[1, 2]", b'{"contents": 5}', b'{"contents": [{"id": "1"}]}', b'{"version": "1"}'],
)
def test_what_is_no_page_of_services_is_refused(content):
    with pytest.raises(PlacesFileError):
        services_in(content)


@pytest.mark.parametrize("odd", [5, "text", None, [], [None], [[]], {"x": []}, [{"location": 5}]])
def test_parts_of_another_shape_are_taken_as_missing(odd):
    page = page_of_services(service() | {"schedules": odd, "service_at_locations": odd})

    (found,) = services_in(page)

    assert (found.venue, found.slots) == (None, [])
