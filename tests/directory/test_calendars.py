from datetime import UTC, date, datetime

import pytest

from eitrack.directory.calendars import (
    add_working_days,
    is_working_day,
    working_day_of,
    working_days,
    working_days_between,
    working_hours_between,
)
from eitrack.directory.choices import Nation
from eitrack.directory.models import District

ENGLAND, SCOTLAND, WALES, NORTHERN_IRELAND = Nation


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),  # a Monday
        (date(2026, 11, 28), False),  # a Saturday
        (date(2026, 12, 25), False),  # Christmas Day
        (date(2026, 12, 28), False),  # Boxing Day falls on a Saturday: the Monday after
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 8, 31), False),  # the summer bank holiday of England
        (date(2026, 8, 3), True),  # a bank holiday in Scotland only
    ],
)
def test_working_days_are_monday_to_friday_without_bank_holidays_of_england(day, works):
    assert is_working_day(day, ENGLAND) is works


@pytest.mark.parametrize(
    ("day", "free_in"),
    [
        (date(2026, 1, 2), {SCOTLAND}),
        (date(2026, 3, 17), {NORTHERN_IRELAND}),  # Saint Patrick
        (date(2026, 4, 6), {ENGLAND, WALES, NORTHERN_IRELAND}),  # Easter Monday
        (date(2026, 7, 13), {NORTHERN_IRELAND}),  # the Boyne, a Sunday in 2026
        (date(2026, 8, 3), {SCOTLAND}),
        (date(2026, 8, 31), {ENGLAND, WALES, NORTHERN_IRELAND}),
        (date(2026, 11, 30), {SCOTLAND}),  # Saint Andrew
        (date(2026, 12, 25), set(Nation)),
    ],
)
def test_each_nation_keeps_its_own_bank_holidays(day, free_in):
    assert {nation for nation in Nation if not is_working_day(day, nation)} == free_in


def test_england_differs_from_scotland_on_21_working_days_of_four_years():
    first, last = date(2025, 1, 1), date(2028, 12, 31)
    england, scotland = (set(working_days(first, last, nation)) for nation in (ENGLAND, SCOTLAND))

    assert (len(england - scotland), len(scotland - england)) == (13, 8)


def test_both_ends_are_included():
    days = working_days(date(2026, 12, 23), date(2026, 12, 30), ENGLAND)

    assert [day.day for day in days] == [23, 24, 29, 30]


@pytest.mark.parametrize(
    ("earlier", "later", "days"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (date(2026, 11, 23), date(2026, 11, 24), 1),
        (date(2026, 11, 20), date(2026, 11, 23), 1),  # over a weekend
        (date(2026, 11, 21), date(2026, 11, 23), 1),  # from a Saturday
        (date(2026, 12, 24), date(2026, 12, 29), 1),  # over Christmas
        (date(2026, 11, 24), date(2026, 11, 23), 0),  # never less than none
    ],
)
def test_days_between_are_counted_in_working_days(earlier, later, days):
    assert working_days_between(earlier, later, ENGLAND) == days


@pytest.mark.parametrize(
    ("day", "number", "after"),
    [
        (date(2026, 11, 16), 5, date(2026, 11, 23)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 12, 23), 5, date(2027, 1, 4)),  # over Christmas
        (date(2026, 11, 16), 0, date(2026, 11, 16)),
    ],
)
def test_working_days_are_added(day, number, after):
    assert add_working_days(day, number, ENGLAND) == after


class TestWorkingHours:
    """09:00 to 17:00 as London's clocks show them."""

    @pytest.mark.parametrize(
        ("moment", "day"),
        [
            (datetime(2026, 11, 23, 16, 59, tzinfo=UTC), date(2026, 11, 23)),
            (datetime(2026, 11, 23, 17, 0, tzinfo=UTC), date(2026, 11, 24)),
            (datetime(2026, 11, 20, 18, 0, tzinfo=UTC), date(2026, 11, 23)),
            (datetime(2026, 11, 21, 10, 0, tzinfo=UTC), date(2026, 11, 23)),
            (datetime(2026, 7, 6, 16, 30, tzinfo=UTC), date(2026, 7, 7)),  # 17:30 in summer
        ],
    )
    def test_what_comes_after_closing_belongs_to_the_next_working_day(self, moment, day):
        assert working_day_of(moment, District()) == day

    def test_saint_andrew_is_no_working_day_in_scotland(self):
        """Monday 30 November 2026."""
        moment, scottish = datetime(2026, 11, 30, 10, tzinfo=UTC), District(nation=SCOTLAND)
        later = datetime(2026, 12, 1, 10, tzinfo=UTC)

        assert working_day_of(moment, scottish) == date(2026, 12, 1)
        assert working_hours_between(moment, later, scottish) == 1
        assert working_hours_between(moment, later, District()) == 8

    @pytest.mark.parametrize(
        ("start", "end", "hours"),
        [
            ("2026-11-23T10:00Z", "2026-11-23T12:30Z", 2.5),
            ("2026-11-23T16:00Z", "2026-11-24T10:00Z", 2),
            ("2026-11-20T16:00Z", "2026-11-23T10:00Z", 2),  # over a weekend
            ("2026-11-23T07:00Z", "2026-11-23T20:00Z", 8),
            ("2026-11-21T09:00Z", "2026-11-22T09:00Z", 0),  # a weekend
            ("2026-10-23T15:00Z", "2026-10-26T10:00Z", 2),  # the clocks go back
        ],
    )
    def test_count_only_while_the_office_is_open(self, start, end, hours):
        start, end = datetime.fromisoformat(start), datetime.fromisoformat(end)

        assert working_hours_between(start, end, District()) == hours
