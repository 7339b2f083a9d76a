"""Old months leave the trail as a whole, by the one way that its triggers let pass.

Whoever keeps rules of retention calls `remove_month` for each of `removable_months`.
"""

from calendar import monthrange

from django.db import transaction
from django.utils import timezone

from eitrack.audit.chain import entries_of
from eitrack.audit.choices import Action
from eitrack.audit.models import DaySeal, MonthRemoval
from eitrack.audit.trail import record
from eitrack.audit.triggers import FEWEST_YEARS


def removable_months(today, *, years=FEWEST_YEARS):
    """First days of sealed months that ended at least so many years ago and are still there.

    The triggers refuse anything younger than six years, whatever `years` says.
    """
    removed = set(MonthRemoval.objects.values_list("month", flat=True))
    months = [seal.day.replace(day=1) for seal in DaySeal.objects.closing()]
    # A month that ended this very month, so many years ago, goes when this one has ended.
    newest = (today.year - max(years, FEWEST_YEARS), today.month)
    return [
        month for month in months if month not in removed and (month.year, month.month) < newest
    ]


@transaction.atomic
def remove_month(month, *, by=None):
    """Delete the entries of the month that begins on this day; returns how many there were.

    An IntegrityError unless it is a whole sealed month older than six years. Its day seals stay,
    and with them its closing hash.
    """
    entries = entries_of(month, month.replace(day=monthrange(month.year, month.month)[1]))
    removal = MonthRemoval(month=month, entries=entries.count(), removed_at=timezone.now())
    removal.seal = removal.right_seal
    removal.save(force_insert=True)
    entries.order_by()._raw_delete(entries.db)
    record(Action.EXPIRED, by=by, about=removal)
    return removal.entries
