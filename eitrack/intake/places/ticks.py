"""What a page of ticks says is kept before anything else is done, so that no tick is lost."""

from django.db import transaction
from django.db.models import Q

from eitrack.directory.models import Team
from eitrack.intake.choices import BatchState, RowState
from eitrack.intake.models import Batch
from eitrack.intake.places.choices import FileKind
from eitrack.intake.places.directory_taking import types_of_series
from eitrack.intake.places.taking import ANOTHER

MOST_DIGITS = 18


@transaction.atomic
def keep_ticks(batch, data):
    """Of the rows that the page showed: which are ticked, and what each is here."""
    shown = numbers_in(data.getlist("shown"))
    if not shown and "team" not in data:
        return
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != BatchState.READY:
        return
    ticked = numbers_in(data.getlist("tick")) & shown
    rows = locked.staged_rows.filter(pk__in=shown).exclude(state=RowState.SAME)
    rows.filter(pk__in=ticked).update(is_chosen=True)
    rows.exclude(pk__in=ticked).update(is_chosen=False)
    keep_answers(locked, rows, data)
    if data.get("team", "") in team_keys():
        locked.answers["team"] = data["team"]
        locked.save(update_fields=["answers"])
    tick_venues(locked)


def keep_answers(batch, rows, data):
    """Which place of ours each is; of a session what it is."""
    types, changed = type_keys(), []
    is_asked = Q(content__session__isnull=False) | ~Q(content__candidates=[])
    for row in rows.filter(is_asked):
        content = row.content
        offered = {ANOTHER, *(key for key, _, _ in content["candidates"])}
        before = content["same_as"], content["activity_type"]
        for name, asked, answers in (
            ("same_as", f"same-{row.pk}", offered if content["candidates"] else ()),
            ("activity_type", f"type-{row.pk}", types if content["session"] else ()),
        ):
            said = data.get(asked, content[name])
            if said == "" or said in answers:
                content[name] = said
        if before != (content["same_as"], content["activity_type"]):
            changed.append(row)
    batch.staged_rows.bulk_update(changed, ["content"])


def tick_venues(batch):
    """A ticked session is at a site: its venue comes with it."""
    if batch.source != FileKind.DIRECTORY:
        return
    venues = batch.staged_rows.filter(is_chosen=True).values_list("content__place__number")
    venues = [number for (number,) in venues]
    rows = batch.staged_rows.filter(content__number__in=venues).exclude(state=RowState.SAME)
    rows.update(is_chosen=True)


def type_keys():
    return {str(pk) for pk in types_of_series().values_list("pk", flat=True)}


def team_keys():
    return {str(pk) for pk in Team.objects.values_list("pk", flat=True)}


@transaction.atomic
def tick_all(batch, rows, is_chosen):
    """Tick or untick all rows of a filter, on all its pages."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state == BatchState.READY:
        pks = list(rows.exclude(state=RowState.SAME).values_list("pk", flat=True))
        locked.staged_rows.filter(pk__in=pks).update(is_chosen=is_chosen)
        tick_venues(locked)


def numbers_in(sent):
    return {int(one) for one in sent if one.isdecimal() and len(one) <= MOST_DIGITS}
