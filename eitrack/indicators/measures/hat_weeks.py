"""The sums of a team's minutes: by worker, hat and week."""

from django.db.models import CharField, Q, Sum, Value
from django.db.models.functions import Cast, Concat

from eitrack.activities.choices import OverheadKind
from eitrack.activities.kinds import Group, codes
from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.indicators.measures.measures import Measure, Named
from eitrack.indicators.measures.sum_sets import SumSet
from eitrack.indicators.terms.aggregates import DayText, MondayOf, SetOf
from eitrack.indicators.terms.breakdowns import Breakdown
from eitrack.indicators.terms.conditions import ON_A_CASE, UNREGISTERED
from eitrack.indicators.terms.records import time_entries


def of_group(group: Group) -> Q:
    """Condition for a group: case work if a formal case is attached, else by kind
    (`kinds.group_of`).
    """
    if group == Group.CASE:
        return ON_A_CASE
    return UNREGISTERED & Q(activity__kind__in=codes(lambda kind: kind.group == group))


MINUTES = Named(
    "minutes",
    Measure(
        {
            **{group.value: Sum(ALL_MINUTES, filter=of_group(group), default=0) for group in Group},
            "days": SetOf(DayText("date")),
            "supervised": SetOf(
                DayText("date"), filter=Q(activity__overhead_kind=OverheadKind.SUPERVISION)
            ),
        },
        Q(),
    ),
)
NAMES = {group.value: f"minutes_{group.value}" for group in Group}
BY_HAT_AND_WEEK = Breakdown(
    "hat_and_week",
    "Worker, hat and week",
    Concat(
        Cast("worker", CharField()),
        Value(":"),
        Cast("placement", CharField()),
        Value(":"),
        MondayOf("date"),
        output_field=CharField(),
    ),
    lambda scope: (),
)
MINUTES_BY_WEEK = SumSet(time_entries, (MINUTES,), BY_HAT_AND_WEEK)
