"""Catching up on a week: opening its sheet, and copying last week into it."""

from collections import defaultdict

from eitrack.daybook.own_log import log_between
from eitrack.daybook.week_sheet import WeekCell, WeekSheet
from eitrack.daybook.week_sheet_days import closed_on, days_of
from eitrack.daybook.week_sheet_desk import Desk, identity_of
from eitrack.daybook.week_sheet_rows import MOST_ROWS, rows_of


def open_sheet(user, week, today, asked=()):
    """The worker's sheet of this week; `asked` are keys of rows already on the page."""
    desk = Desk(user, week, today)
    refused = []
    rows = rows_of(desk, [key for key in dict.fromkeys(asked)][:MOST_ROWS], refused)
    by_identity = {row.identity: row for row in rows}
    days = days_of(desk)
    for row in rows:
        row.cells = [WeekCell(row, day.date, closed=closed_on(day, row)) for day in days]
    for logged in desk.logged:
        offset = (logged.date - week.monday).days
        by_identity[identity_of(logged)].cells[offset].records.append(logged)
    for offset, day in enumerate(days):
        day.cells = [row.cells[offset] for row in rows]
    return WeekSheet(week, user, today, rows, days, desk, refused=refused)


def copy_last_week(sheet):
    """Fill the empty cells with last week's minutes of the same row and weekday; returns how many.

    No headcounts are copied, and nothing is saved. Days of leave or not worked stay empty.
    """
    before = sheet.week.beside(-1)
    pattern = defaultdict(int)
    for logged in log_between(sheet.user, before.monday, before.sunday):
        if logged.counts:
            pattern[identity_of(logged), logged.date.weekday()] += logged.contact_minutes
    filled = 0
    for row in sheet.rows:
        for day, cell in zip(sheet.days, row.cells, strict=True):
            minutes = pattern.get((row.identity, day.date.weekday()), 0)
            is_free = day.leave == "whole" or day.mark in ("not_worked", "nothing_to_log")
            is_empty = cell.is_open and not cell.records and not cell.is_typed
            if minutes and is_empty and not is_free:
                cell.minutes_text, cell.minutes = str(minutes), minutes
                filled += 1
    return filled
