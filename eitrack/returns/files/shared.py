"""What all files of a return share: the head, the figures in order, and what is not printed."""

from dataclasses import dataclass

from eitrack.common.words import listed
from eitrack.returns.document import Column, Definition, PrintedCell, Table
from eitrack.returns.files.facts import INSTEAD


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


# --- What is not printed ----------------------------------------------------------------------


def by_words(table):
    """The breakdown of a table, within a sentence: "kind of site"."""
    return table.label[:1].lower() + table.label[1:]


def unavailable_in(document, table, theme=None):
    """One sentence on figures of a table whose rows are all hidden; "" if there are none.

    It replaces their columns; with a theme, only those of the theme.
    """
    columns = [
        each
        for each in table.columns
        if each.rows and theme in (None, document.definition(each.code).theme)
    ]
    names = [document.definition(each.code).name for each in columns if each.is_unavailable]
    if not names:
        return ""
    which = "No figure is" if len(names) == len(columns) else f"{listed(names)}: not"
    return f"{which} available by {by_words(table)}, as every row would be hidden"


def how_much(document):
    """(headers, rows): for each table how many figures it has, and how many symbols.

    Symbols that the document never prints have no column.
    """
    printed = [[cell.figure for cell in cells_of(table)] for table in document.tables]
    used = [symbol for symbol in INSTEAD if any(symbol in figures for figures in printed)]
    rows = [
        (
            table.label if table.rows else "Nothing: the whole",
            f"{len(figures):,}",
            *(f"{figures.count(symbol):,}" for symbol in used),
        )
        for table, figures in zip(document.tables, printed, strict=True)
    ]
    return ("Broken down by", "Figures", *used), rows


def cells_of(table):
    """The cells of its rows; its totals if it has none."""
    return [cell for each in table.columns for cell in each.rows or (each.total,)]
