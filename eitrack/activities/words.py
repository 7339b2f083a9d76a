"""An activity in a sentence."""

from eitrack.activities.choices import Status
from eitrack.activities.kinds import BY_CODE, Counts
from eitrack.common.words import day, duration, plural

COUNTED = {
    Counts.PEOPLE: ("attended", "attended"),
    Counts.CONVERSATIONS: ("conversation", "conversations"),
    Counts.BOTH: ("conversation", "conversations"),
    Counts.FAMILY_MEMBERS: ("family member", "family members"),
    Counts.PROFESSIONALS: ("professional", "professionals"),
}


def headcount_in_words(kind_code, number):
    """`14 attended`, `1 conversation`; nothing where the kind has no headcount or none is known."""
    counts = BY_CODE[kind_code].counts
    return plural(number, *COUNTED[counts]) if counts in COUNTED and number is not None else ""


def when(date, today):
    """`today`, `yesterday`, or the day."""
    return {0: "today", 1: "yesterday"}.get((today - date).days) or day(date)


def not_run_in_words(activity, today):
    """`did not run (no room)`; of a day ahead, that it will not."""
    verb = "will not run" if activity.date > today else "did not run"
    return f"{verb} ({activity.get_not_run_reason_display().lower()})"


def saved_sentence(activity, minutes, today):
    """`Drop-in at Hillside Primary, today: 14 attended, 2 h.`"""
    counted = headcount_in_words(activity.kind, activity.headcount)
    if activity.status == Status.DID_NOT_RUN:
        counted = not_run_in_words(activity, today)
    figures = ", ".join(part for part in (counted, duration(minutes)) if part)
    return f"{activity.activity_type} at {activity.site}, {when(activity.date, today)}: {figures}."
