"""Merging two records of one session, and separating them again (INDICATORS.md C4)."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from eitrack.activities.choices import EntryState, Status, VoidReason
from eitrack.activities.joint.same_session import SHARED_KINDS, of_the_service
from eitrack.activities.models import Activity, Join, TimeEntry
from eitrack.audit.choices import Action
from eitrack.audit.trail import record


class JoinError(Exception):
    """One of the two records has changed: it is void, joined or a newer version."""


def joinable_with(activity, user):
    """Held records of the same day, site and kind that this one may be joined to.

    For the author all of them, as when it was first saved (rule 8); for a manager those in reach. A
    planned session takes others in but joins none, as its date would then look missed.
    """
    if activity.kind not in SHARED_KINDS or activity.status != Status.HELD or activity.planned_on:
        return Activity.objects.none()
    is_own = activity.recorded_by_id == user.pk
    alike = of_the_service(user, activity.date) if is_own else Activity.objects.all()
    alike = alike.held().exclude(pk=activity.pk)
    alike = alike.filter(kind=activity.kind, site=activity.site_id, date=activity.date)
    if not is_own:
        alike = alike.visible_to(user)
    return alike.select_related("activity_type", "site", "recorded_by").order_by("pk")


@transaction.atomic
def merge_activities(*, by, kept, joined):
    """Void `joined` and move its time to `kept`, whose attendance is used.

    A worker with time on both keeps one entry, never the sum, as it was one session. The entry on
    `kept` stays and the other remains, uncounted, on the void record; but an entry that is only
    proposed on `kept` is replaced by what the worker recorded.
    """
    kept, joined = locked(kept, joined)
    if not (kept.status == joined.status == Status.HELD):
        raise JoinError
    lead = joined.time_entries.filter(is_lead=True).first()
    join = Join.objects.create(kept=kept, joined=joined, lead=lead, made_by=by)
    there = {entry.worker_id: entry for entry in kept.time_entries.all()}
    for entry in joined.time_entries.all():
        standing = there.get(entry.worker_id)
        if standing:
            if not gives_way(standing, entry):
                continue
            standing._change_reason = mark(join)
            standing.delete()
        move(entry, to=kept, is_lead=False)
        join.entries.add(entry)
    set_status(joined, Status.VOID, VoidReason.MERGED)
    record(Action.JOINED, by=by, about=joined, reason=VoidReason.MERGED)
    record(Action.JOINED, by=by, about=kept)
    return join


@transaction.atomic
def unmerge(*, by, join):
    """Restore both records: time moves back, and replaced proposals return."""
    kept, joined = locked(join.kept, join.joined)
    standing = Join.objects.standing().filter(pk=join.pk)
    if not standing.update(undone_at=timezone.now()):
        raise JoinError
    for entry in join.entries.filter(activity=kept):
        move(entry, to=joined, is_lead=entry.pk == join.lead_id)
    for gone in TimeEntry.history.filter(history_type="-", history_change_reason=mark(join)):
        gone.instance.save(force_insert=True)
    set_status(joined, Status.HELD, "")
    record(Action.PARTED, by=by, about=joined)
    record(Action.PARTED, by=by, about=kept)
    return joined


def may_be_parted_by(user, join, editable):
    """Who joined them, the author of the joined record, and who may change the kept one."""
    own = user.pk in (join.made_by_id, join.joined.recorded_by_id)
    return own or editable.filter(pk=join.kept_id).exists()


def joined_with_time_of(user):
    """Records that became part of one this user may see."""
    kept = Activity.objects.visible_to(user).filter(pk=OuterRef("kept"))
    return Join.objects.standing().filter(Exists(kept))


def locked(*activities):
    """Fresh from the database, and locked in a fixed order so that two users cannot deadlock."""
    wanted = [activity.pk for activity in activities]
    rows = Activity.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    found = {activity.pk: activity for activity in rows}
    return [found[pk] for pk in wanted]


def gives_way(standing, entry):
    confirmed = entry.state == EntryState.CONFIRMED
    return standing.state == EntryState.PROPOSED and confirmed and not standing.is_lead


def mark(join):
    return f"join {join.pk}"


def move(entry, *, to, is_lead):
    entry.activity, entry.date, entry.is_lead = to, to.date, is_lead
    entry.save()


def set_status(activity, status, reason):
    activity.status, activity.void_reason = status, reason
    activity.version += 1
    activity._change_reason = reason or None
    activity.save()
