"""Two periods, or two teams, side by side: what differs, and whether by more than usual."""

from dataclasses import dataclass
from itertools import groupby

from eitrack.directory.choices import ChangeoverKind
from eitrack.indicators.catalogue.definitions import INDICATORS
from eitrack.indicators.figures.drawings import control_chart
from eitrack.indicators.figures.limits import is_usual
from eitrack.indicators.figures.over_time import (
    PeriodFigure,
    quarters_until,
    usual_range_of,
    value_printed,
)
from eitrack.indicators.measures.measures import Measure
from eitrack.indicators.terms.figures import ADDS_UP, ShownCell
from eitrack.indicators.terms.indicator import Unit
from eitrack.indicators.terms.words import shown

COLLECTED = tuple(each for each in INDICATORS if each.measure)
SUMMED = tuple(each for each in COLLECTED if isinstance(each.measure, Measure))
NO_RANGE = "no usual range yet"


@dataclass
class Side:
    """One of two sides: a scope and period, its figures and its last twelve quarters."""

    name: str
    figures: object
    lines: dict
    changeovers: tuple = ()

    @classmethod
    def of(cls, over_time, name, period, lines, changeovers=()):
        return cls(name, over_time.of(period, indicators=COLLECTED), lines, changeovers)

    @property
    def coverage(self):
        return self.figures.coverage


@dataclass(frozen=True)
class Comparison:
    """A line of the page: two figures, their difference, and what that means."""

    indicator: object
    first: ShownCell
    second: ShownCell
    difference: str
    verdict: str


def lines_of(over_time, period, chosen, today, changeovers=()):
    """{code: twelve quarters as printed} for figures that are sums, and for the chosen indicator.

    Other figures have to be computed for each quarter, so they are drawn only when chosen.
    """
    indicators = tuple(dict.fromkeys((*SUMMED, chosen)))
    found = {each.code: [] for each in indicators}
    for quarter in quarters_until(period, today):
        figures = over_time.of(quarter, indicators=indicators)
        for each in shown(figures):
            found[each.indicator.code].append(PeriodFigure.of(figures, each.total, changeovers))
    return found


def comparisons(first, second):
    """[(theme, [Comparison])] in the catalogue's order."""
    pairs = zip(shown(first.figures), shown(second.figures), strict=True)
    lines = [
        Comparison(
            one.indicator,
            one.total,
            other.total,
            difference(one.indicator, one.total, other.total),
            verdict(one.indicator, first, second, one.total, other.total),
        )
        for one, other in pairs
    ]
    return [
        (theme, list(group))
        for theme, group in groupby(lines, key=lambda line: line.indicator.theme)
    ]


def difference(indicator, first, second):
    """The first minus the second, as printed; ranges of people have no difference."""
    values = [value_printed(indicator.unit, each.figure) for each in (first, second)]
    if None in values:
        return ""
    apart = values[0] - values[1]
    if indicator.unit == Unit.HOURS:
        apart /= 60
    if not round(apart, 2):
        return "the same"
    sign = "+" if apart > 0 else "−"
    number = f"{abs(apart):,.2f}".rstrip("0").rstrip(".")
    if indicator.unit in (Unit.PERCENT, Unit.POINTS):
        return f"{sign}{number} point{'' if number == '1' else 's'}"
    return f"{sign}{number}{' h' if indicator.unit == Unit.HOURS else ''}"


def verdict(indicator, first, second, one, other):
    """What the difference means, in words; it never says that it is good or bad."""
    if change := definition_change(indicator, first.figures.period, second.figures.period):
        return f"do not compare: definition version {change.version} from {change.from_on:%B %Y}"
    periods = first.figures.period, second.figures.period
    if changeover := changeover_between(first, second):
        return f"do not compare: {changeover}, since {changeover.from_on:%B %Y}"
    if not all(period.is_quarter for period in periods) or indicator.unit == Unit.RANGE:
        return ""
    is_running = first.figures.is_provisional or second.figures.is_provisional
    if is_running and indicator.unit in ADDS_UP:
        return "the quarter has not ended"
    if not first.lines.get(indicator.code):
        return ""
    ranges = [
        usual_range_of(indicator, side.lines[indicator.code]) for side in unlike(first, second)
    ]
    values = [value_printed(indicator.unit, each.figure) for each in (one, other)]
    found = is_usual(*values, ranges)
    if found is None:
        return NO_RANGE if None not in values else ""
    return "within its usual range" if found else "outside its usual range"


def unlike(first, second):
    """The sides with a line of their own: two periods of one scope share one."""
    return [first] if first.lines is second.lines else [first, second]


def definition_change(indicator, period, other):
    """The newest change of the definition between two periods."""
    earlier, later = sorted((period, other))
    between = [
        change for change in indicator.changes if earlier.start < change.from_on <= later.end
    ]
    return between[-1] if between and earlier != later else None


def changeover_between(first, second):
    """The newest day between two periods on which a team parted or merged."""
    earlier, later = sorted((first.figures.period, second.figures.period))
    between = [
        one
        for one in first.changeovers
        if one.kind != ChangeoverKind.RENAMED and earlier.start < one.from_on <= later.end
    ]
    is_of_one_scope = first.lines is second.lines
    return between[-1] if between and is_of_one_scope and earlier != later else None


def charts(chosen, first, second):
    """The control chart of the chosen indicator, for each side with a line of its own."""
    return [
        (side.name if first.lines is not second.lines else "", control_chart(chosen, lines))
        for side in unlike(first, second)
        if (lines := side.lines[chosen.code])
    ]
