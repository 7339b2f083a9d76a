"""The columns of each file that leaves the house, declared once."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """`value(shown, cell)` is the text of one cell of a ShownIndicator's line."""

    name: str
    value: Callable


SUMMARY = (
    Column("code", lambda shown, cell: shown.indicator.code),
    Column("indicator", lambda shown, cell: shown.indicator.name),
    Column("row", lambda shown, cell: cell.label),
    Column("figure", lambda shown, cell: cell.figure),
    Column("numerator", lambda shown, cell: cell.numerator),
    Column("denominator", lambda shown, cell: cell.denominator),
    Column("known", lambda shown, cell: cell.known),
    Column("beside", lambda shown, cell: cell.beside),
    Column("unit", lambda shown, cell: shown.indicator.unit.value),
    Column("definition version", lambda shown, cell: str(shown.indicator.version)),
)


def summary_rows(shown_indicators):
    """Header and lines of a summary: for each indicator the total, then its rows. All text."""
    yield [column.name for column in SUMMARY]
    for shown in shown_indicators:
        for cell in (shown.total, *shown.rows):
            yield [column.value(shown, cell) for column in SUMMARY]
