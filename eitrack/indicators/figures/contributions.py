"""What each worker contributed to every amount of a period that may be printed.

Hours are summed as the measures of the catalogue sum them, but by worker. A calculated figure says
itself what each worker contributed.
"""

from collections import defaultdict

from eitrack.indicators.catalogue.definitions import BY_CODE
from eitrack.indicators.disclosure.amounts import Truth
from eitrack.indicators.disclosure.quantities import (
    FIGURES,
    OF_STREAM,
    ON_PROTOCOLS,
    PROTOCOL_WORK,
    SERVICE,
    Amount,
    Figure,
    has_rows,
    name_of,
)
from eitrack.indicators.disclosure.relations import OTHER
from eitrack.indicators.disclosure.rules import LEAST_WORKERS
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.figures.evaluation import Evaluation
from eitrack.indicators.measures.measures import alias_of
from eitrack.indicators.monthly.compute import key_column
from eitrack.indicators.terms.aggregates import MonthOf
from eitrack.indicators.terms.breakdowns import BREAKDOWNS, PUBLISHED
from eitrack.indicators.terms.records import entries_of, time_entries

SUMMED = tuple(code for code in FIGURES if BY_CODE[code].records is time_entries)
CALCULATED = tuple(code for code in FIGURES if code not in (*SUMMED, "PTN-03"))
MINUTES_AN_HOUR = 60


def truths_of(scope, periods, *, today):
    """A Truth for each of these Periods, which must be made of whole months."""
    logged = _logged(scope, periods)
    found = []
    for period in periods:
        amounts = defaultdict(Amount)
        of_period = [row for row in logged if row["month"] in period.months]
        small = _few_posts(of_period)
        _add_logged(amounts, of_period, small, period)
        _add_calculated(amounts, scope, period, small, today)
        found.append(_truth(period, amounts))
    return found


def _truth(period, amounts):
    amounts = {name: amount for name, amount in amounts.items() if amount.value > 0}
    shares, printed = [], []
    for code, of in FIGURES.items():
        rows = [
            (by, row)
            for by in ("", *_published(code))
            if has_rows(code, by, period)
            for row in _rows(amounts, of, by)
        ]
        for by, row in rows:
            names = [name_of(each, period.code, by, row) for each, _ in of.parts]
            if of.denominator and by:
                shares.append(Figure(code, by, row, *names))
            else:
                printed += [name for name in names if name in amounts]
    printed += [name for name in amounts if name.by == OF_STREAM]
    return Truth(period.code, period.is_quarter, amounts, shares, list(dict.fromkeys(printed)))


def _published(code):
    return [by for by in BY_CODE[code].breakdowns if by in PUBLISHED]


def _rows(amounts, of, by):
    """Keys of the rows whose figure has something to divide, or is an amount."""
    if not by:
        return [""]
    of_what, _ = of.parts[-1]
    if of_what == ON_PROTOCOLS and by == "funding_stream":
        cells = [name.row.split("/") for name in amounts if name.by == OF_STREAM]
        return [stream for kind, stream in cells if kind == PROTOCOL_WORK]
    return [name.row for name in amounts if (name.measure, name.by) == (of_what, by)]


# --- From the log -----------------------------------------------------------------------------


def _columns():
    codes = dict.fromkeys(by for code in (*SUMMED, "PTN-03") for by in _published(code))
    return {code: BREAKDOWNS[code] for code in codes}


def _logged(scope, periods):
    """Rows of the log by month, worker and every breakdown, with the sums of the measures.

    Minutes that two indicators share (all service time) are summed for each.
    """
    columns = {f"by_{code}": key_column(breakdown) for code, breakdown in _columns().items()}
    sums = {}
    for code in SUMMED:
        for part in ("numerator", "denominator"):
            if part in BY_CODE[code].measure.aggregates:
                sums[f"{alias_of(code)}_{part}"] = BY_CODE[code].measure.aggregates[part]
    span = min(periods, key=lambda each: (each.start, -each.days))
    last = max(periods, key=lambda each: each.end)
    span = type(span)(span.start, last.end, "")
    rows = entries_of(scope, span).order_by().annotate(month=MonthOf("date"), **columns)
    return list(rows.values("month", "worker", *columns).annotate(**sums))


def _add_logged(amounts, logged, small, period):
    columns = _columns()
    # Each quantity once: hours of the service are also the hours by funding stream.
    whats = {}
    for code in SUMMED:
        of = FIGURES[code]
        for part, what in (("numerator", of.numerator), ("denominator", of.denominator)):
            if what:
                alias, by = whats.setdefault(what, (f"{alias_of(code)}_{part}", {"": None}))
                by |= dict.fromkeys(_published(code))
    # Of protocol work the kind's row and the streams' cells are the service's own.
    apart = [
        by
        for by in _published("PTN-03")
        if by != "funding_stream" and has_rows("PTN-03", by, period)
    ]
    named = {}

    def add(what, by, row, value, worker):
        if (amount := named.get((what, by, row))) is None:
            amount = named[what, by, row] = amounts[name_of(what, period.code, by, row)]
        amount.add(value, worker)

    for row in logged:
        worker = row["worker"]
        keys = {code: _key(row, code, small) for code in columns} | {"": ""}
        for what, (alias, by) in whats.items():
            if value := (row[alias] or 0) / MINUTES_AN_HOUR:
                for each in by:
                    add(what, each, keys[each], value, worker)
        if value := (row[whats[SERVICE][0]] or 0) / MINUTES_AN_HOUR:
            if not period.is_quarter:
                add(SERVICE, OF_STREAM, f"{keys['kind']}/{keys['funding_stream']}", value, worker)
            if keys["kind"] == PROTOCOL_WORK:
                for each in apart:
                    add(ON_PROTOCOLS, each, keys[each], value, worker)


def _key(row, code, small):
    key = str(row[f"by_{code}"])
    return OTHER if code == "post" and key in small else key


def _few_posts(logged):
    """Posts with fewer than five workers, which are merged into one row (D10)."""
    workers = defaultdict(set)
    for row in logged:
        workers[str(row["by_post"])].add(row["worker"])
    return {post for post, there in workers.items() if len(there) < LEAST_WORKERS}


# --- From the calculations --------------------------------------------------------------------


def _add_calculated(amounts, scope, period, small, today):
    read = Evaluation(scope, period, None, today)
    for by in ("team", "post"):
        wanted = tuple(BY_CODE[code] for code in CALCULATED if by in BY_CODE[code].breakdowns)
        figures = evaluate(scope, period, by, today=today, indicators=wanted, within=read)
        for each in wanted:
            if by == "team":
                _add_parts(amounts, each, period, "", "", figures.totals[each.code])
            for key, parts in figures.cells[each.code].items():
                row = OTHER if by == "post" and str(key) in small else str(key)
                _add_parts(amounts, each, period, by, row, parts)
    read.store()


def _add_parts(amounts, indicator, period, by, row, parts):
    per = MINUTES_AN_HOUR if indicator.shows_hours else 1
    for n, (what, _) in enumerate(FIGURES[indicator.code].parts):
        amount = amounts[name_of(what, period.code, by, row)]
        amount.value += (parts.numerator, parts.denominator or 0)[n] / per
        for worker, given in parts.by_worker.items():
            if given[n]:
                amount.by_worker[worker] = amount.by_worker.get(worker, 0) + given[n] / per
