"""Working days; bank holidays come from the `holidays` package."""

from datetime import datetime, timedelta
from functools import lru_cache

import holidays
from django.utils import timezone

from eitrack.directory.choices import Nation

SUBDIVISIONS = {
    Nation.ENGLAND: "ENG",
    Nation.SCOTLAND: "SCT",
    Nation.WALES: "WLS",
    Nation.NORTHERN_IRELAND: "NIR",
}


@lru_cache(maxsize=256)
def bank_holidays(year, nation):
    return frozenset(holidays.country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=year))


def is_working_day(day, nation):
    """Monday to Friday, no bank holiday of the nation."""
    return day.weekday() < 5 and day not in bank_holidays(day.year, nation)


def working_days(start, end, nation):
    """The working days from `start` to `end`, both included."""
    days = (start + timedelta(days=offset) for offset in range((end - start).days + 1))
    return [day for day in days if is_working_day(day, nation)]


def working_days_between(earlier, later, nation):
    """How many working days `later` is after `earlier`; 0 on the same day."""
    return len(working_days(earlier + timedelta(days=1), later, nation)) if later > earlier else 0


def add_working_days(day, number, nation):
    """The day `number` working days later; 5 after a Monday is the next Monday."""
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day, nation)
    return day


def working_day_of(moment, district):
    """The working day something counts for: after hours or on a day off, the next one."""
    local = timezone.localtime(moment)
    day = local.date()
    if is_working_day(day, district.nation) and local.time() < district.closes_at:
        return day
    return add_working_days(day, 1, district.nation)


def working_hours_between(start, end, district):
    """Hours between two moments within the district's working hours, as a float.

    Only working days count; a moment outside the hours is moved to their edge.
    """
    start, end = timezone.localtime(start), timezone.localtime(end)
    total = timedelta()
    for day in working_days(start.date(), end.date(), district.nation):
        opens = timezone.make_aware(datetime.combine(day, district.opens_at))
        closes = timezone.make_aware(datetime.combine(day, district.closes_at))
        total += max(timedelta(), min(end, closes) - max(start, opens))
    return total.total_seconds() / 3600
