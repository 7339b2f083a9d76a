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
from eitrack.intake.activity.importing import brought_in, unmarked_update
from eitrack.intake.activity.inserting import insert, made_ready, versions_of
from eitrack.intake.choices import BatchState
from eitrack.intake.jobs import require_own, start_work
from eitrack.intake.models import Batch

MOST_NAMED = 100
VERSIONS_AT_ONCE = 250


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
    """Void what nobody changed: all of it at one moment, then its versions in short transactions.

    A process that begins where another died finds which versions are missing.
    """
    if batch.taken_back_at is None:
        stop_counting(batch)
    keys = list(unwritten(batch).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), VERSIONS_AT_ONCE):
        tell(start, len(keys))
        write_versions(batch, keys[start : start + VERSIONS_AT_ONCE])
    close(batch)


@transaction.atomic
def stop_counting(batch):
    """The one moment from which on none of it counts."""
    locked, now = require_own(batch), timezone.now()
    # Whoever changes one of them waits here, or was first and keeps it.
    list(standing(batch).order_by("pk").select_for_update(of=["self"]).values_list("pk"))
    keys = going(batch).order_by().values("pk")
    unmarked_update(
        Activity.objects.filter(pk__in=keys), status=Status.VOID, void_reason=VoidReason.TAKEN_BACK
    )
    entries = TimeEntry.objects.filter(activity__in=taken_back(batch))
    ChangeMark.objects.raise_for(entries.order_by().values_list("date", "team").distinct())
    locked.taken_back_at = batch.taken_back_at = now
    locked.save(update_fields=["taken_back_at"])
    record(Action.TAKEN_BACK, by=locked.by, about=locked)


def write_versions(batch, keys):
    activities = list(Activity.objects.filter(pk__in=keys).order_by("pk"))
    how = {"by": batch.by, "at": batch.taken_back_at, "reason": VoidReason.TAKEN_BACK}
    ready = made_ready(versions_of(activities, kind="~", **how))
    with transaction.atomic():
        require_own(batch)
        insert(ready)


@transaction.atomic
def close(batch):
    locked = require_own(batch)
    locked.state, locked.message = BatchState.TAKEN_BACK, ""
    left = brought_in(batch).exclude(status=Status.VOID).count()
    locked.counts = {"Taken back": taken_back(batch).count()} | ({"Stayed": left} if left else {})
    locked.save(update_fields=["state", "message", "counts"])


def taken_back(batch):
    return brought_in(batch).filter(void_reason=VoidReason.TAKEN_BACK)


def unwritten(batch):
    """Those taken back that have no version which says so yet."""
    said = Activity.history.filter(id=OuterRef("pk"), history_change_reason=VoidReason.TAKEN_BACK)
    return taken_back(batch).exclude(Exists(said))
