"""Undo of a saved week: for ten minutes, exactly what that save did."""

from datetime import date as Date
from datetime import datetime, timedelta

from django.db import transaction

from eitrack.activities.choices import EntryState, VoidReason
from eitrack.activities.models import Activity, DayStatus, TimeEntry
from eitrack.activities.models.activity import UNDO_MINUTES
from eitrack.activities.record.actions import void_activity
from eitrack.activities.time.proposals import remove_time
from eitrack.common.words import day as day_in_words
from eitrack.daybook.catchup_actions import mark_day, set_leave
from eitrack.daybook.week_sheet_days import leave_on
from eitrack.directory.models import Absence

KEY = "saved_week"


def remember(session, *, sheet, saved, page_token, sentence, now):
    """Remember what this save did, as long as it can be undone.

    `saved` is the result of `save_sheet`. A repeated request did nothing, so the first save stays
    undoable.
    """
    done = {
        "created": [activity.pk for activity in saved.created],
        "joined": [activity.pk for activity in saved.joined],
        "proposed": [activity.pk for activity in saved.confirmed],
        "marks": {f"{day.date}": [day.kept_mark, day.mark] for day in sheet.days_marked},
        "leaves": {f"{day.date}": [day.kept_leave, day.leave] for day in sheet.days_of_leave},
    }
    if any(done.values()):
        session[KEY] = done | {
            "page": str(page_token),
            "week": sheet.week.code,
            "sentence": sentence,
            "at": now.isoformat(),
        }


def remembered(session, week, now):
    """What the last save of this week did, while it can be undone; else None."""
    done = session.get(KEY)
    if done is None or done["week"] != week.code:
        return None
    is_fresh = now - datetime.fromisoformat(done["at"]) <= timedelta(minutes=UNDO_MINUTES)
    return done if is_fresh else None


@transaction.atomic
def undo_week(*, by, done):
    """Undo it all; returns sentences about what stays because it was changed or confirmed."""
    for activity in Activity.objects.filter(pk__in=done["created"], recorded_by=by):
        void_activity(by=by, activity=activity, reason=VoidReason.UNDONE)
    own = TimeEntry.objects.filter(worker=by, is_lead=False).select_related("activity")
    for entry in own.filter(activity__in=done["joined"], state=EntryState.CONFIRMED):
        remove_time(by=by, entry=entry)
    kept = [
        f"The time you confirmed on {entry.activity} stays: open it to change it."
        for entry in own.filter(activity__in=done["proposed"])
    ]
    return kept + undo_marks(by, done["marks"]) + undo_leaves(by, done["leaves"])


def undo_marks(worker, marks):
    kept = []
    for text, (before, after) in marks.items():
        date = Date.fromisoformat(text)
        status = DayStatus.objects.filter(worker=worker, date=date).first()
        if (status.mark if status else "") == after:
            mark_day(worker=worker, date=date, mark=before)
        else:
            kept.append(f"The mark of {day_in_words(date)} was changed since and stays.")
    return kept


def undo_leaves(worker, leaves):
    kept = []
    for text, (before, after) in leaves.items():
        date = Date.fromisoformat(text)
        absences = Absence.objects.filter(worker=worker).overlapping(date, date)
        if leave_on(absences, date) == after:
            set_leave(worker=worker, date=date, length=before)
        else:
            kept.append(f"The leave of {day_in_words(date)} was changed since and stays.")
    return kept
