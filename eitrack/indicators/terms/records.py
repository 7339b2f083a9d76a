"""The records that sums are made of, each a function (scope, period, breakdown) -> QuerySet.

All of them are time entries that count. Each function is written as a condition on the entries, so
that one query can read several kinds of record.
"""

from functools import wraps

from django.db.models import Exists, Min, OuterRef, Q

from eitrack.activities import kinds
from eitrack.activities.models import TimeEntry


def entries_of(scope, period):
    """Confirmed time of this scope and period, on activities that were held."""
    return TimeEntry.objects.counted().within(period).filter(scope.filter)


def among_entries(which):
    """Make a function (scope, period, breakdown) -> QuerySet of `which(entries, breakdown)`, a Q.

    The condition stays available as `.which`.
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
    """One row per activity of the scope, however many workers took part.

    With a breakdown of entries there is one per activity and row: a joint session appears under
    each team (C3). The row is the time entry of the lead if that is in this scope and row, else the
    first entry, so that one query reads what belongs to the entry (team, post, stream) and what
    belongs to the activity.
    """
    key = ()
    if breakdown is not None and breakdown.is_of_entry:
        key = (breakdown.entry_field or breakdown.expression,)
    lead = entries.filter(
        activity=OuterRef("activity"), is_lead=True, **{name: OuterRef(name) for name in key}
    )
    # Only sessions whose lead is elsewhere are grouped, which are few.
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
    """As `activities`, but only sessions of a series."""
    return activities.which(entries, breakdown) & Q(activity__series__isnull=False)


@among_entries
def case_contacts(entries, breakdown):
    """Direct time with the family of a formal case."""
    return Q(activity__kind__in=kinds.DIRECT, activity__case__isnull=False)
