"""Requests and referrals in words: due dates and durations."""

from eitrack.common.words import day, plural
from eitrack.directory.calendars import working_days_between


def due_in_words(due_on, today, nation):
    """`due today`, `due Mon 23 Nov`, `1 working day late`."""
    late = working_days_between(due_on, today, nation)
    if late:
        return f"{plural(late, 'working day', 'working days')} late"
    return "due today" if due_on == today else f"due {day(due_on)}"


def clock_in_words(help_request, today):
    """The status of a request: met in time or later, decided, or when it is due."""
    nation = help_request.team.district.nation
    if met := help_request.first_contact_on:
        late = working_days_between(help_request.due_on, met, nation)
        days = plural(late, "working day", "working days")
        return f"met {day(met)}, {f'{days} after it was due' if late else 'in time'}"
    if help_request.decision:
        return "decided without a first contact"
    return due_in_words(help_request.due_on, today, nation)


def working_hours_in_words(hours):
    """`9 working hours`; None if not decided."""
    if hours is None:
        return None
    if hours < 1:
        return "less than 1 working hour"
    return plural(round(hours), "working hour", "working hours")
