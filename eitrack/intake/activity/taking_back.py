"""Taking back what a file has brought: whole, at any time, but for what somebody changed since."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from eitrack.activities.choices import Status, VoidReason
from eitrack.activities.models import Activity, CoDelivery, TimeEntry
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.periods import Period
from eitrack.directory.models import ChangeMark
from eitrack.intake.activity.importing import (
    KEYS_AT_ONCE,
    brought_in,
    require_own,
    unmarked_update,
)
from eitrack.intake.choices import BatchState
from eitrack.intake.jobs import start_work
from eitrack.intake.models import Batch

MOST_NAMED = 100


def standing(batch):
    """Those that are not void already, with `is_changed`: whether somebody changed it since.

    A change is whatever left a version: of the record, of anybody's time or of a partner on it.
    """
    versions = [Activity.history.filter(id=OuterRef("pk"), history_date__gt=batch.imported_at)]
    versions += [
        model.history.filter(activity=OuterRef("pk"), history_date__gt=batch.imported_at)
        for model in (TimeEntry, CoDelivery)
    ]
    changed = Q(*[Exists(found) for found in versions], _connector=Q.OR)
    return brought_in(batch).exclude(status=Status.VOID).annotate(is_changed=changed)


def going(batch):
    return standing(batch).filter(is_changed=False)


def effect_of(batch):
    """What the page says before: how many go, which stay, whose quarters change."""
    staying = standing(batch).filter(is_changed=True).select_related("activity_type", "site")
    days = going(batch).order_by().values_list("date", flat=True).distinct()
    quarters = {Period.quarter_of(day).code: Period.quarter_of(day) for day in days}
    return {
        "going": going(batch).count(),
        "staying": staying[:MOST_NAMED],
        "staying_more": max(staying.count() - MOST_NAMED, 0),
        "quarters": [quarters[code].name for code in sorted(quarters)],
    }


@transaction.atomic
def ask_back(batch):
    """Begin to take it back; returns whether that was possible."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != BatchState.IMPORTED:
        return False
    locked.state, locked.heard_at = BatchState.TAKING_BACK, timezone.now()
    locked.save(update_fields=["state", "heard_at"])
    start_work(locked)
    return True


def take_back_activity(batch, tell):
    """Void what nobody changed, in one transaction."""
    tell(0, batch.brought.count())
    with transaction.atomic():
        locked, now = require_own(batch), timezone.now()
        keys = list(going(batch).order_by("pk").values_list("pk", flat=True))
        touched = set()
        for start in range(0, len(keys), KEYS_AT_ONCE):
            some = Activity.objects.filter(pk__in=keys[start : start + KEYS_AT_ONCE])
            touched |= set(TimeEntry.objects.filter(activity__in=some).values_list("date", "team"))
            unmarked_update(some, status=Status.VOID, void_reason=VoidReason.TAKEN_BACK)
            Activity.history.bulk_history_create(
                list(some.order_by("pk")),
                update=True,
                default_user=batch.by,
                default_change_reason=VoidReason.TAKEN_BACK,
                default_date=now,
            )
        ChangeMark.objects.raise_for(touched)
        left = locked.brought.count() - len(keys)
        locked.state, locked.taken_back_at, locked.message = BatchState.TAKEN_BACK, now, ""
        locked.counts = {"Taken back": len(keys)} | ({"Stayed": left} if left else {})
        locked.save(update_fields=["state", "taken_back_at", "message", "counts"])
        record(Action.TAKEN_BACK, by=locked.by, about=locked)
