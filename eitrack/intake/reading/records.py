"""Rows as records: their cells by field, and nothing of what is never taken."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from eitrack.intake.reading.cells import Cell, text_of
from eitrack.intake.reading.fields import OFTEN, Field
from eitrack.intake.reading.lines import Line


@dataclass(frozen=True)
class Record:
    """One row of a sheet: its number there, and its cells by field.

    `notes` say what was settled; a record with a `reason` cannot be taken.
    """

    number: int
    cells: Mapping[Field, Cell]
    agencies: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    reason: str = ""


def records(rows: Iterable[Line], fields: Sequence[Field]) -> Iterator[Record]:
    return (record_of(row, fields) for row in rows)


def record_of(row: Line, fields: Sequence[Field]) -> Record:
    """A line by the field of each column; names of clients and notes are left behind here."""
    cells = {
        field: cell
        for field, cell in zip(fields, row.cells, strict=True)
        if cell != "" and field not in OFTEN
    }
    agencies = tuple(texts_of(row, fields, Field.AGENCY))
    return Record(row.number, cells, agencies, tuple(texts_of(row, fields, Field.COLLEAGUE)))


def texts_of(row: Line, fields: Sequence[Field], wanted: Field) -> Iterator[str]:
    """The texts of all columns of a field that a sheet may have several of."""
    for field, cell in zip(fields, row.cells, strict=True):
        if field is wanted and cell != "":
            yield text_of(cell)
