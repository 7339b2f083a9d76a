"""Charts of figures: twelve quarters as a line, the rows of a breakdown as bars.

Charts show what is printed and no more: a hidden figure has no mark, a rounded one stands at its
rounded value.
"""

import re

from eitrack.charts.bars import Part, bars
from eitrack.charts.limits import Limits
from eitrack.charts.lines import Point, control_line
from eitrack.charts.ranges import Range, range_bars
from eitrack.charts.values import NOTHING
from eitrack.indicators.figures.limits import FEWEST_KNOWN, FORMULA
from eitrack.indicators.figures.over_time import NUMBER, breaks_of, usual_range_of, value_printed
from eitrack.indicators.terms.indicator import Unit

WHICH = (
    "since the definition or the team last changed, without the quarter that runs and quarters "
    "with under half of the working days recorded"
)
HOW_RECKONED = f"{FORMULA}, {WHICH}."
NOT_RECKONED = f"No usual range: it takes {FEWEST_KNOWN} known quarters, {WHICH}."
AXIS = {Unit.PERCENT: "percent", Unit.HOURS: "minutes"}


def over_time(indicator, lines):
    """Twelve quarters as a line with its breaks; for a range of people, a range per quarter."""
    if indicator.unit == Unit.RANGE:
        return range_bars(
            [_range(line.period.name, line.cell.figure, line.note) for line in lines],
            title=_title(indicator, lines),
            row_header="Quarter",
            range_header=indicator.name,
        )
    return _line(indicator, lines, breaks_of(indicator, lines))


def control_chart(indicator, lines):
    """The same line with its usual range, and also breaks where recording changed."""
    if indicator.unit == Unit.RANGE:
        return over_time(indicator, lines)
    found = usual_range_of(indicator, lines)
    limits = found and Limits(
        *(_figure(indicator, each) for each in (found.centre, found.lower, found.upper))
    )
    breaks = breaks_of(indicator, lines, with_coverage=True)
    note = HOW_RECKONED if limits else NOT_RECKONED
    return _line(indicator, lines, breaks, limits=limits, note=note)


def _line(indicator, lines, breaks, **more):
    points = [
        Point(
            line.label,
            (value_printed(indicator.unit, line.cell.figure), line.cell.figure),
            name=line.period.name,
            note=line.note,
        )
        for line in lines
    ]
    return control_line(
        points,
        title=_title(indicator, lines),
        unit=AXIS.get(indicator.unit, "count"),
        breaks=breaks,
        figure_header=_header(indicator),
        empty="No figure in these quarters yet. It will be drawn here once there is one.",
        **more,
    )


def _title(indicator, lines):
    return f"{indicator.name}, the last {len(lines)} quarters"


def by_rows(indicator, breakdown, cells, urls):
    """The rows of a breakdown as bars, in the breakdown's order: never a ranking."""
    title = f"{indicator.name} by {breakdown.label.lower()}"
    empty = f"Nothing in this period to break down by {breakdown.label.lower()}."
    if indicator.unit == Unit.RANGE:
        return range_bars(
            [
                _range(cell.label, cell.figure, "", url)
                for cell, url in zip(cells, urls, strict=True)
            ],
            title=title,
            row_header=breakdown.label,
            range_header=indicator.name,
            empty=empty,
        )
    return bars(
        [
            Part(
                cell.label,
                (value_printed(indicator.unit, cell.figure), cell.figure),
                url=url,
                note=", ".join(filter(None, (cell.made_of, cell.beside))),
            )
            for cell, url in zip(cells, urls, strict=True)
        ],
        title=title,
        row_header=breakdown.label,
        figure_header=_header(indicator),
        empty=empty,
    )


def _header(indicator):
    return "Figure" if indicator.unit == Unit.COUNT else f"Figure ({indicator.unit})"


def _figure(indicator, value):
    """A limit and its text, in the unit of the figure."""
    if indicator.unit == Unit.PERCENT:
        return value, f"{value:.0f}%"
    if indicator.unit == Unit.HOURS:
        return value, f"{value / 60:,.0f} h"
    return value, f"{value:,.1f}"


def _range(label, text, note, url=""):
    """A printed range as a drawn one: "35 to 60 or more (grade B)"."""
    grade = found[1] if (found := re.search(r"\(grade ([A-D])\)", text)) else ""
    words = text.partition(" (")[0]
    ends = [float(each.replace(",", "")) for each in re.findall(NUMBER, text)]
    if not ends:
        return Range(label, None, None, words or NOTHING, grade, url, note)
    high = None if "or more" in text else ends[-1]
    return Range(label, ends[0], high, words, grade, url, note)
