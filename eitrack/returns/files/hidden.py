"""What of a document is not printed: how much is hidden, and what is not to be had at all."""

from eitrack.common.words import listed
from eitrack.returns.files.facts import INSTEAD


def by_words(table):
    """What a table is broken down by, within a sentence: "kind of site"."""
    return table.label[:1].lower() + table.label[1:]


def unavailable_in(document, table, theme=None):
    """One sentence on the figures of a table of which every row is hidden; "" where there is none.

    It stands in place of their columns; of one theme, where one is asked for.
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
    """(headers, rows): of each table how many figures it has, and how many symbols stand instead.

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
    """Its rows; of a table without rows the totals."""
    return [cell for each in table.columns for cell in each.rows or (each.total,)]
