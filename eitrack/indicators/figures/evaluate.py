"""From records to exact figures: one read of stored sums, one query for missing ones."""

from itertools import groupby

from eitrack.indicators.catalogue.definitions import INDICATORS
from eitrack.indicators.figures.evaluation import Evaluation
from eitrack.indicators.measures.calculated.log import LOG
from eitrack.indicators.measures.calculated.negotiation import negotiation, negotiation_sums
from eitrack.indicators.measures.calculated.recording import coverage
from eitrack.indicators.measures.measures import Calculated, Measure, rows_summed, summed_by
from eitrack.indicators.measures.sum_sets import SumSet
from eitrack.indicators.terms.breakdowns import BREAKDOWNS
from eitrack.indicators.terms.figures import ExactFigures, Parts
from eitrack.indicators.terms.records import time_entries
from eitrack.indicators.terms.scope import ScopeKind


def evaluate(scope, period, by=None, *, today, indicators=INDICATORS, within=None):
    """Exact figures of a scope and period, broken down by the code of a Breakdown.

    The number of queries depends on the kinds of record, not on the number of indicators, rows or
    activities. `within` is an Evaluation of several periods.
    """
    evaluation = Evaluation(scope, period, BREAKDOWNS[by] if by else None, today, within)
    return evaluate_in(evaluation, indicators)


def evaluate_in(evaluation, indicators, covered=coverage):
    """As `evaluate`, for a caller that reads more through the same `evaluation`."""
    totals, cells = {each.code: Parts(denominator=0) for each in indicators}, {}
    collected = [indicator for indicator in indicators if indicator.measure]
    in_order = sorted(collected, key=lambda indicator: indicator.records.__name__)
    groups = [
        (records, list(on_them))
        for records, on_them in groupby(in_order, key=lambda indicator: indicator.records)
    ]
    _preload(evaluation, groups)
    for records, on_them in groups:
        if isinstance(on_them[0].measure, Calculated):
            found_totals, found_cells = _calculated(records, on_them, evaluation)
        else:
            found_totals, found_cells = _summed(records, on_them, evaluation)
        totals |= found_totals
        cells |= found_cells
    recording = evaluation.load(covered)
    workers_of_rows = _workers_of(evaluation)
    if evaluation.whole is evaluation:
        evaluation.store()
    return ExactFigures(
        scope=evaluation.scope,
        period=evaluation.period,
        by=evaluation.breakdown,
        indicators=tuple(indicators),
        rows=_rows(evaluation.breakdown, evaluation.scope, cells),
        totals=totals,
        cells=cells,
        coverage=recording,
        is_provisional=evaluation.period.is_open(evaluation.today),
        workers_of_rows=workers_of_rows,
    )


def _workers_of(evaluation):
    """{row key: workers} if figures are broken down by post."""
    if evaluation.breakdown is None or evaluation.breakdown.code != "post":
        return {}
    on_time = [each for each in INDICATORS if each.records is time_entries]
    measured = summed_by(on_time, evaluation.breakdown)
    rows = evaluation.sums(SumSet(time_entries, measured, evaluation.breakdown))
    return {key: frozenset(sums.get("workers", ())) for key, sums in rows.items()}


def _summed(records, indicators, evaluation):
    """Figures from sums. Indicators on the same records are summed together: all that there are,
    where the sums will be stored.
    """
    is_stored = evaluation.period.months is not None
    measured = _all_on(records, indicators) if is_stored else tuple(indicators)
    broken_down = _broken_down(indicators, evaluation.breakdown)
    sums = evaluation.sums(SumSet(records, measured)).get(None, {})
    totals = {each.code: each.measure.parts(each.code, sums) for each in indicators}
    cells = _rows_of_sums(records, broken_down, measured, evaluation) if broken_down else {}
    for each in indicators:
        if add := each.measure.add_beside:
            totals[each.code], rows = add(totals[each.code], cells.get(each.code, {}), evaluation)
            cells |= {each.code: rows} if each.code in cells else {}
    return totals, cells


def _preload(evaluation, groups):
    """Preload the stored sums that these indicators need; compute missing months in one query.

    Not preloaded are rows that share records (`is_split`), the log of scopes other than a
    district, and contacts and sessions, which are few.
    """
    sum_sets, breakdown = [], evaluation.breakdown
    for records, on_them in groups:
        if records is negotiation:
            sum_sets += negotiation_sums(breakdown)
        elif isinstance(on_them[0].measure, Measure):
            measured = _all_on(records, on_them)
            sum_sets.append(SumSet(records, measured))
            if breakdown and not breakdown.is_split and _broken_down(on_them, breakdown):
                sum_sets.append(SumSet(records, summed_by(measured, breakdown), breakdown))
    if evaluation.scope.kind == ScopeKind.DISTRICT:
        # The log is always that of the whole district, so it is the scope's own here.
        sum_sets.append(LOG)
    evaluation.preload(sum_sets)


def _rows_of_sums(records, broken_down, measured, evaluation):
    breakdown = evaluation.breakdown
    rows = evaluation.sums(SumSet(records, summed_by(measured, breakdown), breakdown))
    return {
        each.code: rows_summed(each.code, each.measure, breakdown, rows) for each in broken_down
    }


def _broken_down(indicators, breakdown):
    return [each for each in indicators if breakdown and breakdown.code in each.breakdowns]


def _all_on(records, indicators):
    of_catalogue = tuple(each for each in INDICATORS if each.records is records)
    return of_catalogue if set(indicators) <= set(of_catalogue) else tuple(indicators)


def _calculated(loader, indicators, evaluation):
    totals, cells = {}, {}
    records = evaluation.load(loader)
    breakdown = evaluation.breakdown
    for each in indicators:
        totals[each.code], rows = each.measure.calculate(records, evaluation)
        if breakdown and breakdown.code in each.breakdowns:
            cells[each.code] = rows
    return totals, cells


def _rows(breakdown, scope, cells):
    """The rows of the breakdown in display order, without empty ones."""
    if breakdown is None:
        return ()
    used = {key for by_row in cells.values() for key, parts in by_row.items() if not parts.is_empty}
    return tuple(
        row for row in breakdown.rows(scope) if row.key in used or breakdown.code == "team"
    )
