"""What a document does not print: how much is hidden, and what is unavailable."""

from eitrack.common.words import listed
from eitrack.returns.files.facts import INSTEAD


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
