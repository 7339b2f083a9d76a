"""A document as tables for people: the whole first, then each theme by each breakdown.

Workbook and PDF both show these, so they have the same content in the same order.
"""

from dataclasses import dataclass

from eitrack.indicators.terms.figures import ALL_ROWS
from eitrack.indicators.terms.indicator import Theme
from eitrack.returns.document import Kind
from eitrack.returns.files.facts import Fact, facts_of
from eitrack.returns.files.shared import by_words, heading_of, lines_of, unavailable_in

DETAILS = {
    "numerator": "Numerator",
    "denominator": "Denominator",
    "known": "Known",
    "beside": "Beside it",
}
IN_WHOLE = {Kind.SUMMARY: "Whole service", Kind.FUNDER: "Funding stream"}
# The one word of a theme that fits the name of a sheet.
IN_A_WORD = {
    Theme.VISIBILITY: "Visibility",
    Theme.REACH: "Reach",
    Theme.EARLINESS: "Earliness",
    Theme.PARTNERSHIP: "Partnership",
    Theme.RESPONSIVENESS: "Response",
    Theme.LOAD: "Load",
    Theme.QUALITY: "Funding",
    Theme.CASE_COUNT: "Case count",
}


@dataclass(frozen=True)
class Grid:
    """`rows` are cells under `headers`, each a Fact with its text; the first names the row."""

    name: str
    title: str
    theme: str
    breakdown: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Fact, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def label(self):
        """The breakdown, within a sentence."""
        return self.headers[0][:1].lower() + self.headers[0][1:]

    @property
    def is_plain(self):
        """Whether every figure is a plain number: no symbol, range, estimate or gap."""
        return all(fact.is_plain for row in self.rows for fact in row[1:])

    @property
    def has_blanks(self):
        return any(not fact.text for row in self.rows for fact in row)


def grids_of(document):
    return [whole(document), *broken_down(document)]


def whole(document):
    """The total of every indicator, one per line, with its parts."""
    lines = [line for line in lines_of(document) if line.is_total]
    rows = []
    for line in lines:
        definition, cell = line.definition, line.cell
        rows.append(
            (
                words(definition.code),
                words(definition.name),
                words(definition.theme),
                words(line.column.period),
                facts_of(definition.unit, cell.figure),
                *(facts_of("", getattr(cell, name)) for name in DETAILS),
                words(definition.unit),
                facts_of("", str(definition.version)),
            )
        )
    headers = (
        *("Code", "Indicator", "Group", "Period", "Figure"),
        *DETAILS.values(),
        *("Unit", "Definition version"),
    )
    filled = [place for place in range(len(headers)) if any(row[place].text for row in rows)]
    return Grid(
        name=IN_WHOLE[document.kind],
        title="Figures of the whole",
        theme="",
        breakdown="",
        headers=tuple(headers[place] for place in filled),
        rows=tuple(tuple(row[place] for place in filled) for row in rows),
    )


def broken_down(document):
    """For each breakdown the themes that have it, one column per indicator.

    An indicator with all rows hidden has no column; the notes say so once.
    """
    grids = []
    for table in document.tables:
        themes = {}
        for column in table.columns if table.rows else ():
            if not column.is_unavailable:
                themes.setdefault(document.definition(column.code).theme, []).append(column)
        for theme, columns in themes.items():
            grids.append(_by_theme(document, table, theme, columns))
    return grids


def _by_theme(document, table, theme, columns):
    headers, cells = [table.label], [[words(label) for label in (ALL_ROWS, *table.rows)]]
    for column in columns:
        heading = heading_of(document, column, table)
        unit = document.definition(column.code).unit
        printed = (column.total, *column.rows)
        headers.append(heading)
        cells.append([facts_of(unit, cell.figure) for cell in printed])
        # The details of the total are in the table of the whole.
        for name, title in DETAILS.items():
            if any(getattr(cell, name) for cell in column.rows):
                headers.append(f"{heading}: {title.lower()}")
                cells.append([facts_of("", getattr(cell, name)) for cell in printed])
    by = by_words(table)
    missing = unavailable_in(document, table, theme)
    return Grid(
        name=f"{IN_A_WORD.get(theme, theme.split()[0])} by {by}",
        title=f"{theme}, by {by}",
        theme=theme,
        breakdown=table.breakdown,
        headers=tuple(headers),
        rows=tuple(zip(*cells, strict=True)),
        notes=(*table.notes, missing) if missing else table.notes,
    )


def words(text):
    """A cell of words, such as the name of a row."""
    return Fact(text, "")
