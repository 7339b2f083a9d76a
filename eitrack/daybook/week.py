"""A worker's week, day by day; Today, Week and the saved line all use it.

It counts service time (VIS-03). Overhead is never included and is stated beside it.
"""

from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta

from eitrack.activities.kinds import Group
from eitrack.charts.waterline import waterline
from eitrack.common.periods import week_of
from eitrack.common.words import duration
from eitrack.daybook.hats import is_worked_in


@dataclass
class Day:
    date: Date
    minutes: int
    entries: int
    is_today: bool
    is_gap: bool
    is_ahead: bool


@dataclass(frozen=True)
class WeekTime:
    """The counted time of a week, in minutes by group; `when` begins its sentence: "This week"."""

    minutes: dict
    when: str = "This week"

    @classmethod
    def of(cls, log, day, when="This week"):
        """The week of this day, from the worker's own log."""
        monday, sunday = week_of(day)
        counted = [row for row in log if row.counts and monday <= row.date <= sunday]
        sums = {g: sum(row.minutes for row in counted if row.group == g) for g in Group}
        return cls(sums, when)

    @property
    def waterline(self):
        """Service time on formal cases against all service time, in minutes."""
        below = {g.value: self.minutes[g] for g in (Group.UNREGISTERED, Group.PARTNERSHIP)}
        return waterline(self.minutes[Group.CASE], below, when=self.when)

    @property
    def beside(self):
        """The overhead in words, or ""."""
        overhead = self.minutes[Group.OVERHEAD]
        if not overhead:
            return ""
        return f"Supervision, team and own training: {duration(overhead)} beside it."

    @property
    def sentence(self):
        return f"{self.waterline.summary} {self.beside}".strip()


@dataclass
class Week:
    days: list
    time: WeekTime


def week(log, today, contract=None, *, hats):
    """This week from the worker's own log; a gap is a past working day without an entry.

    Working days are those of the hats worn today. Days without contracted hours are no gap;
    Saturday and Sunday are shown if worked.
    """
    monday, sunday = week_of(today)
    rows = [row for row in log if monday <= row.date <= sunday]
    dates = [monday + timedelta(days=offset) for offset in range(7)]
    days = [day_of(date, rows, today, contract, hats) for date in dates]
    return Week(
        days=[day for day in days if day.date.weekday() < 5 or day.entries],
        time=WeekTime.of(log, today),
    )


def day_of(date, rows, today, contract, hats):
    own = [row for row in rows if row.date == date]
    works = contract is None or contract.weekday_minutes[date.weekday()] > 0
    return Day(
        date=date,
        minutes=sum(row.minutes for row in own if row.counts),
        entries=len(own),
        is_today=date == today,
        is_gap=not own and date < today and works and is_worked_in(hats, date),
        is_ahead=date > today,
    )
