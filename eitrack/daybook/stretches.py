"""The period that a worker's own pages show: a fixed period, twelve weeks, or any days."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from eitrack.common.horizon import read_day
from eitrack.common.periods import LastWeeks, Period
from eitrack.indicators.pages.periods import QUARTERS_OFFERED, YEARS_OFFERED

TWELVE_WEEKS = "12-weeks"
MONTHS_OFFERED = 12
MOST_YEARS = 5
# A new quarter says little in its first days, so the one before is shown.
SETTLING_DAYS = 28


@dataclass(frozen=True, order=True)
class Days(Period):
    """Days between two dates, both included."""

    @property
    def name(self):
        return "Chosen dates"

    def _beside(self, day):
        length = timedelta(days=self.days - 1)
        return Days(day, day + length, "") if day > self.end else Days(day - length, day, "")


def usual(today):
    """The quarter so far; in its first four weeks the quarter before."""
    quarter = Period.quarter_of(today)
    is_young = (today - quarter.start).days < SETTLING_DAYS
    return quarter.previous() if is_young else quarter


def period_in_address(params, today):
    """The period an address names, and why it is another one, or ""."""
    try:
        period = read(params, today)
    except ValueError as problem:
        return usual(today), f"{problem} Below is {usual(today).name}."
    if period.start > today:
        return usual(today), f"{period.name}: this has not begun. Below is {usual(today).name}."
    return period, ""


def read(params, today):
    code = params.get("period", "")
    first, last = params.get("from", ""), params.get("until", "")
    if first or last:
        return days_between(first, last, today)
    if code == TWELVE_WEEKS:
        return LastWeeks.until(today, TWELVE_WEEKS)
    return Period.parse(code) if code else usual(today)


def days_between(first, last, today):
    """Two dates of an address as Days; without a last day, until today."""
    start, end = read_day(first), read_day(last) if last else today
    if end < start:
        raise ValueError("The last day lies before the first.")
    if end - start > timedelta(days=366 * MOST_YEARS):
        raise ValueError(f"At most {MOST_YEARS} years can be shown at once.")
    return Days(start, end, "")


def query_of(period):
    """The query of an address that names this period."""
    if period.code:
        return urlencode({"period": period.code})
    return urlencode({"from": period.start.isoformat(), "until": period.end.isoformat()})


def offered(today):
    """Groups of periods to choose from, newest first: [(heading, periods)]."""
    return [
        ("Now", [LastWeeks.until(today, TWELVE_WEEKS)]),
        ("Quarters", back_from(Period.quarter_of(today), QUARTERS_OFFERED)),
        ("Months", back_from(Period.month(today.year, today.month), MONTHS_OFFERED)),
        ("Years", back_from(Period.year_of(today), YEARS_OFFERED)),
    ]


def back_from(period, number):
    periods = [period]
    while len(periods) < number:
        periods.append(periods[-1].previous())
    return periods


def neighbours(period, today):
    """The period before and the one after; None if it has not begun."""
    if period.code == TWELVE_WEEKS:
        return Period.quarter_of(today).previous(), None
    after = period.next()
    return period.previous(), after if after.start <= today else None
