"""How much of the time worked is in the log: worker-days with a record out of those expected."""

from collections import defaultdict

from eitrack.activities.models import TimeEntry
from eitrack.directory.calendars import working_days
from eitrack.directory.models import Contract, Placement
from eitrack.indicators.figures import Coverage
from eitrack.indicators.scope import ScopeKind


def coverage(scope, period, today):
    """Days on which somebody contracted to work logged anything, up to today.

    Bank holidays leave the expected days. Leave is not recorded yet, so this is a lower bound.
    """
    end = min(period.end, today)
    if end < period.start:
        return Coverage(0, 0)
    workers = _workers_in(scope, period.start, end)
    expected = defaultdict(set)
    days = working_days(period.start, end)
    for contract in Contract.objects.overlapping(period.start, end).filter(worker__in=workers):
        minutes = contract.weekday_minutes
        expected[contract.worker_id].update(
            day
            for day in days
            if minutes[day.weekday()]
            and contract.from_on <= day
            and (contract.until_on is None or day <= contract.until_on)
        )
    logged = (
        TimeEntry.objects.counted()
        .filter(worker__in=workers, date__range=(period.start, end))
        .order_by()
        .values_list("worker", "date")
        .distinct()
    )
    recorded = sum(date in expected[worker] for worker, date in logged)
    return Coverage(recorded, sum(map(len, expected.values())))


def _workers_in(scope, start, end):
    if scope.kind == ScopeKind.WORKER:
        return [scope.pk]
    return (
        Placement.objects.overlapping(start, end)
        .filter(scope.filter, worker__role_terms__role="worker")
        .order_by()
        .values("worker")
        .distinct()
    )
