"""Charts of a return on paper, from what it prints."""

from eitrack.charts.bars import Part, bars
from eitrack.charts.ranges import Range, range_bars
from eitrack.charts.waterline import waterline
from eitrack.indicators.terms.indicator import Unit
from eitrack.returns.files.facts import facts_of
from eitrack.returns.files.shared import lines_of

# The chart of each group, if the return has it: indicator and breakdown.
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
# Its denominator is service time on formal cases, its numerator all service time.
GAP = "VIS-03"
MINUTES = 60


def drawings(document):
    """(theme, chart) for each chart; a symbol has a place but no bar."""
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
    """The upper end of a range; None if it is open."""
    return None if fact.is_at_least else fact.upper


def waterline_of(document):
    """The waterline, in printed hours; None if they are not plain numbers."""
    for line in lines_of(document):
        if line.is_total and (line.column.code, line.column.period) == (GAP, document.period):
            whole, formal = (
                facts_of("", text) for text in (line.cell.numerator, line.cell.denominator)
            )
            if whole.is_plain and formal.is_plain:
                above = MINUTES * formal.value
                return waterline(above, MINUTES * whole.value - above, when=document.period_name)
    return None
