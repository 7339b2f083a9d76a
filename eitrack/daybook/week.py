"""A worker's week, day by day."""

from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta

from eitrack.activities.kinds import Group
from eitrack.charts.waterline import waterline
from eitrack.common.periods import week_of
from eitrack.directory.calendars import is_working_day


@dataclass
class Day:
    date: Date
    minutes: int
    entries: int
    is_today: bool
    is_gap: bool
    is_ahead: bool


@dataclass
class Week:
    days: list
    waterline: object
    overhead_minutes: int


def week(log, today, contract=None):
    """This week from the worker's own log; a gap is a past working day without any entry.

    Days that the contract leaves free are no gap; Saturday and Sunday appear when worked.
    """
    monday, sunday = week_of(today)
    rows = [row for row in log if monday <= row.date <= sunday]
    counted = [row for row in rows if row.counts]
    dates = [monday + timedelta(days=offset) for offset in range(7)]
    days = [day_of(date, rows, today, contract) for date in dates]
    return Week(
        days=[day for day in days if day.date.weekday() < 5 or day.entries],
        waterline=waterline_of(counted),
        overhead_minutes=sum(row.minutes for row in counted if row.group == Group.OVERHEAD),
    )


def day_of(date, rows, today, contract):
    own = [row for row in rows if row.date == date]
    works = contract is None or contract.weekday_minutes[date.weekday()] > 0
    return Day(
        date=date,
        minutes=sum(row.minutes for row in own if row.counts),
        entries=len(own),
        is_today=date == today,
        is_gap=not own and date < today and works and is_working_day(date),
        is_ahead=date > today,
    )


def waterline_of(counted):
    """Service time on formal cases against all service time (VIS-03), in minutes."""
    sums = {
        group: sum(row.minutes for row in counted if row.group == group)
        for group in (Group.CASE, Group.UNREGISTERED, Group.PARTNERSHIP)
    }
    below = {group.value: sums[group] for group in (Group.UNREGISTERED, Group.PARTNERSHIP)}
    return waterline(sums[Group.CASE], below, when="This week")
