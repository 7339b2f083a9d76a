"""How many people were reached: between a lower and an upper number (RCH-03; C8 to C11, C14).

A drop-in takes no names, so nobody can be told apart for certain. Each series gives a range, from
its largest session and from who was new; the range of the service combines them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

from django.db.models import QuerySet

from eitrack.activities.models import Series
from eitrack.common.compiled_query import compiled_query
from eitrack.common.periods import Period
from eitrack.directory.models import District
from eitrack.indicators.measures.calculated.contacts import Family, families
from eitrack.indicators.measures.calculated.heads import HEADS_BY_SERIES, first_of, heads_by
from eitrack.indicators.measures.evaluation import AllAndRows, Evaluation, Key, RowSums
from eitrack.indicators.measures.sum_sets import added_up
from eitrack.indicators.terms.figures import Parts
from eitrack.indicators.terms.scope import Scope, ScopeKind

SEPTEMBER = 9
# {school year: {key: sums}}
ByYear = dict[int, dict[Key, RowSums]]


@dataclass(frozen=True)
class Reach:
    """A range of people, and the attendances it rests on: how many were estimated, how many asked
    and known to be new or returning.
    """

    low: int = 0
    high: int = 0
    is_open_ended: bool = False
    attendances: int = 0
    estimated: int = 0
    asked: int = 0
    known: int = 0
    has_estimates: bool = False

    def __add__(self, other: "Reach") -> "Reach":
        """Both together. The same people may have come to both, so only the upper ends add up."""
        return Reach(
            max(self.low, other.low),
            self.high + other.high,
            self.is_open_ended or other.is_open_ended,
            self.attendances + other.attendances,
            self.estimated + other.estimated,
            self.asked + other.asked,
            self.known + other.known,
            self.has_estimates or other.has_estimates,
        )

    @property
    def grade(self) -> str:
        """C9. With families of cases alone there is nothing to estimate, and all is known."""
        known = self.known / self.asked if self.asked else 1
        if known < 0.3:
            return "D"
        if self.has_estimates or known < 0.6:
            return "C"
        return "A" if known >= 0.9 else "B"


def people(evaluation: Evaluation) -> tuple[ByYear, ByYear, ByYear]:
    """The sums of each series: of the scope and period, of its rows, of all since 1 September.

    The first two are {school year: {key: sums}}. The last is {school year: {series: sums}}, whoever
    gave the sessions: somebody new to another team is not new here.
    """
    by = evaluation.breakdown
    rows = {}
    if by is not None and by.code in ROWS:
        rows = by_school_year(evaluation.sums_by_month(heads_by(by)))
    own = evaluation.sums_by_month(HEADS_BY_SERIES)
    return by_school_year(own), rows, _since_september(evaluation)


def _since_september(evaluation: Evaluation) -> ByYear:
    since: defaultdict[int, dict[Key, RowSums]] = defaultdict(dict)
    for district in evaluation.whole.load(_districts_of_series):
        scope = Scope.of_series_of_district(district)
        by_month = evaluation.sums_by_month(HEADS_BY_SERIES, scope, _whole_school_years)
        for year, rows in by_school_year(by_month).items():
            since[year] |= rows
    return since


def _districts_of_series(evaluation: Evaluation) -> list[int]:
    """The districts whose series the scope gave sessions of: nearly always one."""
    by_month = evaluation.sums_by_month(HEADS_BY_SERIES)
    given = Series.objects.filter(pk__in={key for rows in by_month.values() for key in rows})
    return sorted(given.order_by().values_list("team__district", flat=True).distinct())


ROWS = ("team", "site_kind", "agency_kind", "kind")


def school_year_of(month: str) -> int:
    """The year whose September began the school year of a month (or day), as 2026-07."""
    year, number = int(month[:4]), int(month[5:7])
    return year if number >= SEPTEMBER else year - 1


def _whole_school_years(period: Period, last: date) -> Period:
    """The period, begun on the first day of its school year."""
    first = date(school_year_of(period.start.isoformat()), SEPTEMBER, 1)
    return replace(period, start=first)


def by_school_year(by_month: Mapping[str, dict[Key, RowSums]]) -> ByYear:
    years: defaultdict[int, list[dict[Key, RowSums]]] = defaultdict(list)
    for month, rows in by_month.items():
        years[school_year_of(month)].append(rows)
    return {year: added_up(rows) for year, rows in years.items()}


def people_reached(found: tuple[ByYear, ByYear, ByYear], evaluation: Evaluation) -> AllAndRows:
    """A range of people for the scope, and for each row of a breakdown (RCH-03)."""
    own, rows, since = found
    met = evaluation.load(families)
    total = _with_families(_reach(own, since), met.all)
    total = replace(total, beside=evaluation.whole.load(_population))
    if not rows:
        return total, {}
    split = _split(rows)
    keys = {*split, *met.rows}
    return total, {
        key: _with_families(_reach(split.get(key, {}), since), met.rows.get(key, ()))
        for key in keys
    }


def _population(evaluation: Evaluation) -> Parts | None:
    """The local population under 19, for a district only.

    It stands beside the range and divides nothing, as parents are reached too.
    """
    if evaluation.scope.kind != ScopeKind.DISTRICT:
        return None
    (number,) = _under_19(evaluation.scope.pk) or [None]
    return None if number is None else Parts(numerator=number)


@compiled_query
def _under_19(district: int) -> QuerySet[District, int | None]:
    return District.objects.filter(pk=district).values_list("under_19_population", flat=True)


def _split(rows_by_year: ByYear) -> Mapping[Key, ByYear]:
    """{row key: {school year: {series: sums}}}, from keys like "3:17"."""
    split: defaultdict[Key, defaultdict[int, dict[Key, RowSums]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for year, rows in rows_by_year.items():
        for text, sums in rows.items():
            key, _, series = text.rpartition(":")
            if series:
                split[int(key) if key.isdigit() else key or None][year][int(series)] = sums
    return split


def _reach(
    by_year: Mapping[int, dict[Key, RowSums]], since: Mapping[int, dict[Key, RowSums]]
) -> Reach:
    """All series of all school years: upper ends add up, the largest lower end stays (C10)."""
    ranges = (
        reach_of(sums, since.get(year, {}).get(series, {}))
        for year, rows in by_year.items()
        for series, sums in rows.items()
        if sums.get("people_attendances")
    )
    return reduce(lambda one, other: one + other, ranges, Reach())


def reach_of(sums: RowSums, since: RowSums) -> Reach:
    """The range of one series in one school year (C8).

    At least as many as came to its largest session. At most all attendances; or, if it is known who
    was new, those at the first session since 1 September plus the new ones at each later session.
    """
    # A session voided between the two queries is in the first only.
    since = since if since.get("people_attendances") else sums
    low = max(sums["people_most"])
    attendances = sums["people_highest"]
    first = first_of(since)
    known = since.get("people_known", 0)
    later_unknown = since.get("people_new_unknown", 0)
    if first.new is None:
        # At the first session of the school year everybody is there for the first time.
        later_unknown -= 1
        known += first.attendance - first.known
    high, is_open_ended = attendances, bool(sums.get("people_open"))
    if not later_unknown and not since.get("people_no_headcount"):
        others = since.get("people_new", 0) - (first.new or 0)
        is_open_since = bool(since.get("people_open"))
        # If the counts contradict each other (more returned than were ever new), attendances count.
        is_usable = first.highest + others >= low
        if is_usable and (is_open_since, first.highest + others) < (is_open_ended, high):
            high, is_open_ended = first.highest + others, is_open_since
    assert low <= high, f"{low} to {high} people"
    return Reach(
        low,
        high,
        is_open_ended,
        attendances=sums["people_attendances"],
        estimated=sums.get("people_estimated", 0),
        asked=since["people_attendances"],
        known=known,
        has_estimates=bool(since.get("people_estimates")),
    )


def _with_families(reach: Reach, met: Iterable[Family]) -> Parts:
    """The range with the people of case families added, who are known exactly (C10)."""
    persons = sum(family.adults + family.children for family in met)
    high = reach.high + persons
    if not high:
        return Parts(low=0)
    share = reach.estimated / reach.attendances if reach.attendances else 0
    return Parts(
        numerator=high,
        low=max(reach.low, persons),
        is_open_ended=reach.is_open_ended,
        grade=reach.grade,
        known=reach.known,
        asked=reach.asked,
        estimated=share * reach.high,
    )
