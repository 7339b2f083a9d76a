"""What a cell holds, and what was read out of it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Flaw:
    """A cell whose value nobody can know for sure: how it looks, and why it is not read."""

    shown: str
    reason: str

    def __str__(self) -> str:
        return self.shown


Cell = str | int | float | bool | date | datetime | time | timedelta | Flaw


@dataclass(frozen=True)
class Reading(Generic[T]):
    """What a cell was read as.

    `note` says what the cell leaves open and how it was settled; where nothing is read, `reason`
    says why. Neither is set for an empty cell.
    """

    value: T | None = None
    note: str = ""
    reason: str = ""


class Unclear(ValueError):
    """Why a cell is not read, in a sentence for whoever wrote it."""


# No day, length or count is written in more signs.
LONGEST = 100


def text_of(cell: Cell) -> str:
    """A cell as a person sees it; a whole number without the decimals of a spreadsheet."""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, float):
        return f"{cell:.10g}"
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        sign = "-" if minutes < 0 else ""
        return f"{sign}{abs(minutes) // 60}:{abs(minutes) % 60:02}"
    return str(cell)


def quoted(cell: Cell) -> str:
    """A cell in quotation marks, for a sentence about it; no more of it than is needed."""
    text = text_of(cell)
    return f"“{text}”" if len(text) <= 40 else f"“{text[:39]}…”"


def unread(cell: Cell) -> Reading[Any] | None:
    """The reading of a cell that is empty, flawed or far too long; else None."""
    if isinstance(cell, Flaw):
        return Reading(reason=cell.reason)
    if isinstance(cell, str) and len(cell) > LONGEST:
        return Reading(reason=f"{quoted(cell)} is too long.")
    if isinstance(cell, float) and not isfinite(cell):
        return Reading(reason=f"{quoted(cell)} is no number.")
    return Reading() if cell == "" else None
