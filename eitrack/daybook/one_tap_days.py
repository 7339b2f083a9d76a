"""Days that are one tap away on the log form, with all that was typed kept."""

from datetime import timedelta

from eitrack.daybook.prefill import date_in_address


def one_tap_days(today):
    """(day, words): today, yesterday, and this weekday a week ago."""
    last_week = today - timedelta(weeks=1)
    return [
        (today, "Today"),
        (today - timedelta(days=1), "Yesterday"),
        (last_week, f"Last {last_week:%A}"),
    ]


def guessed_start(request, form):
    """The start as it was filled in from the clock, not from habit or plan; else nothing."""
    if form.is_bound:
        return request.POST.get("guessed_start", "")
    guess = form.initial.get("guessed_start")
    return f"{guess:%H:%M}" if guess and guess == form.initial["starts_at"] else ""


def moved_to(data, day_text, today):
    """The form as typed, on another day.

    The start that was filled in for somebody who has just finished belongs to today alone.
    """
    moved = data.copy()
    moved["date"] = date_in_address(day_text, today).isoformat()
    guessed = data.get("guessed_start", "")
    if guessed and moved["date"] != today.isoformat() and data.get("starts_at") == guessed:
        moved["starts_at"] = ""
    elif guessed and moved["date"] == today.isoformat() and not data.get("starts_at"):
        moved["starts_at"] = guessed
    return moved
