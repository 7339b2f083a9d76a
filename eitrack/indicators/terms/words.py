"""Exact figures in words, for the pages of users to whom `figures_for` gave them."""

from collections.abc import Callable
from dataclasses import replace

from eitrack.indicators.terms.figures import (
    ALL_ROWS,
    Coverage,
    Figures,
    Parts,
    PublishedFigures,
    ShownCell,
    ShownIndicator,
)
from eitrack.indicators.terms.indicator import Indicator, Unit

NOTHING = "–"
NOT_COLLECTED = "not yet collected"
AT_LEAST = "at least "
# Figures added up from the log: if it has gaps, there was at least this much (C20).
FROM_THE_LOG = (Unit.COUNT, Unit.HOURS)
SOME_ESTIMATES = 0.2
MOSTLY_ESTIMATES = 0.5


def figure_text(unit: Unit, parts: Parts) -> str:
    """The figure in words: "56%", "2.9", "1,234" or "1,230 e"; "–" for a share of nothing."""
    if parts.value is None:
        return NOTHING
    if unit == Unit.COUNT:
        return counted(parts)
    return people(parts) if unit == Unit.RANGE else IN_WORDS[unit](parts.value)


def counted(parts: Parts) -> str:
    value = parts.value or 0
    # A figure that is mostly estimated is not shown as if it had been counted (C7).
    number = round(value, -1) if parts.estimated_share >= MOSTLY_ESTIMATES else value
    return f"{number:,.0f}{estimate_mark(parts)}"


def estimate_mark(parts: Parts) -> str:
    return " e" if parts.estimated_share >= SOME_ESTIMATES else ""


def people(parts: Parts) -> str:
    """ "between 14 and 17, grade A": always a range, never one number (C8 to C10)."""
    if parts.grade == "D":
        return "not known (grade D)"
    low, high = parts.low or 0, f"{parts.numerator:,.0f}"
    if parts.is_open_ended:
        words = f"{low:,.0f} to {high} or more"
    elif low == parts.numerator:
        words = high
    else:
        words = f"{low:,.0f} to {high}"
    return f"{words}{estimate_mark(parts)} (grade {parts.grade})" if parts.grade else words


IN_WORDS: dict[Unit, Callable[[float], str]] = {
    Unit.PERCENT: lambda value: f"{100 * value:.0f}%",
    Unit.RATIO: lambda value: f"{value:.1f}",
    Unit.HOURS: lambda value: f"{value / 60:,.0f} h",
    Unit.WORKING_HOURS: lambda value: f"{value:,.1f} h",
    Unit.DAYS: lambda value: f"{value:,.1f} working days",
    Unit.CALENDAR_DAYS: lambda value: f"{value:,.0f} days",
    Unit.SPREAD: lambda value: f"{value:.2f}",
    Unit.POINTS: lambda value: f"{100 * value:.0f} points",
}


def amount_text(indicator: Indicator, amount: float | None) -> str:
    """A numerator or denominator in words: hours where the indicator counts time."""
    if amount is None:
        return ""
    if indicator.shows_hours:
        return f"{amount / 60:,.0f} h"
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.1f}"


def known_text(parts: Parts) -> str:
    return "" if parts.known_share is None else f"{100 * parts.known_share:.0f}%"


def beside_text(
    indicator: Indicator, parts: Parts, write: Callable[[Unit, Parts], str] = figure_text
) -> str:
    """The second figure with its name, and a third one beside that; "" if there is none."""
    texts, beside, its_parts = [], indicator.beside, parts.beside
    while beside is not None and its_parts is not None:
        texts.append(f"{beside.name} {write(beside.unit, its_parts)}")
        beside, its_parts = beside.beside, its_parts.beside
    return ", ".join(texts)


def exact_cell(indicator: Indicator, label: str, parts: Parts) -> ShownCell:
    """A line of a table of exact figures."""
    if indicator.measure is None:
        return ShownCell(label, NOT_COLLECTED)
    figure = figure_text(indicator.unit, parts)
    beside = beside_text(indicator, parts)
    if parts.across is not None:
        on = f"{parts.across:,}"
        made_of = f"{indicator.denominator}: {on}"
        return ShownCell(label, figure, figure, on, known_text(parts), made_of, beside)
    if parts.denominator is None:
        # The figure itself is the numerator.
        return ShownCell(label, figure, known=known_text(parts), beside=beside)
    numerator = amount_text(indicator, parts.numerator)
    denominator = amount_text(indicator, parts.denominator)
    between = "to" if indicator.unit == Unit.RATIO else "of"
    return ShownCell(
        label,
        figure,
        numerator,
        denominator,
        known_text(parts),
        f"{numerator} {between} {denominator}",
        beside,
    )


def shown(figures: Figures) -> tuple[ShownIndicator, ...]:
    """Figures as text, a `ShownIndicator` for each, exact or published."""
    if isinstance(figures, PublishedFigures):
        return figures.shown
    return tuple(
        ShownIndicator(
            indicator,
            _said(indicator, exact_cell(indicator, ALL_ROWS, total), figures.coverage),
            tuple(
                _said(indicator, exact_cell(indicator, row.label, parts), figures.coverage_of(row))
                for row, parts in figures.rows_of(indicator)
            ),
        )
        for indicator in figures.indicators
        for total in [figures.totals[indicator.code]]
    )


def _said(indicator: Indicator, cell: ShownCell, coverage: Coverage) -> ShownCell:
    """ "at least 14" if too little of the time worked is in the log (C20)."""
    if indicator.unit in FROM_THE_LOG and coverage.is_low and cell.figure != NOTHING:
        return replace(cell, figure=f"{AT_LEAST}{cell.figure}")
    return cell
