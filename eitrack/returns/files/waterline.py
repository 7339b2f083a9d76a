"""The waterline of a document, drawn from the figures it prints."""

from eitrack.charts.waterline import waterline
from eitrack.returns.files.facts import facts_of
from eitrack.returns.files.shared import lines_of

# Its denominator is service time on formal cases, its numerator all service time.
GAP = "VIS-03"
MINUTES = 60


def waterline_of(document):
    """The chart, in printed hours; None if they are not plain numbers."""
    for line in lines_of(document):
        if line.is_total and (line.column.code, line.column.period) == (GAP, document.period):
            whole, formal = (
                facts_of("", text) for text in (line.cell.numerator, line.cell.denominator)
            )
            if whole.is_plain and formal.is_plain:
                above = MINUTES * formal.value
                return waterline(above, MINUTES * whole.value - above, when=document.period_name)
    return None
