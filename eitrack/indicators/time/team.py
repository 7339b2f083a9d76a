"""A team's minutes by week and hat, from stored sums.

Stored by month: a week across the end of a month adds up from two rows, and a quarter is exactly
its months.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from eitrack.activities.kinds import Group
from eitrack.common.periods import whole_months
from eitrack.indicators.measures.hat_weeks import MINUTES_BY_WEEK, NAMES
from eitrack.indicators.monthly.store import MonthStore, read_together, store
from eitrack.indicators.terms.scope import Scope, ScopeKind


def no_minutes():
    return {group.value: 0 for group in Group}


class HatWeek(NamedTuple):
    """One worker's counted time under one hat, in the days of one week that lie in one month.

    `monday`, `days` and `supervised` (days with supervision) are dates as text, in order.
    """

    month: str
    worker: int
    placement: int
    monday: str
    minutes: dict
    all_minutes: int
    days: Collection
    supervised: Collection


@dataclass
class TeamTime:
    """The counted time of one or several teams in whole months."""

    weeks: list = field(default_factory=list)

    @classmethod
    def of_all(cls, times):
        """The time of several teams together."""
        return cls([week for time in times for week in time.weeks])

    def within(self, period):
        """The part in this period: its months, or the weeks that begin in it."""
        if period.months is not None:
            return TeamTime([each for each in self.weeks if each.month in period.months])
        first, last = period.start.isoformat(), period.end.isoformat()
        return TeamTime([each for each in self.weeks if first <= each.monday <= last])

    def by_group(self):
        """{group: minutes}."""
        minutes = no_minutes()
        for each in self.weeks:
            for group, number in each.minutes.items():
                minutes[group] += number
        return minutes

    def by(self, what):
        """{key: TeamTime}, as in `by(lambda week: week.worker)`."""
        parts = defaultdict(list)
        for each in self.weeks:
            parts[what(each)].append(each)
        return {key: TeamTime(weeks) for key, weeks in parts.items()}

    @cached_property
    def all_minutes(self):
        return sum(each.all_minutes for each in self.weeks)

    @property
    def last_on(self):
        """The last day with time; None without any."""
        return last_of(each.days for each in self.weeks)

    @property
    def supervised_on(self):
        """The last day with supervision; None without any."""
        return last_of(each.supervised for each in self.weeks)


def last_of(sets):
    newest = max((max(days) for days in sets if days), default=None)
    return newest and date.fromisoformat(newest)


def team_times(teams, start, end):
    """{key: TeamTime} of the teams with these keys, in order, from the month of `start` to that of
    `end`.

    One query once the sums are stored.
    """
    period = whole_months(start, end)
    stores = [MonthStore(Scope(ScopeKind.TEAM, team)) for team in teams]
    read_together(stores, {MINUTES_BY_WEEK.code: period.months})
    times = {
        each.scope.pk: TeamTime(hat_weeks(each.by_month(MINUTES_BY_WEEK, period.months)))
        for each in stores
    }
    store(stores)
    return times


def hat_weeks(by_month):
    return [
        hat_week(month, key, values)
        for month, rows in by_month.items()
        for key, values in rows.items()
    ]


def hat_week(month, key, values):
    worker, placement, monday = key.split(":")
    minutes = {group: values.get(name, 0) for group, name in NAMES.items()}
    return HatWeek(
        month,
        int(worker),
        int(placement),
        monday,
        minutes,
        sum(minutes.values()),
        values.get("minutes_days", ()),
        values.get("minutes_supervised", ()),
    )
