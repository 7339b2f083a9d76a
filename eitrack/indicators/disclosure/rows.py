"""Rows too small to stand alone: posts with few workers, sites with few visits."""

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Any

from eitrack.indicators.disclosure.relations import OTHER
from eitrack.indicators.disclosure.rules import LEAST_ACTIVITIES, LEAST_ATTENDANCES, LEAST_WORKERS
from eitrack.indicators.terms.figures import ExactFigures, Parts, Row

OTHER_ROWS = {"post": "Other roles", "site": "Other sites", "agency": "Other agencies"}
# Summed when rows are merged; a merged row has no other parts.
ADDED = ("numerator", "denominator", "known", "asked", "estimated")
# Attendances, and activities with children or parents: how busy a site or an agency is (D11).
BUSY = ("RCH-01", "PTN-04")


def merged(
    figures: ExactFigures, as_before: Container[str] | None = None
) -> tuple[ExactFigures, frozenset[object]]:
    """The figures with small rows merged, and the keys of rows to hide whatever they hold.

    `as_before` are the row keys of the released table that a revision repeats: then those rows
    stand alone and all others are merged, so that the two tables can be laid side by side.

    A post held by fewer than five workers joins "Other roles"; are they fewer than five together,
    there is no breakdown by post at all (D10). A site with fewer than 30 attendances and fewer
    than 10 activities with children or parents joins "Other sites", and so do the activities that
    carry no site; a single site there is hidden (D11). Agencies are treated as sites are.

    A session that two merged posts share counts once for each, as in their own rows.
    """
    code = figures.by.code if figures.by else ""
    if code in OTHER_ROWS and as_before is not None:
        small = [row for row in figures.rows if row_key(row) not in as_before]
        return _merge(figures, small, OTHER_ROWS[code]), frozenset()
    if code == "post":
        return _merged_posts(figures)
    if code in OTHER_ROWS:
        small = [row for row in figures.rows if row.key is None or not _is_busy(figures, row)]
        found = _merge(figures, small, OTHER_ROWS[code])
        is_alone = len([row for row in small if row.key is not None]) == 1
        return found, frozenset({OTHER} if is_alone else ())
    return figures, frozenset()


def rows_rest_on(by: str | None) -> tuple[str, ...]:
    """Codes of the indicators that say which rows of a breakdown are merged."""
    return BUSY if by in ("site", "agency") else ()


def row_key(row: Row) -> str:
    """The name of a row in a release: of a site or agency with its kind before it."""
    return f"{row.within}/{row.key}" if row.within else str(row.key)


def _merged_posts(figures: ExactFigures) -> tuple[ExactFigures, frozenset[object]]:
    workers = figures.workers_of_rows
    small = [row for row in figures.rows if len(workers.get(row.key, ())) < LEAST_WORKERS]
    together = frozenset().union(*(workers.get(row.key, ()) for row in small))
    if 0 < len(together) < LEAST_WORKERS:
        return replace(figures, rows=(), cells={}), frozenset()
    return _merge(figures, small, OTHER_ROWS["post"], len(together)), frozenset()


def _is_busy(figures: ExactFigures, row: Row) -> bool:
    def parts(code: str) -> Parts:
        return figures.cells.get(code, {}).get(row.key, Parts(denominator=0))

    attendances, activities = map(parts, BUSY)
    return (
        attendances.numerator >= LEAST_ATTENDANCES
        or (activities.denominator or 0) >= LEAST_ACTIVITIES
    )


def _merge(
    figures: ExactFigures, small: Sequence[Row], label: str, workers: int | None = None
) -> ExactFigures:
    if not small:
        return figures
    keys = {row.key for row in small}
    cells = {}
    for code, rows in figures.cells.items():
        kept = {key: parts for key, parts in rows.items() if key not in keys}
        if gone := [parts for key, parts in rows.items() if key in keys]:
            kept[OTHER] = _added(gone, workers)
        cells[code] = kept
    others = tuple(row for row in figures.rows if row.key not in keys)
    return replace(figures, rows=(*others, Row(OTHER, label)), cells=cells)


def _added(all_parts: Sequence[Parts], workers: int | None) -> Parts:
    first = all_parts[0]
    values: dict[str, Any] = {}
    for name in ADDED:
        found = [getattr(parts, name) for parts in all_parts]
        values[name] = None if None in found else sum(found)
    if workers is None:
        workers = max(parts.workers for parts in all_parts)
    return Parts(**values, least=first.least, workers=workers)
