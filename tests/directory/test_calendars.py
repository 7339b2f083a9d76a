from datetime import date

import pytest

from eitrack.directory.calendars import is_working_day, working_days, working_days_between


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
    assert is_working_day(day) is works


def test_both_ends_are_included():
    days = working_days(date(2026, 12, 23), date(2026, 12, 30))

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
    assert working_days_between(earlier, later) == days
