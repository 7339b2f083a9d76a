"""Saving the sheet of a week: activities, marks of days and leave, all or nothing."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction

from eitrack.accounts.models import User
from eitrack.activities.choices import EntryState
from eitrack.activities.joint.same_session import same_session
from eitrack.activities.models import Activity, DayStatus, TimeEntry
from eitrack.activities.record.actions import change_activity, record_activity
from eitrack.activities.series.sessions import SessionTakenError, record_session
from eitrack.common.versioned import SENT_AGAIN
from eitrack.daybook.catchup_forms import cell_token
from eitrack.daybook.prefill import COPIED, hat_of
from eitrack.directory.models import Absence


@dataclass
class Saved:
    """What one save of a sheet did; sessions that were sent before are in none of the lists."""

    created: list = field(default_factory=list)
    joined: list = field(default_factory=list)  # a colleague's record, with own time added
    confirmed: list = field(
        default_factory=list
    )  # a colleague's record on which own time was proposed


@transaction.atomic
def save_sheet(*, by, sheet, cells, page_token):
    """Record an activity for each of these checked cells, and the changes to days.

    Returns what was done. Raises SessionTakenError, with a message in its cell, if a planned
    session is recorded already and cannot be joined.
    """
    # One save per worker at a time, so that a page sent twice marks no day twice.
    User.objects.select_for_update().get(pk=by.pk)
    days = {day.date: day for day in sheet.days}
    own = TimeEntry.objects.filter(worker=by, date__in=[cell.date for cell in cells])
    states = dict(own.values_list("activity", "state"))
    saved = Saved()
    for cell in cells:
        if cell.corrects:
            correct_cell(cell, by=by)
            continue
        hats = days[cell.date].hats
        chosen = hat_of(hats, cell.row)
        activity = save_cell(
            cell,
            by=by,
            worker=by,
            activity=activity_of(cell, page_token),
            placement=next(hat for hat in hats if hat.pk == chosen),
            minutes={"contact_minutes": cell.minutes},
        )
        kinds_of_done = {None: saved.joined, EntryState.PROPOSED: saved.confirmed}
        if activity.pk not in states and activity.recorded_by_id == by.pk:
            saved.created.append(activity)
        elif (before := states.get(activity.pk)) in kinds_of_done:
            kinds_of_done[before].append(activity)
    for day in sheet.days_marked:
        mark_day(worker=by, date=day.date, mark=day.mark)
    for day in sheet.days_of_leave:
        set_leave(worker=by, date=day.date, length=day.leave)
    return saved


def correct_cell(cell, *, by):
    """Change the record that this page made of the cell; raises ClashError."""
    activity, entry = cell.corrects
    count(activity, cell)
    change_activity(
        by=by,
        activity=activity,
        version=activity.version,
        entry=entry,
        placement=entry.placement,
        minutes={"contact_minutes": cell.minutes},
        co_agencies=[delivery.agency for delivery in activity.co_deliveries.all()],
        reason=SENT_AGAIN,
    )


def save_cell(cell, *, activity, worker, **details):
    """Record a cell; a planned session that a colleague has saved is joined.

    A record that merely looks like a colleague's is saved and flagged (rule 8), as nobody can be
    asked about every cell of a week.
    """
    if activity.series_id is None:
        activity.looks_like = same_session(
            activity, kind=cell.row.kind, minutes=cell.minutes, worker=worker
        )
        return record_activity(activity=activity, worker=worker, **details)
    try:
        return record_session(activity=activity, worker=worker, **details)
    except SessionTakenError as taken:
        cell.errors["minutes"] = str(taken)
        raise


def activity_of(cell, page_token):
    """A new activity of this day, with the values of the last one in its row."""
    like = cell.row.pattern
    activity = Activity(date=cell.date, activity_type=like.activity_type, site=like.site)
    activity.form_token = cell_token(page_token, cell)
    for name in COPIED:
        setattr(activity, name, getattr(like, name))
    # Passed as instances, so that they are not read again for each cell.
    for name in ("activity_type", "series", "agency", "case"):
        setattr(activity, name, getattr(like, name))
    if activity.agency and not activity.agency.is_in_use_on(cell.date):
        activity.agency = None
    if like.series:
        activity.starts_at = like.series.starts_at
    if like.case:
        activity.need_level = like.case.level_on(cell.date)
    count(activity, cell)
    return activity


def count(activity, cell):
    if cell.row.kind.counts in ("conversations", "both"):
        activity.conversations = cell.count
    elif cell.row.kind.has_headcount:
        activity.attendance = cell.count


def mark_day(*, worker, date, mark):
    """Save the worker's status of a day; a status is never removed."""
    if mark:
        DayStatus.objects.update_or_create(worker=worker, date=date, defaults={"mark": mark})
    else:
        DayStatus.objects.filter(worker=worker, date=date).delete()


@transaction.atomic
def set_leave(*, worker, date, length):
    """Leave on one day: "whole", "half" or none. A longer absence around it stays."""
    for absence in Absence.objects.filter(worker=worker).overlapping(date, date):
        take_day_out(absence, date)
    if length:
        Absence.objects.create(
            worker=worker, from_on=date, until_on=date, is_half_day=length == "half"
        )


def take_day_out(absence, date):
    """Remove a day from an absence: shorten it, split it in two, or delete it."""
    one_day = timedelta(days=1)
    first, last = absence.from_on, absence.until_on
    if first == last:
        absence.delete()
    elif date == first:
        absence.from_on = date + one_day
        absence.save()
    else:
        absence.until_on = date - one_day
        absence.save()
        if date < last:
            Absence.objects.create(worker=absence.worker, from_on=date + one_day, until_on=last)
