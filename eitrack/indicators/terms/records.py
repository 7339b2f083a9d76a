"""The records that sums rest on, each a function (scope, period, breakdown) -> QuerySet.

All are time entries that count, and each function is written as which of them it means: so several
kinds of record can be told apart in one reading of the entries.
"""

from functools import wraps

from django.db.models import Exists, Min, OuterRef, Q

from eitrack.activities import kinds
from eitrack.activities.models import TimeEntry


def entries_of(scope, period):
    """Confirmed time on activities that were held, of this scope and period."""
    return TimeEntry.objects.counted().within(period).filter(scope.filter)


def among_entries(which):
    """The function (scope, period, breakdown) -> QuerySet of the entries that are meant by
    `which(entries, breakdown)`, a Q; it stays at hand as `.which`.
    """

    @wraps(which)
    def records(scope, period, breakdown=None):
        entries = entries_of(scope, period)
        return entries.filter(which(entries, breakdown))

    records.which = which
    return records


@among_entries
def time_entries(entries, breakdown):
    """All confirmed time on activities that were held."""
    return Q()


@among_entries
def protocol_work(entries, breakdown):
    """Time on agreements with partners."""
    return Q(activity__kind=kinds.KindCode.PROTOCOL_WORK)


@among_entries
def activities(entries, breakdown):
    """One row for each activity of the scope, however many workers; with a breakdown of entries,
    one for each activity and row (C3: a joint session appears under each team).

    The row is the lead's time entry, where the lead is in this scope and row, else the first one,
    so that what belongs to the entry (team, post, stream) and what belongs to the activity can be
    read from the same query.
    """
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
    return Q(is_lead=True) | Q(pk__in=first)


@among_entries
def sessions(entries, breakdown):
    """As `activities`, of those that are sessions of a series."""
    return activities.which(entries, breakdown) & Q(activity__series__isnull=False)


@among_entries
def case_contacts(entries, breakdown):
    """Direct time with the family of a formal case."""
    return Q(activity__kind__in=kinds.DIRECT, activity__case__isnull=False)
