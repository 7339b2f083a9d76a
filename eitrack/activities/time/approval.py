"""Records and time in a closed quarter: they count once a manager approves them (rule 5)."""

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from eitrack.activities.choices import ApprovalReason, EntryState, Status
from eitrack.activities.models import Activity, TimeEntry
from eitrack.activities.threads.life import hold_thread, save_contact
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.periods import Period
from eitrack.directory.closing import is_closed
from eitrack.directory.models import Team


def awaiting_approval_of(user):
    """Records that wait for this manager, oldest first: those led by a worker of their teams."""
    led = TimeEntry.objects.filter(
        team__in=Team.objects.visible_to(user), activity=OuterRef("pk"), is_lead=True
    )
    return Activity.objects.filter(Exists(led), status=Status.AWAITING).order_by("date", "pk")


def time_awaiting_approval_of(user):
    """Time of this manager's teams waiting on records that count already, oldest first."""
    return (
        TimeEntry.objects.filter(team__in=Team.objects.visible_to(user), state=EntryState.AWAITING)
        .exclude(activity__status=Status.VOID)
        .order_by("date", "pk")
    )


def waiting_for(user):
    """How many records and entries wait for this manager."""
    led, added = waiting_in(Team.objects.visible_to(user))
    return led.union(added).count()


def waiting_in(teams):
    """Keys of records that wait in these teams: led there, and with added time.

    Two querysets that may overlap. Each uses an index; combined in one query, the database would
    scan all time.
    """
    led = Q(is_lead=True, activity__status=Status.AWAITING)
    added = Q(state=EntryState.AWAITING) & ~Q(activity__status=Status.VOID)
    of_teams = TimeEntry.objects.filter(team__in=teams).order_by().values_list("pk")
    return of_teams.filter(led), of_teams.filter(added)


def settle_status(activity, *, team_id, today, by, before=None):
    """The status on saving, if the quarter is closed.

    `before` is (date, status) as stored, None for a new record. What counted stays counted: a
    correction is made by the manager, which approves it.
    """
    if Period.quarter_of(activity.date).end >= today or not is_closed(activity.date, team_id):
        return
    if before and before[1] != Status.AWAITING and is_closed(before[0], team_id):
        activity.approved_by, activity.approval_reason = by, ApprovalReason.CORRECTION
    else:
        activity.status = Status.AWAITING


@transaction.atomic
def approve_activity(*, by, activity, reason):
    """Make it count. Returns whether this call approved it; a repetition changes nothing."""
    hold_thread(activity)
    waiting = Activity.objects.filter(pk=activity.pk, status=Status.AWAITING)
    if not waiting.update(version=F("version") + 1):
        return False
    activity.refresh_from_db()
    activity.status = Status.DID_NOT_RUN if activity.not_run_reason else Status.HELD
    activity.approved_by, activity.approval_reason = by, reason
    save_contact(activity, timezone.localdate())
    record(Action.APPROVED, by=by, about=activity, reason=reason)
    return True


@transaction.atomic
def approve_time(*, by, entry, reason):
    """Make this time count. Returns whether this call approved it."""
    # Locked, so that the second of two users finds it approved.
    entry = TimeEntry.objects.select_for_update().get(pk=entry.pk)
    if entry.state != EntryState.AWAITING:
        return False
    entry.state = EntryState.CONFIRMED
    entry._change_reason = reason
    entry.save()
    record(Action.APPROVED, by=by, about=entry.activity, reason=reason)
    return True


def state_once_confirmed(activity, team_id):
    """Time on a record that waits for approval waits with it; it needs no approval of its own."""
    waits = activity.status != Status.AWAITING and is_closed(activity.date, team_id)
    return EntryState.AWAITING if waits else EntryState.CONFIRMED


def waiting_sentence(activity):
    name = Period.quarter_of(activity.date).name
    return (
        f"{name} is closed: your manager has to approve this. Then it counts in the next revision."
    )
