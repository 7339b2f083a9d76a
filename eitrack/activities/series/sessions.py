"""Recording planned sessions of a series: one record per series and date, whoever saves it."""

from django.db import IntegrityError, transaction

from eitrack.activities.choices import OBSTACLE_OF, EntryState, Status
from eitrack.activities.joint.same_session import counted_alike, different_numbers
from eitrack.activities.models import Activity, SeatMark, TimeEntry
from eitrack.activities.record.actions import change_activity, record_activity
from eitrack.activities.time.approval import state_once_confirmed
from eitrack.activities.words import headcount_in_words
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.words import duration


class SessionTakenError(Exception):
    """This planned session is recorded already, and cannot simply be joined."""

    def __init__(self, activity, message):
        self.activity = activity
        super().__init__(message)


@transaction.atomic
def record_session(*, activity, planned_on=None, seats=None, is_another=False, **details):
    """Save an activity; if the planned session is recorded already, join it instead.

    `planned_on` is the planned date it was opened for; without one, a session held on a planned
    date of its series is that one. `seats` are (seat, is present, makes up for) of a programme.
    `is_another` says that it is a different session. The other arguments are those of
    `record_activity`. Raises SessionTakenError if the two records differ in whether it ran, or in
    what they count.
    """
    activity.planned_on = planned_on or planned_date(activity)
    try:
        # Only a planned session can be recorded already; that is handled below.
        with transaction.atomic(savepoint=activity.planned_on is not None):
            saved = record_activity(activity=activity, **details)
    except IntegrityError:
        standing = session_on(activity.series_id, activity.planned_on)
        if standing is None:
            raise
        own = {name: details[name] for name in ("by", "worker", "placement", "minutes")}
        has_own = has_other_time_on(standing, own["worker"], own["minutes"])
        if not is_another and (planned_on or not has_own):
            refuse_other_number(activity, standing)
            return join_session(activity=standing, **own)
        # The series was held twice that day; the second session was not planned.
        activity.pk, activity.planned_on = None, None
        saved = record_activity(activity=activity, **details)
    if seats is not None and saved is activity:
        mark_seats(activity, seats)
    return saved


def refuse_other_number(activity, standing):
    """On joining, a colleague's number stays: a user who typed another one is told both first."""
    if standing.not_run_reason or counted_alike(activity, standing):
        return
    typed = headcount_in_words(activity.activity_type.kind, activity.headcount)
    raise SessionTakenError(
        standing,
        f"{different_numbers(standing, typed)} Type their number to add your minutes to it; "
        "or log yours on its own, without the series.",
    )


@transaction.atomic
def join_session(*, by, activity, worker, placement, minutes):
    """Add a worker's minutes to a session that a colleague recorded, and return it.

    The attendance is the lead's. A repeated request adds nothing; a proposed entry is confirmed. In
    a closed quarter the time waits for approval.
    """
    if activity.not_run_reason:
        reason = activity.get_not_run_reason_display().lower()
        raise SessionTakenError(
            activity,
            f"{activity.recorded_by} has recorded that it did not run ({reason}). "
            "Ask them to change it, or take out the series to save this on its own.",
        )
    # Locked, so that a repeated request finds the entry of the first.
    Activity.objects.select_for_update().get(pk=activity.pk)
    entry = TimeEntry.objects.filter(activity=activity, worker=worker).first()
    if entry is not None and entry.state == EntryState.CONFIRMED:
        if has_other_time_on(activity, worker, minutes):
            raise SessionTakenError(
                activity,
                f"Your time on this session is recorded already: {duration(entry.total_minutes)}. "
                "Open it under Activities to change it.",
            )
        return activity
    entry = entry or TimeEntry(activity=activity, worker=worker)
    entry.set_minutes(minutes)
    entry.freeze_context(placement)
    entry.state = state_once_confirmed(activity, entry.team_id)
    entry.save()
    record(Action.CHANGED, by=by, about=activity)
    return activity


@transaction.atomic
def record_not_run(*, by, series, planned_on, placement, reason):
    """Record that a planned session did not run: a reason and no minutes."""
    activity = Activity(
        series=series,
        planned_on=planned_on,
        date=planned_on,
        activity_type=series.activity_type,
        site=series.site,
        starts_at=series.starts_at,
        status=Status.DID_NOT_RUN,
        not_run_reason=reason,
        obstacle=OBSTACLE_OF.get(reason, ""),
    )
    try:
        with transaction.atomic():
            return record_activity(
                by=by, activity=activity, worker=by, placement=placement, minutes={}
            )
    except IntegrityError:
        standing = session_on(series.pk, planned_on)
        if standing is None:
            raise
        if standing.not_run_reason:
            return standing
        who = "You have" if standing.recorded_by_id == by.pk else f"{standing.recorded_by} has"
        raise SessionTakenError(standing, f"{who} recorded this session: it happened.") from None


@transaction.atomic
def change_session(*, seats=None, **change):
    """Change an activity and the seats taken.

    If it moves to another series, or out of one, it no longer stands for a planned date.
    """
    activity = change["activity"]
    same_series = Activity.objects.filter(pk=activity.pk, series=activity.series_id)
    if activity.planned_on and not same_series.exists():
        activity.planned_on = None
    activity = change_activity(**change)
    if seats is not None:
        mark_seats(activity, seats)
    return activity


def mark_seats(activity, seats):
    """Write only what differs, so that the history holds only changes."""
    before = {mark.seat: mark for mark in activity.seat_marks.all()}
    for seat, is_present, makes_up_for in seats:
        mark = before.get(seat) or SeatMark(activity=activity, seat=seat)
        if mark.pk and (mark.is_present, mark.makes_up_for) == (is_present, makes_up_for):
            continue
        mark.is_present, mark.makes_up_for = is_present, makes_up_for
        mark.save()


def planned_date(activity):
    """The day, if the series had a session planned on it; else None."""
    series = activity.series
    return activity.date if series and series.is_planned_on(activity.date) else None


def session_on(series_id, planned_on):
    """The record of this planned date, or None."""
    return (
        Activity.objects.filter(series=series_id, planned_on=planned_on)
        .exclude(status=Status.VOID)
        .select_related("recorded_by", "activity_type", "site", "series")
        .first()
        if series_id and planned_on
        else None
    )


def has_other_time_on(activity, worker, minutes):
    """Whether the worker has time on it that did not come from this very form."""
    entry = TimeEntry.objects.confirmed().filter(activity=activity, worker=worker).first()
    if entry is None:
        return False
    return activity.recorded_by_id == worker.pk or not entry.has_minutes(minutes)
