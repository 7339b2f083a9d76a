"""What the money of one funder was spent on, by year, as it may be printed (FND-01, C21).

Hours are those of the stream stored on each time entry, and printed as decided for all files (D17).
Sessions and attendances of direct work that several streams paid for are shared by minutes, so that
streams add up to the service; these counts are hidden and rounded as everywhere (D1 to D3).
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Exists, OuterRef, Sum

from eitrack.activities import kinds
from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.common.periods import Period
from eitrack.indicators.disclosure import RULES, publish_line
from eitrack.indicators.disclosure.apportion import apportion
from eitrack.indicators.disclosure.quantities import OF_STREAM
from eitrack.indicators.terms.aggregates import MonthOf
from eitrack.indicators.terms.conditions import DIRECT, HEADCOUNT, SERVICE
from eitrack.indicators.terms.figures import Parts
from eitrack.indicators.terms.indicator import Unit
from eitrack.indicators.terms.records import activities, time_entries
from eitrack.indicators.terms.words import figure_text

RULE = (
    "A session that several funding streams paid for is shared out by the minutes that each "
    "stream's workers spent on it. The shares of a year are added up and rounded to whole numbers, "
    "so that the streams add up to the service"
)


@dataclass(frozen=True)
class FunderYear:
    """What is printed for a stream in an ended year, as text; hours are in the order of kinds."""

    period: Period
    hours: str
    share: str
    sessions: str
    attendances: str
    kinds: dict


def funder_years(stream, scope, years, decisions, *, rules=RULES):
    """A FunderYear for each of these years (Periods, in order) of a stream in a district.

    `decisions` are {code of the year: Decided}. Three queries, however many years, kinds or
    streams.
    """
    span = Period(years[0].start, years[-1].end, "")
    worked, shared = _worked(scope, span), _shared_out(scope, span)
    return [
        _year(stream.pk, year, worked[year.code], shared[year.code], decisions[year.code], rules)
        for year in years
    ]


def _year(stream, year, worked, shared, decided, rules):
    own = {kind: minutes for (kind, of), minutes in worked.items() if of == stream}
    hours, whole = sum(own.values()), sum(worked.values())
    is_printed = not hours or decided.prints_hours("funding_stream", stream)
    is_share_printed = not hours or (is_printed and decided.prints_hours("", ""))
    return FunderYear(
        period=year,
        hours=_hours(hours) if is_printed else decided.instead,
        share=figure_text(Unit.PERCENT, Parts(hours, whole))
        if is_share_printed
        else decided.instead,
        sessions=_count(stream, shared.sessions, rules),
        attendances=_count(stream, shared.attendances, rules),
        kinds={
            kind: _hours(own[kind])
            if decided.prints_hours(OF_STREAM, f"{kind}/{stream}")
            else decided.instead
            for kind in kinds.KindCode.values
            if own.get(kind)
        },
    )


def _hours(minutes):
    return figure_text(Unit.HOURS, Parts(minutes))


def _count(stream, shares, rules):
    """The stream's cell of a line that holds all streams: two returns must not reveal a third."""
    streams = sorted(shares)
    texts, _ = publish_line([shares[each] for each in streams], sum(shares.values()), rules)
    text = dict(zip(streams, texts, strict=True)).get(stream, "0")
    return f"{int(text):,}" if text.isdigit() else text


def _worked(scope, span):
    """{year: {(kind, stream): minutes}} of service time."""
    worked = defaultdict(Counter)
    rows = (
        time_entries(scope, span)
        .filter(SERVICE)
        .order_by()
        .annotate(month=MonthOf("date"), minutes=ALL_MINUTES)
        .filter(minutes__gt=0)
        .values_list("month", "activity__kind", "funding_stream")
        .annotate(all=Sum("minutes"))
    )
    for month, kind, stream, minutes in rows:
        worked[_year_of(month)][kind, stream] += minutes
    return worked


@dataclass
class SharedOut:
    """Whole numbers by stream that add up to that of the service."""

    sessions: dict
    attendances: dict


def _shared_out(scope, span):
    """{year: SharedOut} of direct work; sessions of several streams are shared by C21."""
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
    """Shares that add up to a whole number, turned into whole numbers that do."""
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
