"""What all files of a return share: the head, and the figures in order."""

from dataclasses import dataclass

from eitrack.returns.document import Column, Definition, PrintedCell, Table
from eitrack.returns.files.hidden import unavailable_in


@dataclass(frozen=True)
class PrintedFigure:
    """One printed figure with its context; `row` is "All" for a total."""

    table: Table
    column: Column
    definition: Definition
    row: str
    cell: PrintedCell
    is_total: bool


def lines_of(document):
    """Every figure once: an indicator's total, then its rows.

    Tables repeat the totals of the first one beside their rows; these are skipped.
    """
    said = set()
    for table in document.tables:
        for column in table.columns:
            definition = document.definition(column.code)
            total = (column.code, column.period, column.total.figure)
            if total not in said or not column.rows:
                said.add(total)
                yield PrintedFigure(table, column, definition, "All", column.total, True)
            for label, cell in zip(table.rows, column.rows, strict=bool(column.rows)):
                yield PrintedFigure(table, column, definition, label, cell, False)


def head_of(document, standing):
    """The head of every file (D13): pairs of name and text."""
    pairs = [("Title", document.title)]
    if document.is_sample:
        pairs.append(("Sample data", "Every person, place and figure here is invented"))
    pairs += [
        ("District", document.district),
        ("Period", f"{document.period_name}, {document.period_dates}"),
    ]
    said = {name for name, _ in pairs}
    pairs += [pair for pair in document.parameters if pair[0] not in said]
    pairs.append(("Status", standing.words))
    if document.note:
        pairs.append(("Release note", document.note))
    pairs += [("Changed since the last release", line) for line in document.moved]
    return pairs


def notes_of(document):
    """The notes of all tables, each once, and the sentences on unavailable breakdowns."""
    notes = [note for table in document.tables for note in table.notes]
    missing = [unavailable_in(document, table) for table in document.tables]
    return list(dict.fromkeys(filter(None, [*notes, *missing])))


def heading_of(document, column, table):
    """An indicator as a column heading, with its period if the table has several."""
    name = f"{column.code} {document.definition(column.code).name}"
    periods = {each.period for each in table.columns} | {document.period}
    return f"{name}, {column.period}" if len(periods) > 1 else name
