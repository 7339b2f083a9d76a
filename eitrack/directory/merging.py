"""Making one agency of two, or one site, and undoing it: the work of an administrator."""

from dataclasses import dataclass

from django.db import transaction

from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.words import day_and_year
from eitrack.directory.links import CHUNK, Link, links_to
from eitrack.directory.models import ChangeMark, PlaceMerge

# Reasons in the history of the records that moved.
MERGED, UNMERGED = "place_merged", "place_unmerged"


class NotNowError(Exception):
    """Two places cannot be merged, or parted, as they stand; the message says why."""


@dataclass(frozen=True)
class Touched:
    """How many records of one kind would move, and how many would stay where they are."""

    link: Link
    moves: int
    stays: int


def touched(gone, into):
    """What merging these two would do, a line for each kind of record."""
    lines = []
    for link in links_to(type(gone)):
        moves, all_ = link.movable(gone, into).count(), link.rows(gone).count()
        if all_:
            lines.append(Touched(link, moves, all_ - moves))
    return lines


@transaction.atomic
def merge_places(*, by, gone, into, today):
    """Let every record of `gone` be one of `into`; returns the merge, by which it can be undone.

    Records that `into` has the like of stay where they are: an agreement on the same topic, a site
    of the same name.
    """
    gone, into = locked(gone, into)
    refuse_merge(gone, into, today)
    merge = PlaceMerge(merged_by=by, was_archived_from_on=gone.archived_from_on)
    name = gone._meta.model_name
    setattr(merge, f"from_{name}", gone)
    setattr(merge, f"into_{name}", into)
    for link in links_to(type(gone)):
        keys = list(link.movable(gone, into).values_list("pk", flat=True))
        if link.is_several:
            both = link.rows(into).filter(pk__in=link.rows(gone).values("pk"))
            merge.had_both[link.label] = list(both.values_list("pk", flat=True))
        link.move(keys, gone, into, by=by, reason=MERGED)
        merge.moved[link.label] = keys
    gone.merged_into, gone.archived_from_on = into, min(gone.archived_from_on or today, today)
    gone.save()
    merge.save()
    ChangeMark.objects.raise_for_all()
    record(Action.MERGED, by=by, about=gone)
    record(Action.MERGED, by=by, about=into)
    return merge


@transaction.atomic
def undo_merge(merge, *, by, now, today):
    """Move back what still names the place that stayed; returns how many records do not."""
    gone, into = locked(merge.gone, merge.into)
    merge = PlaceMerge.objects.select_for_update().get(pk=merge.pk)
    if refusal := why_not_undone(merge, today):
        raise NotNowError(refusal)
    gone.merged_into, gone.archived_from_on = None, merge.was_archived_from_on
    gone.save()
    left = sum(move_back(link, merge, gone, into, by) for link in links_to(type(gone)))
    merge.undone_at, merge.undone_by = now, by
    merge.save()
    ChangeMark.objects.raise_for_all()
    record(Action.UNMERGED, by=by, about=gone)
    record(Action.UNMERGED, by=by, about=into)
    return left


def keys_to_move_back(link, merge, gone, into):
    """Of the records that moved, those that still name `into` and can name `gone` again."""
    keys, movable, back = merge.moved.get(link.label, []), link.movable(into, gone), []
    for start in range(0, len(keys), CHUNK):
        back += movable.filter(pk__in=keys[start : start + CHUNK]).values_list("pk", flat=True)
    return back


def still_there(merge):
    """(link, how many would move back, how many would not) for each kind of record that moved."""
    gone, into, found = merge.gone, merge.into, []
    for link in links_to(type(gone)):
        if moved := merge.moved.get(link.label):
            back = len(keys_to_move_back(link, merge, gone, into))
            found.append((link, back, len(moved) - back))
    return found


def move_back(link, merge, gone, into, by):
    """Let the records that moved name `gone` again, if they still can; returns how many do not."""
    keys, back = merge.moved.get(link.label, []), keys_to_move_back(link, merge, gone, into)
    link.move(back, into, gone, by=by, reason=UNMERGED)
    for row in link.model._base_manager.filter(pk__in=merge.had_both.get(link.label, ())):
        if row.pk in back:
            getattr(row, link.field.name).add(into)
    return len(keys) - len(back)


def locked(*places):
    """The same two as they stand now; whoever else merges one of them waits."""
    rows = type(places[0]).objects.select_for_update().order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=[place.pk for place in places])}
    return [found[place.pk] for place in places]


def refuse_merge(gone, into, today):
    if gone.pk == into.pk:
        raise NotNowError("Choose another one than itself.")
    for place in (gone, into):
        if place.merged_into_id:
            raise NotNowError(f"{place} was merged into {place.merged_into} meanwhile.")
    if not into.is_in_use_on(today):
        raise NotNowError(f"{into} was archived meanwhile. Choose one that is in use.")


def why_not_undone(merge, today):
    """Why a merge cannot be undone, or ""."""
    gone, into = merge.gone, merge.into
    if merge.undone_at:
        return "This merge was undone already."
    if today > merge.last_day:
        return (
            f"A merge can be undone for thirty days, this one until {day_and_year(merge.last_day)}."
        )
    if into.merged_into_id:
        return f"{into} itself was merged into {into.merged_into} since. Undo that first."
    others = type(gone).objects.unmerged().filter(name=gone.name)
    if hasattr(gone, "agency_id"):
        others = others.filter(kind=gone.kind, agency=gone.agency_id)
    if others.exists():
        return f"There is another {gone} by now. Give that one another name first."
    return ""
