"""Dropping files that are not wanted, at the latest a day after they came."""

from datetime import timedelta

from django.db import transaction

from eitrack.intake.choices import BatchState
from eitrack.intake.files import forget
from eitrack.intake.models import Batch

KEPT_FOR = timedelta(days=1)
NOT_IMPORTED = (BatchState.READING, BatchState.READY, BatchState.REFUSED)


@transaction.atomic
def drop(batch):
    """Remove what was read; returns whether it was not imported meanwhile."""
    locked = Batch.objects.select_for_update().filter(pk=batch.pk, state__in=NOT_IMPORTED).first()
    if locked is None:
        return False
    forget(locked)
    locked.state = BatchState.DROPPED
    locked.save(update_fields=["state"])
    return True


def drop_old(now):
    """Drop what nobody has imported within a day; returns how many files."""
    old = Batch.objects.filter(state__in=NOT_IMPORTED, uploaded_at__lt=now - KEPT_FOR)
    return sum(drop(batch) for batch in old)
