"""The records that sums rest on, each a function (scope, period, breakdown) -> QuerySet.

Indicators that name the same function are evaluated in one pass over it.
"""

from django.db.models import Exists, Min, OuterRef, Q

from eitrack.activities import kinds
from eitrack.activities.models import TimeEntry


def time_entries(scope, period, breakdown=None):
    """Confirmed time on activities that were held, of this scope and period."""
    return TimeEntry.objects.counted().within(period).filter(scope.filter)


def protocol_work(scope, period, breakdown=None):
    """Confirmed time on agreements with partners."""
    return time_entries(scope, period).filter(activity__kind=kinds.KindCode.PROTOCOL_WORK)


def activities(scope, period, breakdown=None):
    """One row for each activity of the scope, however many workers; with a breakdown of entries,
    one for each activity and row (C3: a joint session appears under each team).

    The row is the lead's time entry, where the lead is in this scope and row, else the first one,
    so that what belongs to the entry (team, post, stream) and what belongs to the activity can be
    read from the same query.
    """
    entries = time_entries(scope, period)
    key = ()
    if breakdown is not None and breakdown.is_of_entry:
        key = (breakdown.entry_field or breakdown.expression,)
    lead = entries.filter(
        activity=OuterRef("activity"), is_lead=True, **{name: OuterRef(name) for name in key}
    )
    # Few: only sessions whose lead is elsewhere are grouped, however many there are.
    first = (
        entries.filter(~Exists(lead.order_by()), is_lead=False)
        .order_by()
        .values("activity", *key)
        .annotate(first=Min("pk"))
        .values("first")
    )
    return entries.filter(Q(is_lead=True) | Q(pk__in=first))


def sessions(scope, period, breakdown=None):
    """As `activities`, of those that are sessions of a series."""
    return activities(scope, period, breakdown).filter(activity__series__isnull=False)


def case_contacts(scope, period, breakdown=None):
    """Time with the family of a formal case: direct, counted, of this scope and period."""
    return time_entries(scope, period).filter(
        activity__kind__in=kinds.DIRECT, activity__case__isnull=False
    )


# One row for each entry, whatever the breakdown.
OF_ENTRIES = (time_entries, protocol_work, case_contacts)
