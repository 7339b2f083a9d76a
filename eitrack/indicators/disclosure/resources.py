"""Class R: exempt, but for what rests on the work of fewer than five workers (D10)."""

from eitrack.indicators.disclosure.rules import LEAST_WORKERS
from eitrack.indicators.disclosure.symbols import CONFIDENTIAL
from eitrack.indicators.figure_words import exact_cell, figure_text
from eitrack.indicators.figures import ALL_ROWS, ShownCell, ShownIndicator
from eitrack.indicators.indicator import Theme, Unit


def shown_resource(indicator, total, rows):
    """A figure of class R and its rows: `c` where they rest on fewer than five workers.

    The load of fewer than five is their own in the whole service too. Hours add up to a total
    that is printed, so the smallest rows are hidden with them until those that are hidden rest on
    five workers, and one alone could not be told by subtraction.
    """
    return ShownIndicator(indicator, _total(indicator, total), _rows(indicator, rows))


def _total(indicator, parts):
    if indicator.theme == Theme.LOAD and _is_of_few(parts):
        return ShownCell(ALL_ROWS, CONFIDENTIAL)
    return exact_cell(indicator, ALL_ROWS, parts)


def _rows(indicator, rows):
    hidden = [(row, parts) for row, parts in rows if _is_of_few(parts)]
    keys = {row.key for row, _ in hidden}
    if indicator.unit == Unit.HOURS and hidden:
        workers = sum(parts.workers for _, parts in hidden)
        visible = [(row, parts) for row, parts in rows if parts.numerator and row.key not in keys]
        for row, parts in sorted(visible, key=lambda each: each[1].numerator):
            if len(keys) > 1 and workers >= LEAST_WORKERS:
                break
            keys.add(row.key)
            workers += parts.workers
    return tuple(
        ShownCell(
            row.label,
            CONFIDENTIAL if row.key in keys else figure_text(indicator.unit, parts),
        )
        for row, parts in rows
    )


def _is_of_few(parts):
    return 0 < parts.workers < LEAST_WORKERS
