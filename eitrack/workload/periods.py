"""The period a team page shows, and those it offers."""

from dataclasses import dataclass
from datetime import date, timedelta

from eitrack.common.periods import WEEKS, LastWeeks, Period, week_of

QUARTERS_OFFERED = 12
YEARS_OFFERED = 4


@dataclass(frozen=True)
class Week:
    """A week from Monday; the last one is cut off at the end of the period."""

    start: date
    end: date

    @property
    def is_whole(self):
        return (self.end - self.start).days == 6


def weeks_until(end):
    """Twelve weeks in order, the last cut off at `end`."""
    monday, _ = week_of(end)
    mondays = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    return [Week(start, min(start + timedelta(days=6), end)) for start in mondays]


def period_in_address(code, today):
    """The period of an address and None; else the last twelve weeks and why."""
    default = LastWeeks.until(today)
    if not code:
        return default, None
    try:
        period = Period.parse(code)
    except ValueError as error:
        return default, f"{error} Below are the last twelve weeks."
    if period.start > today:
        return default, f"{period.name} has not begun. Below are the last twelve weeks."
    return period, None


def offered(first_day, today):
    """Groups of periods to choose from, newest first, back to the first logged day.

    Returns [(heading, [Period])].
    """
    first_day = min(first_day or today, today)
    quarters = [Period.quarter_of(today)]
    while quarters[-1].start > first_day and len(quarters) < QUARTERS_OFFERED:
        quarters.append(quarters[-1].previous())
    years = [Period.year_of(today)]
    while years[-1].start > first_day and len(years) < YEARS_OFFERED:
        years.append(years[-1].previous())
    return [("Now", [LastWeeks.until(today)]), ("Quarters", quarters), ("Years", years)]


def neighbours(period, first_day, today):
    """The period before and the one after; None if nothing was logged, or it has not begun."""
    if period.code:
        before, after = period.previous(), period.next()
    else:
        before, after = Period.quarter_of(today).previous(), Period.quarter_of(today).next()
    return (
        before if first_day and before.end >= first_day else None,
        after if after.start <= today else None,
    )
