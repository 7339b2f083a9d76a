"""Records and time of a closed quarter: kept, and counted once a manager approves (rule 5)."""

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from eitrack.activities.choices import ApprovalReason, EntryState, Status
from eitrack.activities.models import Activity, TimeEntry
from eitrack.activities.threads.life import hold_thread, set_thread, settle_thread
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.periods import Period
from eitrack.directory.closing import is_closed
from eitrack.directory.models import Team


def awaiting_approval_of(user):
    """Records that wait for this manager, oldest first: those that a worker of theirs led."""
    led = TimeEntry.objects.filter(
        team__in=Team.objects.visible_to(user), activity=OuterRef("pk"), is_lead=True
    )
    return Activity.objects.filter(Exists(led), status=Status.AWAITING).order_by("date", "pk")


def time_awaiting_approval_of(user):
    """Time on records that count already, of workers of this manager's teams, oldest first."""
    return (
        TimeEntry.objects.filter(team__in=Team.objects.visible_to(user), state=EntryState.AWAITING)
        .exclude(activity__status=Status.VOID)
        .order_by("date", "pk")
    )


def waiting_for(user):
    """How many records and times wait for this manager, in all their teams."""
    led, added = waiting_in(Team.objects.visible_to(user))
    return led.union(added).count()


def waiting_in(teams):
    """Keys of what waits in these teams: time on records that were led there, and added time.

    Two querysets that may share some. Each has an index; asked for either at once, the database
    would read all time there is.
    """
    led = Q(is_lead=True, activity__status=Status.AWAITING)
    added = Q(state=EntryState.AWAITING) & ~Q(activity__status=Status.VOID)
    of_teams = TimeEntry.objects.filter(team__in=teams).order_by().values_list("pk")
    return of_teams.filter(led), of_teams.filter(added)


def settle_status(activity, *, team_id, today, by, before=None):
    """What a save makes of the status where the quarter is closed.

    `before` is (date, status) as saved until now, None for a new record. What counted already
    stays counted, as a correction that its manager approves by making it.
    """
    if Period.quarter_of(activity.date).end >= today or not is_closed(activity.date, team_id):
        return
    if before and before[1] != Status.AWAITING and is_closed(before[0], team_id):
        activity.approved_by, activity.approval_reason = by, ApprovalReason.CORRECTION
    else:
        activity.status = Status.AWAITING


@transaction.atomic
def approve_activity(*, by, activity, reason):
    """From now on it counts. Answers whether this approved it: a second try changes nothing."""
    hold_thread(activity)
    waiting = Activity.objects.filter(pk=activity.pk, status=Status.AWAITING)
    if not waiting.update(version=F("version") + 1):
        return False
    activity.refresh_from_db()
    activity.status = Status.DID_NOT_RUN if activity.not_run_reason else Status.HELD
    activity.approved_by, activity.approval_reason = by, reason
    thread = set_thread(activity)
    activity.save()
    settle_thread(thread, timezone.localdate())
    record(Action.APPROVED, by=by, about=activity, reason=reason)
    return True


@transaction.atomic
def approve_time(*, by, entry, reason):
    """From now on this time counts. Answers whether this approved it."""
    # Two at once wait for each other: the second then finds it approved.
    entry = TimeEntry.objects.select_for_update().get(pk=entry.pk)
    if entry.state != EntryState.AWAITING:
        return False
    entry.state = EntryState.CONFIRMED
    entry._change_reason = reason
    entry.save()
    record(Action.APPROVED, by=by, about=entry.activity, reason=reason)
    return True


def state_once_confirmed(activity, team_id):
    """Time on a record that waits for approval waits with it, not for a second approval."""
    waits = activity.status != Status.AWAITING and is_closed(activity.date, team_id)
    return EntryState.AWAITING if waits else EntryState.CONFIRMED


def waiting_sentence(activity):
    name = Period.quarter_of(activity.date).name
    return (
        f"{name} is closed: your manager has to approve this. Then it counts in the next revision."
    )
