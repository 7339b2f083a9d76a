"""A document as a page shows it: by breakdown and theme, or by year."""

from dataclasses import dataclass
from itertools import groupby

from eitrack.common.periods import Period
from eitrack.indicators.catalogue.definitions import BY_CODE
from eitrack.returns.document import Definition, Kind, PrintedCell
from eitrack.returns.files.shared import unavailable_in
from eitrack.returns.release.funder import HOURS

NOT_BROKEN_DOWN = PrintedCell("z")


@dataclass(frozen=True)
class Head:
    """An indicator above a column; one outside the catalogue has no page."""

    definition: Definition

    @property
    def has_page(self):
        return self.definition.code in BY_CODE


@dataclass(frozen=True)
class YearByYear:
    """A funder return: `whole` are pairs of a Head and a cell per year, or None.

    `by_kind` are pairs of a kind of work and its hours per year.
    """

    years: list
    whole: list
    by_kind: list


def table_in_address(document, code):
    """The table an address names, else the totals; None if the document has no tables."""
    by_code = {table.breakdown: table for table in document.tables}
    return by_code.get(code) or by_code.get("") or next(iter(by_code.values()), None)


def themes_of(document, table):
    """[(theme, heads, lines, missing)]; a line is a label and its cells, the whole first.

    `missing` is the sentence on indicators without a column, as all their rows are hidden.
    """
    found = []
    columns = [(document.definition(each.code), each) for each in table.columns] if table else []
    for theme, group in groupby(columns, key=lambda pair: pair[0].theme):
        pairs = [pair for pair in group if not pair[1].is_unavailable]
        lines = [(table.label if not table.rows else "All", [each.total for _, each in pairs])]
        for number, label in enumerate(table.rows):
            lines.append(
                (
                    label,
                    [each.rows[number] if each.rows else NOT_BROKEN_DOWN for _, each in pairs],
                )
            )
        heads = [Head(definition) for definition, _ in pairs]
        found.append((theme, heads, lines, unavailable_in(document, table, theme)))
    return found


def year_by_year(document):
    """The YearByYear of a funder return; None for other documents."""
    if document.kind != Kind.FUNDER:
        return None
    whole, by_kind = document.tables
    cells = {(each.code, each.period): each.total for each in whole.columns}
    codes = [each.period for each in whole.columns if each.code == HOURS.code]
    return YearByYear(
        [Period.parse(code) for code in codes],
        [
            (Head(each), [cells.get((each.code, code)) for code in codes])
            for each in document.definitions
        ],
        [
            (label, [each.rows[number] for each in by_kind.columns])
            for number, label in enumerate(by_kind.rows)
        ],
    )


def themes_side_by_side(before, after, code, called):
    """[(theme, [(name, row, before, after, whether they differ)])] of two releases.

    Printed figures only; a missing one is blank. A row stands under the name that it is `called`
    today.
    """
    old, new = _cells(before, code, called), _cells(after, code, called)
    themes = {}
    for key in [*new, *(key for key in old if key not in new)]:
        document = after if key in new else before
        definition = document.definition(key[0])
        pair = old.get(key, ""), new.get(key, "")
        name = definition.name
        if key[1]:
            name = f"{name}, {Period.parse(key[1]).name.lower()}"
        themes.setdefault(definition.theme, []).append((name, key[2], *pair, pair[0] != pair[1]))
    return list(themes.items())


def names_apart(before, after, code, called):
    """[(name today, name in the one release, name in the other)] of rows that were renamed."""
    printed = []
    for document in (before, after):
        table = next((each for each in document.tables if each.breakdown == code), None)
        rows = table.rows if table else ()
        printed.append({called.get(label, label): label for label in rows})
    old, new = printed
    return [(now, old[now], new[now]) for now in new if now in old and old[now] != new[now]]


def _cells(document, code, called):
    """{(indicator's code, year, label of the row): printed figure} of one breakdown.

    The year is "" for summaries, whose periods may differ.
    """
    has_years = document.kind == Kind.FUNDER
    table = next((each for each in document.tables if each.breakdown == code), None)
    if table is None:
        return {}
    return {
        (column.code, column.period if has_years else "", called.get(label, label)): cell.figure
        for column in table.columns
        for label, cell in zip(("All", *table.rows), (column.total, *column.rows), strict=False)
    }
