"""Periods of which a return can be made: closed quarters, and years of four of them."""

from dataclasses import dataclass

from eitrack.common.periods import Period
from eitrack.common.words import listed
from eitrack.directory.closing import closes_after
from eitrack.directory.models import ClosedQuarter
from eitrack.indicators.pages.periods import periods_offered


class RefusedError(Exception):
    """It cannot be done now; the text is shown to the user."""


@dataclass(frozen=True)
class Offered:
    """A period that has ended, and its quarters that are not closed yet."""

    period: Period
    still_open: tuple[Period, ...]


def periods_ended(district, today):
    """Offered periods, newest first."""
    ended = [period for period in periods_offered(today) if not period.is_open(today)]
    closed = set(district.closed_quarters.values_list("quarter", flat=True))
    return [
        Offered(
            period,
            tuple(each for each in period.quarters if each.code not in closed),
        )
        for period in ended
    ]


def require_year(stream, period):
    """RefusedError if a funding stream is asked for with a quarter."""
    if stream and period.is_quarter:
        raise RefusedError(
            "The return of a funding stream is made of a year. Choose a year, or the whole service."
        )


def require_closed(district, period, today):
    """RefusedError unless the period is an ended and closed quarter or year."""
    if not period.is_quarter and "-" in period.code:
        raise RefusedError("A return is made of a quarter or a year.")
    if period.is_open(today):
        raise RefusedError(f"{period.name} has not ended: its last day is {period.end:%-d %B %Y}.")
    closed = set(ClosedQuarter.objects.filter(district=district).values_list("quarter", flat=True))
    still_open = [each for each in period.quarters if each.code not in closed]
    if still_open:
        names = listed(each.name for each in still_open)
        raise RefusedError(
            f"{names} {'is' if len(still_open) == 1 else 'are'} not closed yet. "
            "Close what has ended on the calendar first, then prepare the return."
        )


def newest_closed(district):
    """The newest closed quarter, and its year if that ends with it."""
    closed = set(district.closed_quarters.values_list("quarter", flat=True))
    if not closed:
        return []
    quarter = Period.parse(max(closed))
    year = Period.year_of(quarter.end)
    ends_year = quarter.end == year.end and closed.issuperset(q.code for q in year.quarters)
    return [quarter, year] if ends_year else [quarter]


def may_be_closed(quarter, district, today):
    return closes_after(quarter, district.nation) < today
