"""Figures in words: "2 h 15", "1,204", "51%", "–" for none."""

from collections.abc import Sequence
from typing import NamedTuple

NOTHING = "–"


class Figure(NamedTuple):
    """A number and its text; (None, "c") is not shown, with the symbol in its place."""

    value: float | None
    text: str = NOTHING


def hours(minutes: float) -> str:
    """Minutes as hours and minutes: 135 is "2 h 15", 120 "2 h", 45 "45 min", 0 "0 min"."""
    whole, rest = divmod(round(minutes), 60)
    if not whole:
        return f"{rest} min"
    return f"{whole:,} h {rest:02}" if rest else f"{whole:,} h"


def count(value: float) -> str:
    """A number with thousands separators: 1204 is "1,204", 2.5 "2.5"."""
    return f"{value:,.1f}".removesuffix(".0")


def percent(value: float) -> str:
    """A share already multiplied by 100, whole: 51.4 is "51%"."""
    return f"{value:.0f}%"


UNITS = {"minutes": hours, "count": count, "percent": percent}


def in_words(value: float | None, unit: str) -> str:
    """The value in its unit ("minutes", "count" or "percent"); None is "–", never 0."""
    return NOTHING if value is None else UNITS[unit](value)


def total_in_words(values: Sequence[float | None], unit: str) -> str:
    """The sum of known values: "5 h", "at least 5 h" if one is missing, "–" if all are."""
    known = [value for value in values if value is not None]
    if not known:
        return NOTHING
    partly = "at least " if len(known) < len(values) else ""
    return partly + in_words(sum(known), unit)


def share_in_words(part: float, whole: float) -> str:
    """The part of the whole in whole percent; "–" if the whole is 0."""
    return percent(100 * part / whole) if whole else NOTHING


def listed(items: Sequence[str]) -> str:
    """Words joined: "a, b and c"."""
    *head, last = items
    return f"{', '.join(head)} and {last}" if head else last
