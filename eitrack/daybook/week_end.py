"""One line at the end of a week: what a case count would have missed."""

from eitrack.activities.kinds import DIRECT, Group
from eitrack.common.periods import week_of
from eitrack.common.words import duration, plural

FRIDAY, NOON = 4, 12


def missed_this_week(log, now):
    """From Friday noon to Sunday; "" at other times, and if nothing was missed.

    Service time outside cases, and its attendances (never people).
    """
    is_end = now.weekday() > FRIDAY or (now.weekday() == FRIDAY and now.hour >= NOON)
    if not is_end:
        return ""
    monday, sunday = week_of(now.date())
    missed = [
        row
        for row in log
        if row.counts
        and monday <= row.date <= sunday
        and row.group in (Group.UNREGISTERED, Group.PARTNERSHIP)
    ]
    minutes = sum(row.minutes for row in missed)
    if not minutes:
        return ""
    attended = sum(row.attendance or 0 for row in missed if row.kind in DIRECT)
    people = f", with {plural(attended, 'attendance', 'attendances')}" if attended else ""
    return f"A case count would have missed {duration(minutes)} of your week{people}."
