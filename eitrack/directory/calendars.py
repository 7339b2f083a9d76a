"""Days on which the service works: bank holidays are data of the `holidays` package."""

from datetime import timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=64)
def bank_holidays(year):
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day):
    """Monday to Friday, no bank holiday in England."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def working_days(start, end):
    """The working days from `start` to `end`, both included."""
    days = (start + timedelta(days=offset) for offset in range((end - start).days + 1))
    return [day for day in days if is_working_day(day)]


def working_days_between(earlier, later):
    """How many working days `later` lies after `earlier`; the same day is 0."""
    return len(working_days(earlier + timedelta(days=1), later)) if later > earlier else 0
