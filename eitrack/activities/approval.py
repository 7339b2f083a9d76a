"""Records of a quarter that is closed: kept, and counted once a manager approves (rule 5)."""

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from eitrack.activities.choices import ApprovalReason, Status
from eitrack.activities.models import Activity, TimeEntry
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.periods import Period
from eitrack.directory.closing import is_closed
from eitrack.directory.models import Team


def awaiting_approval_of(user):
    """What waits for this manager, oldest first."""
    managed = TimeEntry.objects.filter(
        team__in=Team.objects.visible_to(user), activity=OuterRef("pk")
    )
    return Activity.objects.filter(Exists(managed), status=Status.AWAITING).order_by("date", "pk")


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
    waiting = Activity.objects.filter(pk=activity.pk, status=Status.AWAITING)
    if not waiting.update(version=F("version") + 1):
        return False
    activity.refresh_from_db()
    activity.status = Status.DID_NOT_RUN if activity.not_run_reason else Status.HELD
    activity.approved_by, activity.approval_reason = by, reason
    activity.save()
    record(Action.APPROVED, by=by, about=activity, reason=reason)
    return True


def waiting_sentence(activity):
    name = Period.quarter_of(activity.date).name
    return (
        f"{name} is closed: your manager has to approve this. Then it counts in the next revision."
    )
