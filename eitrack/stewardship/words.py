"""How pages of stewardship say things."""

from eitrack.common.words import day_and_year


def dates_in_words(term):
    """The dates of a role: " from Mon 23 Nov 2026 until Fri 27 Nov 2026", or ""."""
    first = f" from {day_and_year(term.from_on)}" if term.from_on else ""
    return f"{first}{f' until {day_and_year(term.until_on)}' if term.until_on else ''}"
