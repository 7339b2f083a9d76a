"""From records to exact figures: one pass over each kind of record."""

from dataclasses import replace
from itertools import groupby

from django.db.models import Count, F

from eitrack.indicators.breakdowns import BREAKDOWNS
from eitrack.indicators.coverage import coverage
from eitrack.indicators.definitions import INDICATORS
from eitrack.indicators.figures import ExactFigures, Parts
from eitrack.indicators.measures import Snapshot


def evaluate(scope, period, by=None, *, today, indicators=INDICATORS):
    """Exact figures of a scope and period, broken down by a Breakdown's code.

    The number of queries depends on the kinds of record, not on the number of indicators, rows or
    activities.
    """
    breakdown = BREAKDOWNS[by] if by else None
    totals, cells = {}, {}
    in_order = sorted(indicators, key=lambda indicator: indicator.records.__name__)
    for records, together in groupby(in_order, key=lambda indicator: indicator.records):
        together = list(together)
        if isinstance(together[0].measure, Snapshot):
            # Of a period that has not ended the last day is today: nobody knows later ones.
            until_now = replace(period, end=min(period.end, today))
            found_totals, found_cells = _snapshot(records, together, scope, until_now, breakdown)
        else:
            found_totals, found_cells = _aggregate(records, together, scope, period, breakdown)
        totals |= found_totals
        cells |= found_cells
    return ExactFigures(
        scope=scope,
        period=period,
        by=breakdown,
        indicators=tuple(indicators),
        rows=_rows(breakdown, scope, cells),
        totals=totals,
        cells=cells,
        coverage=coverage(scope, period, today),
        is_provisional=period.is_open(today),
    )


def _aggregate(records, indicators, scope, period, breakdown):
    """One query for the totals, one for the breakdown."""
    row = records(scope, period).aggregate(**_annotations(indicators))
    totals = {each.code: each.measure.parts(each.code, row, row["workers"]) for each in indicators}
    broken_down = [each for each in indicators if breakdown and breakdown.code in each.breakdowns]
    if not broken_down:
        return totals, {}
    rows = (
        records(scope, period, breakdown)
        .annotate(row_key=_expression(breakdown))
        .order_by()
        .values("row_key")
        .annotate(**_annotations(broken_down))
    )
    cells = {each.code: {} for each in broken_down}
    for row in rows:
        for each in broken_down:
            cells[each.code][row["row_key"]] = each.measure.parts(each.code, row, row["workers"])
    return totals, cells


def _snapshot(records, indicators, scope, period, breakdown):
    totals, cells = {}, {}
    found = records(scope, period, breakdown)
    for each in indicators:
        totals[each.code], rows = each.measure.calculate(found, scope, breakdown)
        if breakdown and breakdown.code in each.breakdowns:
            cells[each.code] = rows
    return totals, cells


def _annotations(indicators):
    together = {"workers": Count("worker", distinct=True)}
    for each in indicators:
        together |= each.measure.annotations(each.code)
    return together


def _expression(breakdown):
    key = breakdown.expression
    return F(key) if isinstance(key, str) else key


def _rows(breakdown, scope, cells):
    """The breakdown's rows in display order, without those that hold nothing at all."""
    if breakdown is None:
        return ()
    used = {key for by_row in cells.values() for key, parts in by_row.items() if parts != Parts()}
    return tuple(
        row for row in breakdown.rows(scope) if row.key in used or breakdown.code == "team"
    )
