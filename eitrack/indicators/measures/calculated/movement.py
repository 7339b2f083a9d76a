"""Cases that opened and cases that closed in a period (ERL-03, ERL-05)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from eitrack.cases.choices import EndReason, InformalFirst
from eitrack.cases.models import Allocation, Case
from eitrack.common.compiled_query import compiled_query
from eitrack.indicators.measures.calculated.contacts import levels_on
from eitrack.indicators.measures.calculated.parts import by_row, in_any
from eitrack.indicators.measures.evaluation import Evaluation, Span
from eitrack.indicators.terms.figures import Parts
from eitrack.indicators.terms.scope import Scope, ScopeKind


@dataclass(frozen=True)
class Move:
    """A case that opened, or one that closed, `on` a day, with its teams and level on that day."""

    is_opening: bool
    case: int
    on: date
    team: frozenset[int]
    need_level: int | None
    informal_first: str
    has_stepped_down_in: bool
    end_reason: str
    agency_kind: str | None


# From, until, worker, team, district: an allocation.
Held = tuple[date, date | None, int, int, int]
Allocations = Mapping[int, Sequence[Held]]
FIELDS = (
    "pk",
    "opened_on",
    "closed_on",
    "informal_first",
    "has_stepped_down_in",
    "end_reason",
    "source_agency__kind",
)


def moves(evaluation: Evaluation) -> list[Move]:
    """Cases opened and cases closed in the period, by the scope on that day.

    A case opens with its first allocations and closes with its last; it belongs to whoever holds
    them. A funding stream holds no cases. Two queries for all periods, two more if levels are
    needed.
    """
    if evaluation.scope.kind == ScopeKind.FUNDING_STREAM:
        return []
    days = (evaluation.period.start, evaluation.day)
    cases, held = evaluation.whole.load(_cases)
    opened = [row for row in cases if days[0] <= row[1] <= days[1]]
    closed = [row for row in cases if row[2] and days[0] <= row[2] <= days[1]]
    return [
        *_moves(True, {row: row[1] for row in opened}, held, _firsts, evaluation),
        *_moves(False, {row: row[2] for row in closed}, held, _lasts, evaluation),
    ]


def _cases(evaluation: Evaluation) -> tuple[list[Any], Allocations]:
    """Cases that opened or closed in one of the periods, and the allocations of each."""
    cases = _moved(tuple(evaluation.spans))
    return cases, _allocations(cases)


@compiled_query
def _moved(spans: tuple[Span, ...]) -> QuerySet[Case, Any]:
    moved = in_any(spans, "opened_on") | in_any(spans, "closed_on")
    return Case.objects.filter(moved).order_by("pk").values_list(*FIELDS)


def _allocations(cases: Iterable[Any]) -> Allocations:
    """{case: [(from, until, worker, team, district)]}, all that a case ever had."""
    held: defaultdict[int, list[Held]] = defaultdict(list)
    rows = Allocation.objects.filter(case__in=[row[0] for row in cases]).order_by("pk")
    for case, *row in rows.values_list(
        "case", "from_on", "until_on", "worker", "team", "team__district"
    ):
        held[case].append(tuple(row))
    return held


def _firsts(allocations: Sequence[Held], opened_on: date) -> list[Held]:
    """The allocations that began together first."""
    first = min(from_on for from_on, *_ in allocations)
    return [each for each in allocations if each[0] == first]


def _lasts(allocations: Sequence[Held], closed_on: date) -> list[Held]:
    """The allocations that ended together last; a running one ends with the case."""

    def end(allocation: Held) -> date:
        return min(allocation[1] or closed_on, closed_on)

    last = max(map(end, allocations))
    return [each for each in allocations if end(each) == last]


def _moves(
    is_opening: bool,
    days: Mapping[Any, date],
    held: Allocations,
    holding: Callable[[Sequence[Held], date], list[Held]],
    evaluation: Evaluation,
) -> Iterator[Move]:
    """`days` is {row of a case: the day on which it moved}."""
    by_level = evaluation.breakdown is not None and evaluation.breakdown.code == "need_level"
    levels = levels_on({row[0]: day for row, day in days.items()}) if by_level else {}
    for (pk, _, _, *facts), day in days.items():
        holders = holding(held[pk], day) if pk in held else ()
        teams = frozenset(each[3] for each in holders if is_of_scope(each, evaluation.scope))
        if teams:
            yield Move(is_opening, pk, day, teams, levels.get(pk), *facts)


def is_of_scope(allocation: Held, scope: Scope) -> bool:
    """Whether an allocation (from, until, worker, team, district) belongs to the scope."""
    _, _, worker, team, district = allocation
    return {
        ScopeKind.WORKER: worker,
        ScopeKind.TEAM: team,
        ScopeKind.DISTRICT: district,
    }.get(scope.kind) == scope.pk


@by_row
def informal_first(moves: Sequence[Move], evaluation: Evaluation) -> Parts:
    """New cases that met the team informally first, out of those that were asked (ERL-03)."""
    opened = [each for each in moves if each.is_opening]
    said = [each for each in opened if each.informal_first != InformalFirst.NOT_ASKED]
    yes = {each.case: each.on for each in said if each.informal_first == InformalFirst.YES}
    return Parts(
        numerator=len(yes),
        denominator=len(said),
        known=len(said),
        asked=len(opened),
        behind=yes,
    )


@by_row
def stepped(moves: Sequence[Move], evaluation: Evaluation) -> Parts:
    """Closed cases that stepped up, out of all closed; beside it, opened cases that came down
    (ERL-05).
    """
    opened = [each for each in moves if each.is_opening]
    closed = [each for each in moves if not each.is_opening]
    up = {each.case: each.on for each in closed if each.end_reason == EndReason.STEPPED_UP}
    down = {each.case: each.on for each in opened if each.has_stepped_down_in}
    return Parts(
        numerator=len(up),
        denominator=len(closed),
        behind=up,
        beside=Parts(numerator=len(down), denominator=len(opened), behind=down),
    )
