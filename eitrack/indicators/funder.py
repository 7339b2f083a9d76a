"""What one funder's money was spent on, year by year, as it may be printed (FND-01, C21).

Hours are those of the stream that each time entry keeps. Sessions and attendances of direct work
that several streams paid for are shared out by minutes, so that streams add up to the service.
Nothing here rests on fewer than five workers (D10), nor can be worked out by subtraction from
what is printed of other streams; counts are hidden and rounded as everywhere (D1 to D3).
"""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Exists, OuterRef, Sum

from eitrack.activities import kinds
from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.common.periods import Period
from eitrack.indicators.aggregates import MonthOf, SetOf, members
from eitrack.indicators.apportion import apportion
from eitrack.indicators.definitions.terms import DIRECT, HEADCOUNT, SERVICE
from eitrack.indicators.disclosure import CONFIDENTIAL, RULES, publish_line
from eitrack.indicators.figure_words import figure_text
from eitrack.indicators.figures import Parts
from eitrack.indicators.hiding import Cell, hidden_cells
from eitrack.indicators.indicator import Unit
from eitrack.indicators.records import activities, time_entries

RULE = (
    "A session that several funding streams paid for is shared out by the minutes that each "
    "stream's workers spent on it. The shares of a year are added up and rounded to whole numbers, "
    "so that the streams add up to the service"
)


@dataclass(frozen=True)
class FunderYear:
    """What is printed of a stream in a year: text, hours by kind of work in the kinds' order.

    Counts of a year that has not ended are blank (D8).
    """

    period: Period
    hours: str
    share: str
    sessions: str
    attendances: str
    kinds: dict
    is_so_far: bool = False


def funder_years(stream, scope, years, *, today, rules=RULES):
    """A FunderYear for each of these years (Periods, in order) of a stream in a district.

    Three queries, however many years, kinds or streams.
    """
    span = Period(years[0].start, min(years[-1].end, today), "")
    worked, shared = _worked(scope, span), _shared_out(scope, span)
    return [
        _year(stream.pk, year, worked[year.code], shared[year.code], today, rules) for year in years
    ]


def _year(stream, year, worked, shared, today, rules):
    hidden = hidden_cells(worked)
    minutes = {kind: cell.amount for (kind, of), cell in worked.items() if of == stream}
    own, whole = minutes.get(None, 0), worked[None, None].amount
    is_hidden = (None, stream) in hidden
    is_so_far = year.is_open(today)
    return FunderYear(
        period=year,
        hours=CONFIDENTIAL if is_hidden else _hours(own),
        share=CONFIDENTIAL if is_hidden else figure_text(Unit.PERCENT, Parts(own, whole)),
        sessions="" if is_so_far else _count(stream, shared.sessions, rules),
        attendances="" if is_so_far else _count(stream, shared.attendances, rules),
        kinds={
            kind: CONFIDENTIAL if (kind, stream) in hidden else _hours(minutes[kind])
            for kind in kinds.KindCode.values
            if minutes.get(kind)
        },
        is_so_far=is_so_far,
    )


def _hours(minutes):
    return figure_text(Unit.HOURS, Parts(minutes))


def _count(stream, shares, rules):
    """The stream's cell of the line of all streams: no two funders' returns tell of a third."""
    streams = sorted(shares)
    texts, _ = publish_line([shares[each] for each in streams], sum(shares.values()), rules)
    text = dict(zip(streams, texts, strict=True)).get(stream, "0")
    return f"{int(text):,}" if text.isdigit() else text


def _worked(scope, span):
    """{year: {(kind, stream): Cell}} of service time; None stands for all kinds, or streams."""
    worked = defaultdict(lambda: defaultdict(Cell))
    rows = (
        time_entries(scope, span)
        .filter(SERVICE)
        .order_by()
        .annotate(month=MonthOf("date"), minutes=ALL_MINUTES)
        .filter(minutes__gt=0)
        .values_list("month", "activity__kind", "funding_stream")
        .annotate(all=Sum("minutes"), workers=SetOf("worker"))
    )
    for month, kind, stream, minutes, workers in rows:
        of_year = worked[_year_of(month)]
        for key in ((kind, stream), (kind, None), (None, stream), (None, None)):
            of_year[key].add(minutes, members(workers))
    return worked


@dataclass
class SharedOut:
    """Whole numbers by stream that add up to the service's."""

    sessions: dict
    attendances: dict


def _shared_out(scope, span):
    """{year: SharedOut} of direct work: what one stream paid for is its own, C21 does the rest."""
    sessions = defaultdict(lambda: defaultdict(Fraction))
    attendances = defaultdict(lambda: defaultdict(Fraction))
    for month, stream, number, heads in _alone(scope, span):
        sessions[_year_of(month)][stream] += number
        attendances[_year_of(month)][stream] += heads or 0
    for month, heads, minutes in _joint(scope, span):
        whole = sum(minutes.values())
        for stream, part in minutes.items():
            share = Fraction(part, whole) if whole else Fraction(1, len(minutes))
            sessions[_year_of(month)][stream] += share
            attendances[_year_of(month)][stream] += share * (heads or 0)
    found = defaultdict(lambda: SharedOut({}, {}))
    for year in sessions:
        found[year] = SharedOut(_whole(sessions[year]), _whole(attendances[year]))
    return found


def _whole(shares):
    """Shares that add up to a whole number, as whole numbers that do."""
    return apportion(int(sum(shares.values())), dict(sorted(shares.items())))


def _alone(scope, span):
    """(month, stream, sessions, heads) of direct work that one stream paid for."""
    return (
        activities(scope, span)
        .filter(DIRECT, ~_paid_by_another(scope, span))
        .order_by()
        .annotate(month=MonthOf("date"))
        .values_list("month", "funding_stream")
        .annotate(sessions=Count("pk"), heads=Sum(HEADCOUNT))
    )


def _joint(scope, span):
    """(month, heads, {stream: minutes}) of each direct session that several streams paid for."""
    rows = (
        time_entries(scope, span)
        .filter(DIRECT, _paid_by_another(scope, span))
        .order_by()
        .annotate(month=MonthOf("date"), heads=HEADCOUNT)
        .values_list("activity", "month", "heads", "funding_stream")
        .annotate(minutes=Sum(ALL_MINUTES))
    )
    found = {}
    for activity, month, heads, stream, minutes in rows:
        found.setdefault(activity, (month, heads, {}))[2][stream] = minutes
    return found.values()


def _paid_by_another(scope, span):
    others = time_entries(scope, span).filter(activity=OuterRef("activity"))
    return Exists(others.exclude(funding_stream=OuterRef("funding_stream")))


def _year_of(month):
    return Period.year_of(Period.parse(month).start).code
