"""Open cases and who holds them, on one day (LOD-05)."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from eitrack.cases.models import Allocation
from eitrack.common.compiled_query import compiled_query
from eitrack.directory.models import Contract
from eitrack.indicators.measures.calculated.parts import by_row
from eitrack.indicators.measures.calculated.workforce import runs_on
from eitrack.indicators.measures.evaluation import AllAndRows, Evaluation
from eitrack.indicators.terms.figures import Parts
from eitrack.indicators.terms.scope import Scope, ScopeKind


@dataclass(frozen=True)
class Holding:
    """A worker holds an open case in a team; `fte` is the worker's, 0 without a contract."""

    worker: int
    case: int
    since: date
    team: int
    fte: float


def open_cases(evaluation: Evaluation) -> list[Holding]:
    """Who holds which open case on the last day of the period: a list of Holdings.

    A case and its allocation count as open on the day it closes. A funding stream holds no cases.
    The list is as long as the caseload; it does not grow with history.
    """
    if evaluation.scope.kind == ScopeKind.FUNDING_STREAM:
        return []
    allocations, contracts = evaluation.whole.load(_of_all_days)
    held = [each for each in allocations if _is_held_on(each, evaluation.day)]
    fte: defaultdict[int, float] = defaultdict(float)
    for contract in contracts:
        if runs_on(contract, evaluation.day):
            fte[contract.worker_id] += contract.fte
    return [
        Holding(each.worker_id, each.case_id, each.from_on, each.team_id, fte[each.worker_id])
        for each in held
    ]


def _of_all_days(evaluation: Evaluation) -> tuple[list[Allocation], list[Contract]]:
    """(allocations held on one of the last days, contracts of their workers that run then)."""
    days = tuple(evaluation.last_days)
    held = _held(evaluation.scope, days)
    return held, _contracts(tuple(sorted({each.worker_id for each in held})), days)


@compiled_query
def _held(scope: Scope, days: tuple[date, ...]) -> QuerySet[Allocation]:
    held = Allocation.objects.held_on(*days).filter(scope.filter).order_by("pk")
    return held.select_related("case")


@compiled_query
def _contracts(workers: tuple[int, ...], days: tuple[date, ...]) -> QuerySet[Contract]:
    return Contract.objects.current(*days).filter(worker__in=workers)


def _is_held_on(allocation: Allocation, day: date) -> bool:
    case = allocation.case
    is_open = case.opened_on <= day and (case.closed_on is None or day <= case.closed_on)
    return is_open and runs_on(allocation, day)


def open_cases_per_holder(holdings: Sequence[Holding], evaluation: Evaluation) -> AllAndRows:
    """Open cases for each full-time worker who holds any (LOD-05).

    A joint case counts once for each holder in a team, once in the service. Holders without
    contracted hours on the day are left out with their cases, and counted as not known.
    """
    total, rows = _per_holder(holdings, evaluation)
    if evaluation.scope.kind == ScopeKind.DISTRICT:
        total = _parts(holdings, once=True)
    return total, rows


@by_row
def _per_holder(holdings: Sequence[Holding], evaluation: Evaluation) -> Parts:
    return _parts(holdings, once=False)


def _parts(holdings: Sequence[Holding], *, once: bool) -> Parts:
    counted = [holding for holding in holdings if holding.fte]
    holders = {holding.worker: holding.fte for holding in counted}
    held = Counter(holding.worker for holding in counted)
    cases = {(holding.case, None if once else holding.worker) for holding in counted}
    return Parts(
        numerator=len(cases),
        denominator=sum(holders[worker] for worker in sorted(holders)),
        known=len(holders),
        asked=len({holding.worker for holding in holdings}),
        workers=len(holders),
        behind=dict(sorted(((each.case, each.since) for each in counted), reverse=True)),
        by_worker={worker: (held[worker], fte) for worker, fte in holders.items()},
    )
