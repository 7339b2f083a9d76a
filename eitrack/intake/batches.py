"""Dropping files that are not wanted, at the latest a day after they came."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from eitrack.intake.activity.importing import remove_leftovers
from eitrack.intake.choices import BatchKind, BatchState
from eitrack.intake.files import forget
from eitrack.intake.models import Batch

KEPT_FOR = timedelta(days=1)
NOT_IMPORTED = (BatchState.READING, BatchState.READY, BatchState.REFUSED)


@transaction.atomic
def drop(batch):
    """Remove what was read; returns whether it was not imported meanwhile.

    An import that died is dropped with what it had written.
    """
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    has_died = locked.state == BatchState.IMPORTING and locked.is_silent(timezone.now())
    if locked.state not in NOT_IMPORTED and not has_died:
        return False
    if locked.kind == BatchKind.ACTIVITY:
        remove_leftovers(locked)
    forget(locked)
    locked.state = BatchState.DROPPED
    locked.save(update_fields=["state"])
    return True


def drop_old(now):
    """Drop what nobody has imported within a day; returns how many files."""
    waiting = (*NOT_IMPORTED, BatchState.IMPORTING)
    old = Batch.objects.filter(state__in=waiting, uploaded_at__lt=now - KEPT_FOR)
    return sum(drop(batch) for batch in old)
