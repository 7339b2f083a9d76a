"""The days of a sheet: totals, status and leave, and why a cell is closed."""

from eitrack.activities.models import DayStatus
from eitrack.daybook.hats import is_worked_in
from eitrack.daybook.week_sheet import SheetDay
from eitrack.directory.models import Absence, Contract


def days_of(desk):
    user, week = desk.user, desk.week
    marks = dict(
        DayStatus.objects.filter(worker=user, date__range=(week.monday, week.sunday)).values_list(
            "date", "mark"
        )
    )
    absences = list(Absence.objects.filter(worker=user).overlapping(week.monday, week.sunday))
    contracts = list(Contract.objects.filter(worker=user).overlapping(week.monday, week.sunday))
    return [
        day_of(desk, date, marks.get(date, ""), leave_on(absences, date), contracts)
        for date in week.dates
    ]


def leave_on(absences, date):
    """ "whole", "half" or ""."""
    on_day = [absence for absence in absences if absence.from_on <= date <= absence.until_on]
    if any(not absence.is_half_day for absence in on_day):
        return "whole"
    return "half" if on_day else ""


def day_of(desk, date, mark, leave, contracts):
    own = [logged for logged in desk.logged if logged.date == date]
    contract = next((one for one in contracts if is_current(one, date)), None)
    works = contract is None or contract.weekday_minutes[date.weekday()] > 0
    hats = [hat for hat in desk.hats if is_current(hat, date)]
    is_free = mark or leave == "whole" or not works or not is_worked_in(hats, date)
    return SheetDay(
        date=date,
        is_today=date == desk.today,
        is_ahead=date > desk.today,
        hats=hats,
        logged_minutes=sum(logged.minutes for logged in own),
        saved_minutes=sum(logged.minutes for logged in own if logged.counts),
        is_gap=not own and date < desk.today and not is_free,
        mark=mark,
        leave=leave,
        kept_mark=mark,
        kept_leave=leave,
    )


def is_current(dated, date):
    return dated.from_on <= date and (dated.until_on is None or dated.until_on >= date)


def closed_on(day, row):
    """Why nothing can be typed in this cell, or ""."""
    if day.is_ahead:
        return "to come"
    if not day.hats:
        return "no hat"
    if row.pattern is None:
        return ""
    case, series = row.pattern.case, row.pattern.series
    if case and not (
        case.opened_on <= day.date and (case.closed_on is None or case.closed_on >= day.date)
    ):
        return "case not open"
    if series and not is_current(series, day.date):
        return "not running"
    return ""
