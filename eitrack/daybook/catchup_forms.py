"""Reading what was typed into the sheet of a week, and checking it against the rules."""

import uuid

from django.core.exceptions import ValidationError

from eitrack.activities.choices import DayMark, Status
from eitrack.activities.forms.fields import MinutesField, count_field
from eitrack.activities.forms.rules import LONG_DAY_MINUTES, LONGEST_DAY_MINUTES
from eitrack.activities.joint.same_session import SHARED_KINDS
from eitrack.activities.models import Activity
from eitrack.activities.words import headcount_in_words
from eitrack.common.versioned import was_changed_since
from eitrack.common.words import duration
from eitrack.daybook.again import may_be_corrected

MINUTES = MinutesField(label="Minutes")
COUNT = count_field("How many")
LEAVES = (("", "No leave"), ("whole", "Whole day"), ("half", "Half a day"))


def cell_token(page_token, cell):
    """The form token of a cell; the same each time the page is sent."""
    return uuid.uuid5(page_token, cell.id)


def fill_in(sheet, data):
    """Put everything that was sent into the sheet, as typed."""
    for cell in sheet.cells:
        cell.minutes_text = data.get(cell.minutes_name, "").strip()
        cell.was_told = cell.told_name in data
        if cell.row.kind.has_headcount:
            cell.count_text = data.get(cell.count_name, "").strip()
    for day in sheet.days:
        if not day.is_ahead:
            mark = data.get(f"mark-{day.id}", day.kept_mark)
            day.mark = mark if mark in ("", *DayMark.values) else day.kept_mark
        leave = data.get(f"leave-{day.id}", day.kept_leave)
        day.leave = leave if leave in dict(LEAVES) else day.kept_leave
        day.has_confirmed_long_day = f"long-{day.id}" in data


def read_numbers(sheet):
    """Read the numbers; text that is none stays text and counts as 0."""
    for cell in sheet.cells:
        for part, field in (("minutes", MINUTES), ("count", COUNT)):
            try:
                setattr(cell, part, field.clean(getattr(cell, f"{part}_text")))
            except ValidationError as error:
                cell.errors[part] = error.messages[0]


def check(sheet, page_token):
    """Check every rule; errors go to the cell or day they concern.

    Returns the cells to save. A cell already saved by this page is not saved again.
    """
    read_numbers(sheet)
    typed = [cell for cell in sheet.cells if cell.is_typed]
    before = saved_before(sheet, typed, page_token)
    fresh = []
    for cell in typed:
        activity = before.get(cell_token(page_token, cell))
        if activity:
            check_correction(cell, activity, sheet)
        else:
            check_cell(cell)
        if not activity or cell.corrects:
            fresh.append(cell)
    for day in sheet.days:
        check_day(day, [cell for cell in fresh if cell.date == day.date])
    return fresh


def saved_before(sheet, cells, page_token):
    tokens = [cell_token(page_token, cell) for cell in cells]
    activities = Activity.objects.filter(form_token__in=tokens, recorded_by=sheet.user)
    return {
        activity.form_token: activity
        for activity in activities.exclude(status=Status.VOID).prefetch_related("time_entries")
    }


def check_correction(cell, activity, sheet):
    """The page was sent before: differences from what it saved then are corrections (rule 9)."""
    cell.was_saved_before = True
    own = next((one for one in activity.time_entries.all() if one.is_lead), None)
    minutes = own and own.contact_minutes
    if cell.errors or (cell.minutes == minutes and cell.count == activity.headcount):
        return
    check_cell(cell)
    if cell.errors:
        return
    may = own and may_be_corrected(activity, sheet.user, sheet.today)
    if may and not was_changed_since(activity):
        cell.corrects = activity, own
    else:
        cell.errors["minutes"] = (
            f"This was saved before, with {duration(minutes)}. Empty the cell, and change it on "
            "the record."
        )


def check_cell(cell):
    if cell.closed or not cell.is_open:
        cell.errors["minutes"] = CLOSED.get(cell.closed, "Use the log form for this one.")
        return
    if cell.errors:
        return
    if cell.minutes is None:
        cell.errors["minutes"] = "Type the minutes as well, or take the number of people away."
    elif cell.row.kind.has_headcount and cell.count is None:
        words = (
            "How many? "
            if cell.row.count_words == "people"
            else (f"How many {cell.row.count_words}? ")
        )
        cell.errors["count"] = f"{words}If there were none, type 0."
    elif not (cell.was_told or cell.was_saved_before) and (again := logged_again(cell)):
        cell.errors["minutes"] = (
            f"You logged this already: {again}. Change that one, and empty these; or save again to "
            "log another."
        )


def logged_again(cell):
    """Records not yet shown on the page that may be the same session: `21 attended, 09:30`."""
    if cell.row.kind.code.value not in SHARED_KINDS:
        return ""
    return "; ".join(
        ", ".join(part for part in (headcount_in_words(one.kind, one.headcount), start) if part)
        for one in cell.records
        if not one.is_proposed
        for start in [f"{one.starts_at:%H:%M}" if one.starts_at else "no start given"]
    )


CLOSED = {
    "to come": "This day is still to come. Log it when it has happened.",
    "no hat": "You had no hat on this day, so nothing can be logged for it yet.",
    "case not open": "The case was not open on this day.",
    "not running": "The series did not run at that time.",
}


def check_day(day, fresh):
    """Over 12 hours on one day needs confirmation, over 24 is refused (rule 5); the status must
    fit.

    All readable minutes count, even if their cell has other errors.
    """
    total = day.logged_minutes + sum(cell.new_minutes for cell in fresh)
    if fresh and total > LONGEST_DAY_MINUTES:
        day.errors["day"] = (
            f"With this the day would be {duration(total)} long. Take some minutes away."
        )
    elif fresh and total > LONG_DAY_MINUTES:
        day.asks_long_day = True
        if not day.has_confirmed_long_day:
            day.errors["long"] = f"With this the day is {duration(total)} long. Tick if it was."
    is_without_work = day.mark in (DayMark.NOT_WORKED, DayMark.NOTHING_TO_LOG)
    is_new_or_broken = day.mark != day.kept_mark or fresh
    if is_without_work and is_new_or_broken and (total or any(cell.records for cell in day.cells)):
        day.errors["mark"] = (
            f"There is work on this day: choose “{DayMark.COMPLETE.label}” or “No mark”."
        )
