"""How figures and dates are written (LOOK.md, words)."""

from collections.abc import Iterable
from datetime import date

NOTHING = "–"


def duration(minutes: float | None) -> str:
    """Minutes as "2 h 15", "45 min", "3 h" or "0 min"; unknown is "–"."""
    if minutes is None:
        return NOTHING
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return f"{rest} min"
    return f"{hours:,} h {rest:02}" if rest else f"{hours:,} h"


def hours(minutes: float | None) -> str:
    """Minutes as whole hours, for large figures: "1,234 h"."""
    return NOTHING if minutes is None else f"{minutes / 60:,.0f} h"


def day(value: date) -> str:
    """A date as "Tue 24 Nov"; `day_and_year` adds the year if it is not the current one."""
    return f"{value:%a} {value.day} {value:%b}"


def day_and_year(value: date) -> str:
    return f"{value:%a} {value.day} {value:%b %Y}"


def plural(number: int, one: str, many: str) -> str:
    """`plural(3, "person", "people")` is "3 people"."""
    return f"{number:,} {one if number == 1 else many}"


def in_fours(text: str) -> str:
    """A key that somebody types: "ABCD EFGH"."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def listed(things: Iterable[object]) -> str:
    """Names joined in words: "A, B and C"."""
    *head, last = [str(thing) for thing in things] or [""]
    return f"{', '.join(head)} and {last}" if head else last


def yes_or_no(value: bool | None) -> str:
    """Yes or no; "" if not stated."""
    if value is None:
        return "Not recorded"
    return "Yes" if value else "No"
