"""Time of colleagues: proposed by the author of a record, confirmed by each worker."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from eitrack.accounts.models import User
from eitrack.activities.choices import EntryState
from eitrack.activities.models import TimeEntry
from eitrack.activities.models.activity import UNDO_MINUTES
from eitrack.activities.models.time_entry import OWN_CHANGE_DAYS
from eitrack.activities.time.approval import state_once_confirmed
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.cached_lists import cached_list
from eitrack.directory.models import Placement


def colleagues(user, day):
    """Workers of the user's districts with a hat on this day, of any team (rule 14)."""
    hats = hats_of_service(user, day)
    return User.objects.filter(is_active=True, pk__in=hats.values("worker")).exclude(pk=user.pk)


def hats_of_service(user, day):
    """Every hat of this day in the districts where the user has, or recently had, a hat."""
    since = timezone.localdate() - timedelta(days=OWN_CHANGE_DAYS)
    not_long_gone = Q(until_on__isnull=True) | Q(until_on__gte=since)
    own = Placement.objects.filter(not_long_gone, worker=user).current(day)
    districts = own.values("team__district")
    return Placement.objects.filter(team__district__in=districts).current(day)


def colleagues_by_team(user, day, own_teams):
    """[(team, [(pk, name)])], the user's own teams first; each person once."""
    rows = colleagues_listed(user, day, timezone.localdate())
    teams, placed = {}, set()
    for team, team_name, pk, name in sorted(rows, key=lambda row: row[0] not in own_teams):
        if pk not in placed:
            placed.add(pk)
            teams.setdefault(team, (team_name, []))[1].append((pk, name))
    return list(teams.values())


@cached_list("directory.Placement", "directory.Team", "accounts.User")
def colleagues_listed(user, day, today):
    """(team, its name, worker, their name) of each hat of a colleague in use; `today` for whom a
    hat has just ended."""
    hats = hats_of_service(user, day).filter(worker__is_active=True).exclude(worker=user)
    rows = hats.order_by("team__name", "team", "worker__name", "worker")
    return tuple(rows.values_list("team", "team__name", "worker", "worker__name"))


def chosen_on(entry):
    """Workers on its activity whom the user knows: of the own team, or chosen by the user.

    Workers of other teams who joined are not named (rule 14).
    """
    others = entry.activity.time_entries.exclude(pk=entry.pk)
    workers = dict(others.values_list("pk", "worker"))
    if not workers:
        return []
    of_team = others.filter(team=entry.team_id).values_list("pk", flat=True)
    known = {*of_team, *invited(entry).values_list("pk", flat=True)}
    return [worker for pk, worker in workers.items() if pk in known]


def invited(entry):
    """Time on its activity that the worker of this entry proposed, confirmed or not."""
    others = TimeEntry.objects.filter(activity=entry.activity_id).exclude(pk=entry.pk)
    proposed = TimeEntry.history.filter(
        id__in=others.values("pk"), history_type="+", history_user=entry.worker_id
    )
    return others.filter(pk__in=proposed.values("id")).order_by("pk")


@transaction.atomic
def propose_anew(*, by, entry, co_workers, minutes):
    """Unconfirmed proposals follow a correction."""
    chosen = {worker.pk for worker in co_workers}
    for other in invited(entry).filter(state=EntryState.PROPOSED):
        if other.worker_id not in chosen:
            remove_time(by=by, entry=other)
        elif not other.has_minutes(minutes):
            other.set_minutes(minutes)
            other.save()
    propose_time(by=by, activity=entry.activity, co_workers=co_workers, minutes=minutes)


@transaction.atomic
def propose_time(*, by, activity, co_workers, minutes):
    """Propose time for co-workers, as long as the author's; not counted until they confirm it.

    Each is under their hat of that day: in a team shared with the author, else the main one.
    Existing time on the activity is kept.
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
            entry.set_minutes(minutes)
            entry.freeze_context(hat)
            entry.save()


@transaction.atomic
def confirm_time(*, by, entry, placement, minutes):
    """The worker states the time; it counts from now on, or waits for approval (rule 5)."""
    entry.set_minutes(minutes)
    if entry.placement_id != placement.pk:
        entry.freeze_context(placement)
    entry.state = state_once_confirmed(entry.activity, entry.team_id)
    entry.save()
    record(Action.CHANGED, by=by, about=entry.activity)


@transaction.atomic
def remove_time(*, by, entry, reason=""):
    """The worker was not there, or takes back a join; the history keeps it."""
    activity = entry.activity
    entry._change_reason = reason or None
    entry.delete()
    record(Action.CHANGED, by=by, about=activity, reason=reason)


def may_be_removed(entry, now):
    """Always until it counts; after joining a colleague's record, for ten minutes."""
    if entry.is_lead:
        return False
    fresh = now - entry.recorded_at <= timedelta(minutes=UNDO_MINUTES)
    return entry.state != EntryState.CONFIRMED or fresh
