"""A sheet looked through before it is loaded: how far it reaches, and which cells have a flaw.

The library that loads workbooks answers an error, and a formula that was never calculated, as an
empty cell; it answers a percentage as a bare number; and it takes memory for all cells from the
first to the last, so that two cells far apart end the process.
"""

import re

from eitrack.intake.reading.cells import Cell, Flaw, text_of
from eitrack.intake.reading.files.refusal import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    too_many_cells,
    too_many_columns,
    too_many_rows,
)

PERCENT, FORMULA = 1, 2
QUOTED = re.compile(r'"[^"]*"|\\.')
ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
ANY_ERROR = FORMULA + 1 + len(ERRORS)
NOT_CALCULATED = Flaw(
    "formula",
    "This formula was never calculated. Open the file in a spreadsheet, save it, send it again.",
)


def is_percent(number_format: str) -> bool:
    """Whether a format shows a percentage; a sign in quotation marks is only a word."""
    return "%" in QUOTED.sub("", number_format)


def error(shown: str) -> int:
    """The mark of an error cell."""
    return ERRORS.index(shown) + FORMULA + 1 if shown in ERRORS else ANY_ERROR


def flaw_of(mark: int, cell: Cell) -> Flaw:
    if mark == PERCENT:
        shown = f"{cell * 100:.10g}%" if isinstance(cell, (int, float)) else text_of(cell)
        return Flaw(shown, f"{shown} is a percentage. Type the number itself.")
    if mark == FORMULA:
        return NOT_CALCULATED
    shown = "error" if mark == ANY_ERROR else ERRORS[mark - FORMULA - 1]
    return Flaw(shown, f"The formula ends in an error ({shown}). Type the value itself.")


class Survey:
    """Of one sheet: `rows` and `columns` to its last cell with something in it."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        self.rows = 0
        self.columns = 0
        self._marks: dict[int, bytearray] = {}

    def reach(self, row: int, column: int) -> None:
        """Something stands in this cell, counted from 0."""
        if row >= self.rows:
            if row >= MOST_ROWS:
                raise too_many_rows(self.name)
            self.rows = row + 1
        if column >= self.columns:
            if column >= MOST_COLUMNS:
                raise too_many_columns(self.name)
            self.columns = column + 1

    def mark(self, row: int, column: int, mark: int) -> None:
        """This cell has a flaw; one byte is kept for it."""
        self.reach(row, column)
        marks = self._marks.setdefault(column, bytearray())
        marks.extend(bytes(max(0, row + 1 - len(marks))))
        marks[row] = mark

    def with_flaws(self, row: int, cells: list[Cell]) -> list[Cell]:
        """The cells of a row, each with a flaw in place of what the library said."""
        for column, marks in self._marks.items():
            if row < len(marks) and marks[row]:
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = flaw_of(marks[row], cells[column])
        return cells


def refuse_too_many_cells(surveys: list[Survey]) -> None:
    if sum(survey.rows * survey.columns for survey in surveys) > MOST_CELLS:
        raise too_many_cells()
