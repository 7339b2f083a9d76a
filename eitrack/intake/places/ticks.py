"""What a page of ticks says is kept before anything else is done, so that no tick is lost."""

from django.db import transaction

from eitrack.intake.choices import BatchState, RowState
from eitrack.intake.models import Batch
from eitrack.intake.places.taking import ANOTHER

MOST_DIGITS = 18


@transaction.atomic
def keep_ticks(batch, data):
    """Of the rows that the page showed: which are ticked, and what each is here."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != BatchState.READY:
        return
    shown = numbers_in(data.getlist("shown"))
    ticked = numbers_in(data.getlist("tick")) & shown
    rows = locked.staged_rows.filter(pk__in=shown).exclude(state=RowState.SAME)
    rows.filter(pk__in=ticked).update(is_chosen=True)
    rows.exclude(pk__in=ticked).update(is_chosen=False)
    changed = []
    for row in rows.exclude(content__candidates=[]):
        said = data.get(f"same-{row.pk}", "")
        offered = {"", ANOTHER, *(key for key, _, _ in row.content["candidates"])}
        if said in offered and said != row.content["same_as"]:
            row.content["same_as"] = said
            changed.append(row)
    locked.staged_rows.bulk_update(changed, ["content"])


@transaction.atomic
def tick_all(batch, rows, is_chosen):
    """Tick or untick all rows of a filter, on all its pages."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state == BatchState.READY:
        pks = list(rows.exclude(state=RowState.SAME).values_list("pk", flat=True))
        locked.staged_rows.filter(pk__in=pks).update(is_chosen=is_chosen)


def numbers_in(sent):
    return {int(one) for one in sent if one.isdecimal() and len(one) <= MOST_DIGITS}
