"""The days somebody is at work and logs; leave, half days, one long absence, days without a log."""

from dataclasses import dataclass
from datetime import date, timedelta

from eitrack.activities.choices import DayMark
from eitrack.activities.models import DayStatus
from eitrack.demo import signins, stories
from eitrack.demo.seasons import monday_of
from eitrack.demo.writing import RECENT_DAYS, write
from eitrack.directory.models import Absence

# Of the days at work: what is logged where nothing is forgotten, and what the rest is said to be.
LOGGED, NOT_WORKED = 0.94, 0.97
HALF_DAY = 0.01
# Days of the last weeks that somebody marked as complete, of those with a log.
COMPLETE = 0.6


@dataclass(frozen=True)
class Leave:
    first: date
    last: date
    is_half_day: bool = False


def plan_days(dice, window, worker, last_on=None):
    """Set the worker's `days` (at work, and logged), `leave` and `marks`.

    Leave is taken by weeks, 28 days a year; of the days at work some go unlogged, the more the
    lower the worker's coverage. Who has left was there until `last_on`.
    """
    planted = _planted(window, worker)
    away = long_absence(window) if worker.user.email == stories.LONG_AWAY_EMAIL else None
    busy = {monday_of(day) for day in planted}
    days, weeks, half_days, marks = [], [], [], {}
    monday, is_week_off = None, False
    for day in window.days:
        if last_on and day > last_on:
            break
        if monday_of(day) != monday:
            monday = monday_of(day)
            is_week_off = dice.happens(_chance_of_leave(window, day)) and monday not in busy
            if is_week_off:
                weeks.append(monday)
        draw = dice.random()
        if not worker.week[day.weekday()] or is_week_off or _holds(away, day):
            continue
        if draw < LOGGED * worker.coverage:
            days.append(day)
            if dice.happens(HALF_DAY):
                half_days.append(Leave(day, day, is_half_day=True))
        elif draw >= LOGGED:
            marks[day] = DayMark.NOT_WORKED if draw < NOT_WORKED else DayMark.NOTHING_TO_LOG
    if planted:
        # The last day of the sample worker is told in `stories.log_today`.
        days = [*(set(days) | set(planted)) - {window.last_working_day}]
        marks = {day: mark for day, mark in marks.items() if day not in planted}
    worker.days = frozenset(days)
    worker.marks = marks
    worker.leave = [*_joined(weeks, away), *half_days, *([away] if away else [])]


def long_absence(window):
    """The twelve weeks one worker was away for, as far as the window holds them; else None."""
    last = monday_of(window.until) - timedelta(weeks=stories.BACK_FOR_WEEKS, days=3)
    first = last - timedelta(weeks=stories.LONG_AWAY_WEEKS, days=-3)
    return Leave(max(first, window.start), last) if last >= window.start else None


def _planted(window, worker):
    if worker.user.email != signins.WORKER.email:
        return frozenset()
    return frozenset({*stories.always_at_work(window), window.last_working_day})


def _chance_of_leave(window, day):
    if day in window.school_days:
        return 0.06
    return 0.4 if day.month == 8 else 0.22


def _holds(leave, day):
    return leave is not None and leave.first <= day <= leave.last


def _joined(mondays, away):
    """Weeks off one after the other are one stretch of leave, Monday to Friday."""
    stretches = []
    for monday in mondays:
        friday = monday + timedelta(days=4)
        if away and monday <= away.last and away.first <= friday:
            continue
        if stretches and stretches[-1].last + timedelta(days=3) == monday:
            stretches[-1] = Leave(stretches[-1].first, friday)
        else:
            stretches.append(Leave(monday, friday))
    return stretches


def write_days(dice, window, staff):
    """Absences, and what workers said of their days."""
    absences = [
        Absence(
            worker=worker.user,
            from_on=leave.first,
            until_on=leave.last,
            is_half_day=leave.is_half_day,
        )
        for worker in staff
        for leave in worker.leave
    ]
    write(absences, history=True)
    since = window.until - timedelta(days=RECENT_DAYS)
    marks = [
        DayStatus(worker=worker.user, date=day, mark=mark)
        for worker in staff
        for day, mark in sorted({**_complete(dice, worker, since), **worker.marks}.items())
    ]
    write(marks)


def _complete(dice, worker, since):
    return {
        day: DayMark.COMPLETE
        for day in sorted(worker.days)
        if day >= since and dice.happens(COMPLETE)
    }
