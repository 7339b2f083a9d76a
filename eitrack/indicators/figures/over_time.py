"""Consecutive periods as printed: where they break, and their usual range."""

import re
from dataclasses import dataclass

from eitrack.charts.lines import Break
from eitrack.charts.values import NOTHING
from eitrack.common.periods import Period
from eitrack.common.words import day_and_year
from eitrack.directory.choices import ChangeoverKind
from eitrack.directory.models import Changeover
from eitrack.indicators.figures.limits import QUARTERS, usual_range
from eitrack.indicators.terms.figures import Coverage, ShownCell
from eitrack.indicators.terms.indicator import Unit
from eitrack.indicators.terms.scope import ScopeKind
from eitrack.indicators.terms.words import AT_LEAST

NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?"
LEAST_COVERAGE = 0.5  # With less, a figure says more about recording than about work.
COVERAGE_BREAK = 0.10  # Periods whose coverage differs by more do not compare.


@dataclass(frozen=True)
class PeriodFigure:
    """What is printed of one period, and how well it was recorded."""

    period: object
    cell: ShownCell
    coverage: Coverage
    is_provisional: bool = False
    changeovers: tuple = ()

    @classmethod
    def of(cls, figures, cell, changeovers=()):
        """The figure of a period; none if nobody recorded anything: missing is not zero (C20).

        Of `changeovers` of the scope it keeps those on a day of the period.
        """
        if not figures.coverage.recorded and value_printed(Unit.COUNT, cell.figure) == 0:
            cell = ShownCell(cell.label, NOTHING)
        period = figures.period
        within = tuple(one for one in changeovers if period.start <= one.from_on <= period.end)
        return cls(period, cell, figures.coverage, figures.is_provisional, within)

    @property
    def is_telling(self):
        """Whether it counts for the usual range: the quarter has ended and is at least half
        recorded.
        """
        covered = self.coverage
        is_recorded = covered.recorded >= LEAST_COVERAGE * covered.expected
        return is_recorded and not self.is_provisional

    @property
    def label(self):
        return f"Q{self.period.code[-1]} {self.period.code[2:4]}"

    @property
    def note(self):
        return "so far" if self.is_provisional else ""


def value_printed(unit, text):
    """The number in a printed figure, in minutes if it is hours; None if there is none."""
    found = re.match(NUMBER, text.removeprefix(AT_LEAST))
    if found is None or unit == Unit.RANGE:
        return None
    value = float(found[0].replace(",", ""))
    return value * 60 if unit == Unit.HOURS else value


def breaks_of(indicator, lines, *, with_coverage=False):
    """The quarters from which on figures do not compare with earlier ones."""
    breaks = []
    for index, line in enumerate(lines):
        for change in indicator.changes:
            if index and line.period.start <= change.from_on <= line.period.end:
                reason = f"definition version {change.version}: {change.what}"
                breaks.append(Break(index, reason))
        breaks += [mark_of(index, one) for one in line.changeovers if index]
        if with_coverage and index and is_uneven(lines[index - 1].coverage, line.coverage):
            earlier, later = lines[index - 1].coverage.text, line.coverage.text
            breaks.append(Break(index, f"recording coverage {later} after {earlier}"))
    return breaks


def mark_of(index, changeover):
    """Where a team or stream is another than before; a new name leaves its figures as they are."""
    reason = f"{changeover}, since {day_and_year(changeover.from_on)}"
    return Break(index, reason, goes_on=changeover.kind == ChangeoverKind.RENAMED)


def changeovers_of(scope):
    """The days on which the team or funding stream of this scope became another, oldest first."""
    field = {ScopeKind.TEAM: "team", ScopeKind.FUNDING_STREAM: "funding_stream"}.get(scope.kind)
    if field is None:
        return ()
    return tuple(Changeover.objects.filter(**{field: scope.pk}).select_related("other"))


def is_uneven(first, second):
    """Whether recording coverage differs so much that the figures do not compare."""
    if not first.expected or not second.expected:
        return False
    shares = [each.recorded / each.expected for each in (first, second)]
    return abs(shares[0] - shares[1]) > COVERAGE_BREAK


def usual_range_of(indicator, lines):
    """The usual range of the printed figures since the definition, or the team, last changed.

    Open or hardly recorded quarters are left out, as they would pull the limits down.
    """
    marks = breaks_of(indicator, lines)
    first = max((each.index for each in marks if not each.goes_on), default=0)
    values = [
        value_printed(indicator.unit, line.cell.figure) if line.is_telling else None
        for line in lines[first:]
    ]
    return usual_range(values, most=100 if indicator.unit == Unit.PERCENT else None)


def quarters_until(period, today):
    """The twelve quarters up to the end of this period, in order; the last may be the open one."""
    last = min(Period.quarter_of(period.end), Period.quarter_of(today))
    return last.with_previous(QUARTERS)[::-1]
