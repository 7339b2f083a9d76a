"""What was logged under the hats of the workers in a scope: by month, and by day.

A day counts under whichever hat it was logged, also in another team or district. So the log is read
for each district in which one of the workers wears a hat: nearly always one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Count, Q, Sum
from django.db.models.lookups import Exact

from eitrack.activities import kinds
from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.common.periods import Period
from eitrack.directory.models import Placement
from eitrack.indicators.measures.calculated.workforce import hats
from eitrack.indicators.measures.evaluation import Evaluation, Key, RowSums, SpanOf
from eitrack.indicators.measures.measures import Measure, Named
from eitrack.indicators.measures.sum_sets import SumSet
from eitrack.indicators.terms.aggregates import DayOfMonth, SetOf
from eitrack.indicators.terms.breakdowns import Breakdown
from eitrack.indicators.terms.records import time_entries
from eitrack.indicators.terms.scope import Scope

LOGGED = Named(
    "logged",
    Measure(
        {
            "days": SetOf(DayOfMonth("date")),
            "entries": Count("pk"),
            "in_time": Count("pk", filter=Q(is_late=False)),
            "direct": Sum("contact_minutes", filter=Q(activity__kind__in=kinds.DIRECT), default=0),
        },
        Q(),
    ),
)
BY_HAT = Breakdown("hat", "Hat", "placement", lambda scope: ())
# The sums of it that add up over months.
ADDED = ("logged_entries", "logged_in_time", "logged_direct")
LOG = SumSet(time_entries, (LOGGED,), BY_HAT)
# One row per hat and month rather than per day: many times as fast to read.
MINUTES_OF_DAYS = Named(
    "minutes",
    Measure(
        {
            f"{day:02}": Sum(ALL_MINUTES, filter=Q(Exact(DayOfMonth("date"), day)), default=0)
            for day in range(1, 32)
        },
        Q(),
    ),
)
BY_HAT_OF_DAYS = replace(BY_HAT, code="hat_of_days")
LOG_BY_DAY = SumSet(time_entries, (MINUTES_OF_DAYS,), BY_HAT_OF_DAYS)


def logged_days(evaluation: Evaluation) -> dict[int, set[date]]:
    """{worker: days with counted time}."""
    found: defaultdict[int, set[date]] = defaultdict(set)
    for month, rows in evaluation.load(_log):
        days = dict(enumerate(map(date.fromisoformat, _days_of(month)), start=1))
        for sums in rows.values():
            # A hat belongs to one worker.
            (worker,) = sums["workers"]
            found[worker].update(map(days.__getitem__, sums["logged_days"]))
    return found


def log_by_hat(evaluation: Evaluation) -> dict[int, Counter[str]]:
    """{placement: Counter of entries, entries in time and direct minutes}, of all time under it.

    Hats outside the scope are among them.
    """
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for _, rows in evaluation.load(_log):
        for placement, sums in rows.items():
            found[placement].update({name: sums.get(name, 0) for name in ADDED})
    return found


def _log(evaluation: Evaluation) -> list[tuple[str, dict[Key, RowSums]]]:
    """(month, sums by hat) for each month and district."""
    if evaluation.day < evaluation.period.start:
        return []
    return [
        month_and_rows
        for district in sorted(evaluation.whole.load(districts))
        for month_and_rows in evaluation.sums_by_month(LOG, Scope.of_district(district)).items()
    ]


def minutes_by_day(
    evaluation: Evaluation, placed: Iterable[Placement], span_of: SpanOf
) -> dict[int, dict[date, int]]:
    """{placement: {day: minutes}} in `span_of` the period, of the districts of these hats."""
    found: defaultdict[int, dict[date, int]] = defaultdict(dict)
    for district in {placement.team.district_id for placement in placed}:
        by_month = evaluation.sums_by_month(LOG_BY_DAY, Scope.of_district(district), span_of)
        for month, rows in by_month.items():
            days = {f"minutes_{day[-2:]}": date.fromisoformat(day) for day in _days_of(month)}
            for placement, minutes in rows.items():
                found[placement] |= {
                    days[name]: amount for name, amount in minutes.items() if name in days
                }
    return found


def _days_of(month: str) -> Iterator[str]:
    return (f"{month}-{day:02}" for day in range(1, Period.parse(month).end.day + 1))


def districts(evaluation: Evaluation) -> set[int]:
    """The keys of the districts in which workers of the scope wear hats."""
    return {hat.team.district_id for hat in evaluation.load(hats)}
