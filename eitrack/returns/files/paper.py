"""A return on paper: a tagged PDF with figures, charts and the key to read them.

First the part for everybody: the old measure beside the new, the totals of each group, what is
hidden. Tables by breakdown, and definitions, are an annex.
"""

from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil

from django.template.loader import render_to_string

from eitrack.charts.chart import Chart
from eitrack.common.pdf import pdf_of
from eitrack.indicators.catalogue.definitions import HEADLINE
from eitrack.returns.files.drawings import drawings, waterline_of
from eitrack.returns.files.grids import DETAILS, Grid, broken_down
from eitrack.returns.files.shared import (
    PrintedFigure,
    head_of,
    how_much,
    lines_of,
    notes_of,
    unavailable_in,
)

# Columns of figures that a page has room for, beside the names of the rows.
MOST_COLUMNS = 6
HEADINGS = {
    "first_line": "The old measure beside the new",
    "what_is_hidden": "What is hidden",
    "how_to_read": "How to read these figures",
    "definitions": "Annex: definitions",
}


@dataclass(frozen=True)
class Group:
    """One theme of the catalogue.

    Its totals and charts; its tables, in parts that fit a page; the sentences on unavailable
    breakdowns.
    """

    theme: str
    totals: tuple[PrintedFigure, ...]
    charts: tuple[Chart, ...]
    grids: tuple[tuple[Grid, ...], ...]
    missing: tuple[str, ...]


def pdf(document, standing):
    """PDF/UA-1; raises PdfError if this machine cannot make one."""
    return pdf_of(render_to_string("returns/return_pdf.html", on_paper(document, standing)))


def on_paper(document, standing):
    """The context of the template."""
    totals = [line for line in lines_of(document) if line.is_total]
    by_code = {line.column.code: line for line in totals if line.column.period == document.period}
    headline = [by_code[each.code] for each in HEADLINE if each.code in by_code]
    water, found = waterline_of(document), groups(document, totals)
    return {
        "document": document,
        "standing": standing,
        "head": head_of(document, standing),
        "notes": notes_of(document),
        "headline": headline,
        "waterline": water,
        "groups": found,
        "contents": contents_of(found, has_first_line=bool(headline or water)),
        **HEADINGS,
        "hidden": how_much(document),
        "has_parts": any(
            line.cell.numerator or line.cell.denominator or line.cell.known for line in totals
        ),
        "has_periods": any(line.column.period != document.period for line in totals),
    }


def contents_of(groups, *, has_first_line):
    """Lists of (words, target heading): the part for everybody, then each part of the annex."""
    read = [
        *([HEADINGS["first_line"]] if has_first_line else []),
        *(group.theme for group in groups),
        HEADINGS["what_is_hidden"],
        HEADINGS["how_to_read"],
    ]
    annex = [
        [
            (f"Annex: {group.theme.lower()}",) * 2,
            *((f"by {parts[0].label}", parts[0].title) for parts in group.grids),
        ]
        for group in groups
        if group.grids or group.missing
    ]
    return [[(title, title) for title in read], *annex, [(HEADINGS["definitions"],) * 2]]


def groups(document, totals):
    themes = dict.fromkeys(line.definition.theme for line in totals)
    grids, charts = broken_down(document), drawings(document)
    return [
        Group(
            theme,
            tuple(line for line in totals if line.definition.theme == theme),
            tuple(chart for of, chart in charts if of == theme),
            tuple(in_parts(grid) for grid in grids if grid.theme == theme),
            tuple(missing_in(document, theme, grids)),
        )
        for theme in themes
    ]


def missing_in(document, theme, grids):
    """Why breakdowns without a table for this theme have none."""
    shown = {grid.breakdown for grid in grids if grid.theme == theme}
    for table in document.tables:
        sentence = unavailable_in(document, table, theme)
        if sentence and table.breakdown not in shown:
            yield sentence


def in_parts(grid):
    """A table cut into parts that fit a page, about equally wide, each with the row names.

    What belongs to a figure, such as its numerator, stays beside it.
    """
    starts = [place for place in range(1, len(grid.headers)) if is_figure(grid, place)]
    pieces = [range(*ends) for ends in pairwise([*starts, len(grid.headers)])]
    number = ceil((len(grid.headers) - 1) / MOST_COLUMNS)
    while len(max(parts := spread(pieces, number), key=len)) > MOST_COLUMNS and number < len(
        pieces
    ):
        number += 1
    return tuple(
        replace(
            grid,
            title=f"{grid.title} ({which} of {len(parts)})" if len(parts) > 1 else grid.title,
            headers=tuple(grid.headers[place] for place in (0, *places)),
            rows=tuple(tuple(row[place] for place in (0, *places)) for row in grid.rows),
            notes=grid.notes if which == len(parts) else (),
        )
        for which, places in enumerate(parts, start=1)
    )


def spread(pieces, number):
    """The columns of pieces in at most so many parts, each piece by its middle."""
    wide = sum(map(len, pieces)) / number
    parts, before = {}, 0
    for piece in pieces:
        parts.setdefault(int((before + len(piece) / 2) / wide), []).extend(piece)
        before += len(piece)
    return list(parts.values())


def is_figure(grid, place):
    """Whether a column is a figure, and not part of the one before it."""
    return not grid.headers[place].endswith(tuple(f": {each.lower()}" for each in DETAILS.values()))
