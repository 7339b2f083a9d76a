"""The lines of the summary page: each figure with earlier ones and notes."""

from dataclasses import dataclass
from itertools import groupby

from eitrack.indicators.catalogue.definitions import HEADLINE
from eitrack.indicators.disclosure import NOT_APPLICABLE
from eitrack.indicators.figures.compare import definition_change
from eitrack.indicators.figures.over_time import PeriodFigure, is_uneven
from eitrack.indicators.terms.figures import ADDS_UP, ShownCell


@dataclass(frozen=True)
class Earlier:
    """A printed figure of an earlier period; `note` is why it cannot be compared."""

    name: str
    figure: str
    note: str = ""


@dataclass(frozen=True)
class SummaryLine:
    indicator: object
    total: ShownCell
    earlier: tuple


@dataclass(frozen=True)
class Group:
    """A group of the catalogue: its lines, and rows with a cell for each of `broken_down`."""

    theme: str
    lines: tuple
    broken_down: tuple
    rows: tuple


def groups(reading):
    """The catalogue's groups in order; small differences are not presented as change."""
    before = [_by_code(each) for each in reading.shown_earlier]
    found = []
    for theme, group in groupby(reading.shown, key=lambda each: each.indicator.theme):
        members = list(group)
        lines = tuple(
            SummaryLine(each.indicator, each.total, _earlier(each, before, reading))
            for each in members
        )
        found.append(Group(theme, lines, *broken_down(members)))
    return found


def broken_down(shown):
    """(indicators with rows, [(label of a row, its cell for each)])."""
    with_rows = tuple(each for each in shown if each.rows)
    labels = with_rows[0].rows if with_rows else ()
    rows = tuple(
        (row.label, tuple((each.indicator.name, each.rows[number]) for each in with_rows))
        for number, row in enumerate(labels)
    )
    return tuple(each.indicator for each in with_rows), rows


def _earlier(shown, before, reading):
    return tuple(
        _told(shown.indicator, found.get(shown.indicator.code), figures, reading.figures)
        for found, figures in zip(before, reading.earlier, strict=True)
    )


def _told(indicator, found, figures, now):
    period = figures.period
    if indicator.measure is None:
        return Earlier(period.name, "")
    if found is None:
        return Earlier(period.name, NOT_APPLICABLE)
    figure = PeriodFigure.of(figures, found.total).cell.figure
    if change := definition_change(indicator, now.period, period):
        note = f"do not compare: definition version {change.version} from {change.from_on:%B %Y}"
        return Earlier(period.name, figure, note)
    if now.is_provisional and indicator.unit in ADDS_UP:
        return Earlier(period.name, figure, "a whole period; this one has not ended")
    return Earlier(period.name, figure)


def unlike_recorded(reading):
    """Earlier periods whose recording coverage differs too much to compare."""
    now = reading.figures.coverage
    return [
        f"{figures.period.name}: {figures.coverage.text} of the expected days"
        for figures in reading.earlier
        if is_uneven(now, figures.coverage)
    ]


def headline(reading):
    """The old measure beside the new; for a published team, those in its row."""
    by_code = _by_code(reading.shown)
    return [by_code[each.code] for each in HEADLINE if each.code in by_code]


def _by_code(shown):
    return {each.indicator.code: each for each in shown}
