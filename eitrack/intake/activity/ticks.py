"""Which doubles are wanted all the same."""

from django.db import transaction

from eitrack.intake.choices import BatchState, RowState
from eitrack.intake.models import Batch

MOST_DIGITS = 18


@transaction.atomic
def keep_ticks(batch, data):
    """Of the doubles that the page showed: which are ticked."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != BatchState.READY:
        return
    shown = numbers_in(data.getlist("shown"))
    ticked = numbers_in(data.getlist("tick")) & shown
    rows = locked.staged_rows.filter(pk__in=shown, state=RowState.DOUBLE)
    rows.filter(pk__in=ticked).update(is_chosen=True)
    rows.exclude(pk__in=ticked).update(is_chosen=False)


def numbers_in(sent):
    return {int(one) for one in sent if one.isdecimal() and len(one) <= MOST_DIGITS}
