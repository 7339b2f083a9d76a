"""Days one tap away on the log form; everything typed stays."""

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
    """The start if it was prefilled from the clock, not from habit or plan; else ""."""
    if form.is_bound:
        return request.POST.get("guessed_start", "")
    guess = form.initial.get("guessed_start")
    return f"{guess:%H:%M}" if guess and guess == form.initial["starts_at"] else ""


def moved_to(data, day_text, today):
    """The typed form, moved to another day.

    A start prefilled from the clock applies to today only, so it is cleared.
    """
    moved = data.copy()
    moved["date"] = date_in_address(day_text, today).isoformat()
    guessed = data.get("guessed_start", "")
    if guessed and moved["date"] != today.isoformat() and data.get("starts_at") == guessed:
        moved["starts_at"] = ""
    elif guessed and moved["date"] == today.isoformat() and not data.get("starts_at"):
        moved["starts_at"] = guessed
    return moved
