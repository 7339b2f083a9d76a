"""Figures in words, as the house writes them: "2 h 15", "1,204", "51%", "–" for none to show."""

from collections.abc import Sequence
from typing import NamedTuple

NOTHING = "–"


class Figure(NamedTuple):
    """A number and its words; (None, "c") is not shown, with the word in its place."""

    value: float | None
    text: str = NOTHING


def hours(minutes: float) -> str:
    """Minutes as hours and minutes: 135 is "2 h 15", 120 "2 h", 45 "45 min", 0 "0 min"."""
    whole, rest = divmod(round(minutes), 60)
    if not whole:
        return f"{rest} min"
    return f"{whole:,} h {rest:02}" if rest else f"{whole:,} h"


def count(value: float) -> str:
    """A number with its thousands set apart: 1204 is "1,204", 2.5 "2.5"."""
    return f"{value:,.1f}".removesuffix(".0")


def percent(value: float) -> str:
    """A share already multiplied by 100, whole: 51.4 is "51%"."""
    return f"{value:.0f}%"


UNITS = {"minutes": hours, "count": count, "percent": percent}


def in_words(value: float | None, unit: str) -> str:
    """The value in its unit ("minutes", "count" or "percent"); None is "–", never 0."""
    return NOTHING if value is None else UNITS[unit](value)


def total_in_words(values: Sequence[float | None], unit: str) -> str:
    """The sum of what is known: "5 h", "at least 5 h" where a part is missing, "–" of nothing."""
    known = [value for value in values if value is not None]
    if not known:
        return NOTHING
    partly = "at least " if len(known) < len(values) else ""
    return partly + in_words(sum(known), unit)


def share_in_words(part: float, whole: float) -> str:
    """What part of the whole, as a whole percentage; "–" when there is nothing to divide."""
    return percent(100 * part / whole) if whole else NOTHING


def listed(items: Sequence[str]) -> str:
    """Words joined as one would say them: "a, b and c"."""
    *head, last = items
    return f"{', '.join(head)} and {last}" if head else last
