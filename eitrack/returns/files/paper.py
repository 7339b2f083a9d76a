"""A return on paper: a tagged PDF with its figures, its charts and what one needs to read them."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from eitrack.charts.bars import Part, bars
from eitrack.charts.chart import Chart
from eitrack.charts.ranges import Range, range_bars
from eitrack.common.pdf import pdf_of
from eitrack.indicators.definitions import HEADLINE
from eitrack.indicators.indicator import Unit
from eitrack.returns.files.facts import facts_of
from eitrack.returns.files.grids import Grid, broken_down
from eitrack.returns.files.lines import Line, head_of, lines_of, notes_of
from eitrack.returns.waterline import waterline_of

# What is drawn of each group, where the return has it: indicator and breakdown.
DRAWN = (
    ("VIS-02", "site_kind"),
    ("RCH-03", "site_kind"),
    ("ERL-01", "site_kind"),
    ("PTN-04", "agency_kind"),
    ("RSP-01", "agency_kind"),
    ("LOD-02", "team"),
    ("FND-01", "funding_stream"),
    ("FND-01", "kind"),
)


@dataclass(frozen=True)
class Group:
    """One theme of the catalogue: its totals, its drawings, its tables."""

    theme: str
    totals: tuple[Line, ...]
    charts: tuple[Chart, ...]
    grids: tuple[Grid, ...]


def pdf(document, standing):
    """PDF/UA-1; PdfError where this machine cannot make one."""
    return pdf_of(render_to_string("returns/return_pdf.html", on_paper(document, standing)))


def on_paper(document, standing):
    """What the template prints."""
    totals = [line for line in lines_of(document) if line.is_total]
    by_code = {line.column.code: line for line in totals if line.column.period == document.period}
    return {
        "document": document,
        "standing": standing,
        "head": head_of(document, standing),
        "notes": notes_of(document),
        "headline": [by_code[each.code] for each in HEADLINE if each.code in by_code],
        "waterline": waterline_of(document),
        "groups": groups(document, totals),
        "has_parts": any(
            line.cell.numerator or line.cell.denominator or line.cell.known for line in totals
        ),
        "has_periods": any(line.column.period != document.period for line in totals),
    }


def groups(document, totals):
    themes = dict.fromkeys(line.definition.theme for line in totals)
    grids, charts = broken_down(document), drawings(document)
    return [
        Group(
            theme,
            tuple(line for line in totals if line.definition.theme == theme),
            tuple(chart for of, chart in charts if of == theme),
            tuple(grid for grid in grids if grid.theme == theme),
        )
        for theme in themes
    ]


def drawings(document):
    """(theme, chart) of what is drawn; a symbol has its place and no bar."""
    drawn = []
    for code, breakdown in DRAWN:
        for table in document.tables:
            for column in table.columns:
                is_asked = (column.code, table.breakdown) == (code, breakdown)
                if is_asked and column.rows and column.period == document.period:
                    definition = document.definition(code)
                    drawn.append((definition.theme, drawing(definition, table, column)))
    return drawn


def drawing(definition, table, column):
    labels = zip(table.rows, column.rows, strict=True)
    facts = [(label, facts_of(definition.unit, cell.figure)) for label, cell in labels]
    words = {
        "title": f"{definition.name} by {table.label.lower()}",
        "row_header": table.label,
        "id": f"chart-{definition.code}-{table.breakdown}".lower(),
    }
    if definition.unit == Unit.RANGE:
        return range_bars(
            [Range(label, f.lower, _end(f), text=f.text) for label, f in facts],
            range_header=definition.name,
            **words,
        )
    group = "unregistered" if definition.code.startswith("VIS") else "plain"
    return bars(
        [Part(label, (fact.value, fact.text), group=group) for label, fact in facts],
        figure_header=definition.name,
        **words,
    )


def _end(fact):
    """The upper end of a range; None where it goes on."""
    return None if fact.is_at_least else fact.upper
