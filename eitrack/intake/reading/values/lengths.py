"""How long something took, in minutes."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum

from eitrack.activities.models.time_entry import MOST_MINUTES
from eitrack.common.words import duration
from eitrack.intake.reading.cells import Cell, Reading, quoted, unread
from eitrack.intake.reading.values.clock import read_span

FEW_HOURS = 10
NUMBER = r"(\d+(?:[.,]\d+)?|\d*[½¼¾])"
HOURS = r"(?:hours?|hrs?|h)\.?"
MINUTES = r"(?:minutes?|mins?|m|['’′])\.?"
PLAIN = re.compile(NUMBER)
IN_HOURS = re.compile(rf"{NUMBER}\s?{HOURS}")
IN_MINUTES = re.compile(rf"{NUMBER}\s?{MINUTES}")
IN_BOTH = re.compile(rf"(\d+)\s?{HOURS}[\s,]*(?:and\s)?(\d+)\s?(?:{MINUTES})?(?:\s?\d+\s?s)?")
BY_COLON = re.compile(rf"(\d+):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?\s?(?:{HOURS})?")
ISO = re.compile(r"pt(?=\d)(?:(\d+)h)?(?:(\d+)m)?(?:\d+(?:\.\d+)?s)?")
ABOUT = re.compile(r"(?:about|approx\.?|approximately|around|circa|ca\.?|c\.?|~)\s?(?=[\d½¼¾ah])")
AND_A_HALF = re.compile(r"(\d+)(?:\s(?:hours?|hrs?))?\sand\sa\shalf(?:\s(?:hours?|hrs?))?")
FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
IN_WORDS = {
    "half an hour": 30, "half hour": 30, "an hour": 60, "one hour": 60, "two hours": 120,
    "an hour and a half": 90, "hour and a half": 90, "quarter of an hour": 15,
    "three quarters of an hour": 45,
}  # fmt: skip
# From when on a spreadsheet counts 24 hours and more that are shown as a time.
MIDNIGHT_ZERO = datetime(1899, 12, 31)


class Unit(Enum):
    """What a bare number of a column means, in the words that say so."""

    HOURS = "Bare numbers are hours: 1.5 is 1 h 30."
    MINUTES = "Bare numbers are minutes: 90 is 1 h 30."
    BY_SIZE = "Bare numbers below 10 are hours, others minutes: 1.5 and 90 are both 1 h 30."
    POINT = "What stands after the point is minutes: 1.30 is 1 h 30."


@dataclass(frozen=True)
class Length:
    """Minutes, and where the cell says it, from when on."""

    minutes: int
    starts_at: time | None = None


def read_length(cell: Cell, unit: Unit) -> Reading[Length]:
    """The length in a cell; `unit` says what a bare number is."""
    if (nothing := unread(cell)) is not None:
        return nothing
    if not isinstance(cell, str):
        return _checked(cell, _in_cell(cell, unit))
    span = read_span(cell)
    if span.reason:
        return Reading(reason=span.reason)
    if span.value:
        return _checked(cell, span.value.minutes, span.note, span.value.starts_at)
    text = " ".join(cell.casefold().split())
    plain = ABOUT.sub("", text, count=1) if ABOUT.match(text) else text.removesuffix("?")
    note = "" if plain == text else "Said to be about that long."
    return _checked(cell, _in_text(plain, unit), note)


def _checked(
    cell: Cell, minutes: float | None, note: str = "", starts_at: time | None = None
) -> Reading[Length]:
    if minutes is None:
        return Reading(reason=f"{quoted(cell)} is no length. Type it as 90, 1:30 or 1.5 h.")
    if not 0 <= round(minutes) <= MOST_MINUTES:
        most = duration(MOST_MINUTES)
        return Reading(reason=f"{quoted(cell)} is not between nothing and {most}.")
    if abs(minutes - round(minutes)) > 0.01:
        note = f"{note} Rounded to {duration(round(minutes))}.".strip()
    return Reading(Length(round(minutes), starts_at), note)


def _in_cell(cell: Cell, unit: Unit) -> float | None:
    if isinstance(cell, timedelta):
        return cell.total_seconds() / 60
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute + cell.second / 60
    if isinstance(cell, datetime) and cell.year <= 1900:
        return (cell - MIDNIGHT_ZERO).total_seconds() / 60
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return in_unit(float(cell), unit)
    return None


def _in_text(text: str, unit: Unit) -> float | None:
    if text in IN_WORDS:
        return IN_WORDS[text]
    text = AND_A_HALF.sub(r"\1½ h", text)
    if found := IN_BOTH.fullmatch(text) or BY_COLON.fullmatch(text):
        return int(found[1]) * 60 + int(found[2])
    if found := ISO.fullmatch(text):
        return int(found[1] or 0) * 60 + int(found[2] or 0)
    if found := IN_HOURS.fullmatch(text):
        return number(found[1]) * 60
    if found := IN_MINUTES.fullmatch(text):
        return number(found[1])
    return in_unit(number(text), unit) if PLAIN.fullmatch(text) else None


def in_unit(bare: float, unit: Unit) -> float | None:
    """Minutes of a bare number."""
    if unit is Unit.HOURS or (unit is Unit.BY_SIZE and bare < FEW_HOURS):
        return bare * 60
    if unit is Unit.POINT:
        after = round(bare % 1 * 100)
        return int(bare) * 60 + after if after < 60 else None
    return bare


def number(text: str) -> float:
    """A number as it is typed: with a decimal comma, or quarters as one sign."""
    if text[-1] in FRACTIONS:
        return int(text[:-1] or 0) + FRACTIONS[text[-1]]
    return float(text.replace(",", "."))
