"""Time of colleagues: proposed by who logs, confirmed by whose time it is."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from eitrack.accounts.models import User
from eitrack.activities.approval import state_once_confirmed
from eitrack.activities.choices import EntryState
from eitrack.activities.models import TimeEntry
from eitrack.activities.models.activity import UNDO_MINUTES
from eitrack.activities.models.time_entry import OWN_CHANGE_DAYS
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.directory.models import Placement


def colleagues(user, day):
    """Workers with a hat of this day in a team that the user has a hat of this day in, and has or
    had in the last weeks."""
    since = timezone.localdate() - timedelta(days=OWN_CHANGE_DAYS)
    not_long_gone = Q(until_on__isnull=True) | Q(until_on__gte=since)
    teams = Placement.objects.filter(not_long_gone, worker=user).current(day).values("team")
    hats = Placement.objects.filter(team__in=teams).current(day)
    return User.objects.filter(is_active=True, pk__in=hats.values("worker")).exclude(pk=user.pk)


@transaction.atomic
def propose_time(*, by, activity, co_workers, minutes):
    """Time of co-workers as long as the author's, counted nowhere until they confirm it.

    Each stands under the hat of that day: in a team shared with the author, else the main one.
    Who has time on the activity already keeps it.
    """
    if not co_workers:
        return
    teams = set(Placement.objects.filter(worker=by).current(activity.date).values_list("team"))
    there = set(activity.time_entries.values_list("worker", flat=True))
    hats = Placement.objects.filter(worker__in=co_workers).current(activity.date).with_context()
    chosen = {}
    for hat in sorted(hats, key=lambda hat: ((hat.team_id,) not in teams, -hat.planned_minutes)):
        chosen.setdefault(hat.worker_id, hat)
    for worker_id, hat in chosen.items():
        if worker_id not in there:
            entry = TimeEntry(activity=activity, worker_id=worker_id, state=EntryState.PROPOSED)
            for part, value in minutes.items():
                setattr(entry, part, value)
            entry.freeze_context(hat)
            entry.save()


@transaction.atomic
def confirm_time(*, by, entry, placement, minutes):
    """The worker says what the time was; from now on it counts, or waits for approval (rule 5)."""
    for part, value in minutes.items():
        setattr(entry, part, value)
    if entry.placement_id != placement.pk:
        entry.freeze_context(placement)
    entry.state = state_once_confirmed(entry.activity, entry.team_id)
    entry.save()
    record(Action.CHANGED, by=by, about=entry.activity)


@transaction.atomic
def remove_time(*, by, entry, reason=""):
    """The worker was not there, or takes back what was just joined; history keeps that it was."""
    activity = entry.activity
    entry._change_reason = reason or None
    entry.delete()
    record(Action.CHANGED, by=by, about=activity, reason=reason)


def may_be_removed(entry, now):
    """Until it counts, always; added to a colleague's record for ten minutes, as an undo."""
    if entry.is_lead:
        return False
    fresh = now - entry.recorded_at <= timedelta(minutes=UNDO_MINUTES)
    return entry.state != EntryState.CONFIRMED or fresh
