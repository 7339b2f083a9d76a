"""A document as a page shows it: one breakdown at a time, theme by theme."""

from itertools import groupby

from eitrack.returns.document import Cell

NOT_BROKEN_DOWN = Cell("z")


def table_asked(document, code):
    """The table an address asks for, else the totals; None of a document without tables."""
    by_code = {table.breakdown: table for table in document.tables}
    return by_code.get(code) or by_code.get("") or next(iter(by_code.values()), None)


def themes_of(document, table):
    """[(theme, definitions, lines)]; a line is a label and its cells, the whole first."""
    found = []
    columns = [(document.definition(each.code), each) for each in table.columns] if table else []
    for theme, group in groupby(columns, key=lambda pair: pair[0].theme):
        pairs = list(group)
        lines = [(table.label if not table.rows else "All", [each.total for _, each in pairs])]
        for number, label in enumerate(table.rows):
            lines.append(
                (
                    label,
                    [each.rows[number] if each.rows else NOT_BROKEN_DOWN for _, each in pairs],
                )
            )
        found.append((theme, [definition for definition, _ in pairs], lines))
    return found


def themes_side_by_side(before, after, code):
    """[(theme, [(name, row, before, after, whether they differ)])] of what both releases print.

    Printed figures only; what one of them does not have is blank.
    """
    old, new = _cells(before, code), _cells(after, code)
    themes = {}
    for key in [*new, *(key for key in old if key not in new)]:
        document = after if key in new else before
        definition = document.definition(key[0])
        pair = old.get(key, ""), new.get(key, "")
        themes.setdefault(definition.theme, []).append(
            (definition.name, key[1], *pair, pair[0] != pair[1])
        )
    return list(themes.items())


def _cells(document, code):
    """{(indicator's code, label of the row): printed figure} of one breakdown."""
    table = next((each for each in document.tables if each.breakdown == code), None)
    if table is None:
        return {}
    return {
        (column.code, label): cell.figure
        for column in table.columns
        for label, cell in zip(("All", *table.rows), (column.total, *column.rows), strict=False)
    }
