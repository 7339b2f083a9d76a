"""Class R as decided for its amounts (D17)."""

from collections.abc import Sequence

from eitrack.indicators.disclosure.decided import Decided
from eitrack.indicators.disclosure.quantities import has_rows, is_amount
from eitrack.indicators.disclosure.rows import row_key
from eitrack.indicators.disclosure.rules import LEAST_WORKERS
from eitrack.indicators.terms.figures import (
    ALL_ROWS,
    ExactFigures,
    Parts,
    Row,
    ShownCell,
    ShownIndicator,
)
from eitrack.indicators.terms.indicator import Indicator
from eitrack.indicators.terms.words import exact_cell, figure_text


def shown_resource(
    indicator: Indicator,
    total: Parts,
    rows: Sequence[tuple[Row, Parts]],
    figures: ExactFigures,
    decided: Decided,
) -> ShownIndicator:
    """A figure of class R and its rows; `c` if its amounts are not printed.

    A figure that now rests on fewer than five workers is hidden whatever was decided. Rows of
    protocol work, except teams, are printed for years only (D17.6).
    """
    by = figures.by.code if figures.by else ""
    if is_amount(indicator.code) and by and not has_rows(indicator.code, by, figures.period):
        rows = []
    return ShownIndicator(
        indicator,
        _total(indicator, total, decided),
        tuple(
            ShownCell(row.label, _text(indicator, parts, decided, by, row_key(row)))
            for row, parts in rows
        ),
    )


def _total(indicator: Indicator, parts: Parts, decided: Decided) -> ShownCell:
    cell = exact_cell(indicator, ALL_ROWS, parts)
    text = _text(indicator, parts, decided)
    return cell if text == cell.figure else ShownCell(ALL_ROWS, text)


def _text(indicator: Indicator, parts: Parts, decided: Decided, by: str = "", row: str = "") -> str:
    if not is_amount(indicator.code):
        return figure_text(indicator.unit, parts)
    if decided.is_made and not parts.numerator and not parts.denominator:
        return figure_text(indicator.unit, parts)
    if 0 < parts.workers < LEAST_WORKERS or not decided.prints(indicator.code, by, row):
        return decided.instead
    return figure_text(indicator.unit, parts)


def in_whole_hours(waterline: tuple[float, float]) -> tuple[int, int]:
    """Minutes on cases and others, rounded to the printed hours."""
    on_cases, others = waterline
    whole, on_cases = (60 * round(minutes / 60) for minutes in (on_cases + others, on_cases))
    return on_cases, whole - on_cases
