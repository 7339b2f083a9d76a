"""The records that indicators rest on, each a function (scope, period, breakdown).

Indicators that name the same function are evaluated in one pass over it.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Min, Q

from eitrack.activities.models import TimeEntry
from eitrack.cases.models import Allocation
from eitrack.directory.models import Contract


def time_entries(scope, period, breakdown=None):
    """Confirmed time on activities that were held, of this scope and period."""
    return TimeEntry.objects.counted().within(period).filter(scope.filter)


def activities(scope, period, breakdown=None):
    """One row for each activity of the scope, however many workers; with a breakdown of entries,
    one for each activity and row (C3: a joint session appears under each team).

    The row is the activity's first time entry, so that what belongs to the entry (team, post,
    stream) and what belongs to the activity can be read from the same query.
    """
    # Grouped, not compared row by row: a plan that no statistics of the database can spoil.
    of_entry = breakdown is not None and breakdown.is_of_entry
    key = (breakdown.expression,) if of_entry else ()
    first = (
        time_entries(scope, period)
        .order_by()
        .values("activity", *key)
        .annotate(first=Min("pk"))
        .values("first")
    )
    return TimeEntry.objects.filter(pk__in=first)


@dataclass(frozen=True)
class Holding:
    """A worker holds an open case in a team; `fte` is the worker's, 0 without a contract."""

    worker: int
    case: int
    team: int
    fte: float


def open_cases(scope, period, breakdown=None):
    """Who holds which open case on the period's last day: a list of Holdings.

    On the day a case closes it still counts as open, its allocation too. The list is as long as
    the caseload and does not grow with history.
    """
    day = period.end
    held = list(
        Allocation.objects.current(day)
        .filter(scope.filter)
        .filter(Q(case__closed_on__isnull=True) | Q(case__closed_on__gte=day))
        .order_by("pk")
        .values_list("worker", "case", "team")
    )
    fte = defaultdict(float)
    for contract in Contract.objects.current(day).filter(worker__in={row[0] for row in held}):
        fte[contract.worker_id] += contract.fte
    return [Holding(worker, case, team, fte[worker]) for worker, case, team in held]
