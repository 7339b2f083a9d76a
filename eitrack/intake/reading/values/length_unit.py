"""What bare numbers in a column of lengths are: decided for a file, said, to be changed there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from eitrack.intake.reading.cells import Cell
from eitrack.intake.reading.values.lengths import FEW_HOURS, PLAIN, Unit, number

FEW_MINUTES = 5
# Parts of hours as those write them who mean minutes: 1.15, 1.30, 1.45.
AFTER_POINT = {0.1, 0.15, 0.2, 0.3, 0.4, 0.45}
HOURS = re.compile(r"\b(?:hours?|hrs?|h)\b", re.IGNORECASE)
MINUTES = re.compile(r"\b(?:minutes?|mins?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class UnitGuess:
    """The unit and why; where it is not sure, somebody is asked."""

    unit: Unit
    said: str = ""
    is_sure: bool = True


def unit_of(cells: Iterable[Cell], header: str = "") -> UnitGuess:
    """As the header says; else as the sizes of the numbers suggest."""
    if bool(HOURS.search(header)) != bool(MINUTES.search(header)):
        unit = Unit.HOURS if HOURS.search(header) else Unit.MINUTES
        return UnitGuess(unit, f"{unit.value} The header says so.")
    numbers = [bare for cell in cells if (bare := _bare(cell))]
    if not numbers:
        return UnitGuess(Unit.MINUTES)
    parts = {round(bare % 1, 4) for bare in numbers if bare % 1}
    if parts <= AFTER_POINT and parts & {0.15, 0.3, 0.45}:
        return UnitGuess(Unit.POINT, f"{Unit.POINT.value} All numbers here can be read so.", False)
    if max(numbers) < FEW_HOURS:
        said = f"{Unit.HOURS.value} All are below {FEW_HOURS}."
        return UnitGuess(Unit.HOURS, said, bool(parts))
    if any(bare % 1 for bare in numbers if bare < FEW_HOURS):
        return UnitGuess(Unit.BY_SIZE, f"{Unit.BY_SIZE.value} The column has both.", False)
    said = f"{Unit.MINUTES.value} They go up to {max(numbers):g}."
    return UnitGuess(Unit.MINUTES, said, min(numbers) >= FEW_MINUTES)


def _bare(cell: Cell) -> float | None:
    if isinstance(cell, str):
        return number(cell) if PLAIN.fullmatch(cell) else None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell > 0:
        return float(cell)
    return None
