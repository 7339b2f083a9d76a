"""Sums worked out from the records: one query for all that is wanted of them."""

from collections import defaultdict
from copy import copy
from datetime import date
from functools import lru_cache
from hashlib import sha256

from django.db import connection
from django.db.models import Case, F, Value, When

from eitrack.common.periods import Period
from eitrack.indicators.measures.bundles import add
from eitrack.indicators.measures.measures import together
from eitrack.indicators.terms.aggregates import EdgeOf, MonthOf, SetOf, members
from eitrack.indicators.terms.breakdowns import NO_ROW
from eitrack.indicators.terms.records import entries_of
from eitrack.indicators.terms.scope import Scope

# Raised when `shelf.as_stored` writes in another way: what was written before is not read then.
WRITTEN_AS = 2
# Of any scope and period: what a signature tells apart is the measures.
ANY_PERIOD = Period.parse("2026-07")
ALL = Value(1)
# Stand in a compiled query where the scope's key, the first and the last day go: no others do.
SOME_KEY = 2_000_000_011
SOME_DAYS = Period(date(1, 1, 2), date(1, 1, 3), "")


def worked_out(bundle, scope, period):
    """{row key: {name: value}} of a stretch of days as a whole."""
    aggregates = together(bundle.measured)
    rows = _grouped(bundle, scope, period).values("row_key").annotate(**aggregates)
    return {row.pop("row_key"): _sums(row, aggregates) for row in rows}


def worked_out_by_month(bundles, scope, period):
    """{bundle: {month: {row key: {name: value}}}}.

    Several are added up from the entries that stand in the same row of each of them, or in none,
    so that the entries are read once. Numbers and sets add up so; the edge of a month does not.
    """
    found = {bundle: defaultdict(dict) for bundle in bundles}
    named = {bundle: together(bundle.measured) for bundle in bundles}
    aggregates = _of_all(bundles)
    for row in _rows_by_month(tuple(bundles), scope, period):
        sums = _sums(row, aggregates)
        for n, bundle in enumerate(bundles):
            if row[f"is_in_{n}"]:
                of_row = found[bundle][row["month"]].setdefault(row[f"key_{n}"], {})
                add(of_row, {name: sums[name] for name in named[bundle] if name in sums})
    return found


def _of_all(bundles):
    named = [together(bundle.measured) for bundle in bundles]
    aggregates = {name: each for of_one in named for name, each in of_one.items()}
    assert len(bundles) == 1 or not any(isinstance(each, EdgeOf) for each in aggregates.values())
    return aggregates


def _rows_by_month(bundles, scope, period):
    """A dict of each month and row. To put the query together takes longer than to answer it for a
    month, so that is done once for each kind of scope.
    """
    written, names, statement, params = _compiled(bundles, scope.kind)
    ends = map(connection.ops.adapt_datefield_value, (period.start, period.end))
    given = dict(zip(_stand_ins(), (scope.pk, *ends), strict=True))
    compiler = copy(written)
    compiler.as_sql = lambda: (statement, tuple(given.get(param, param) for param in params))
    return [dict(zip(names, row, strict=True)) for row in compiler.results_iter()]


def _stand_ins():
    ends = map(connection.ops.adapt_datefield_value, (SOME_DAYS.start, SOME_DAYS.end))
    return (SOME_KEY, *ends)


@lru_cache(maxsize=512)
def _compiled(bundles, scope_kind):
    entries, columns = _told_apart(bundles, Scope(scope_kind, SOME_KEY), SOME_DAYS)
    rows = entries.order_by().annotate(month=MonthOf("date"), **columns)
    query = rows.values("month", *columns).annotate(**_of_all(bundles)).query
    # Not the connection of this thread, but whichever belongs to the one that asks.
    compiler = query.get_compiler(connection=connection)
    statement, params = compiler.as_sql()
    assert set(_stand_ins()) <= set(params)
    return compiler, list(query.selected), statement, params


def _told_apart(bundles, scope, period):
    """The entries, and columns that say which are records of each bundle and in which row."""
    entries = entries_of(scope, period)
    columns = {}
    for n, bundle in enumerate(bundles):
        which = bundle.records.which(entries, bundle.breakdown)
        if len(bundles) == 1:
            entries, which = entries.filter(which), None
        columns[f"is_in_{n}"] = Case(When(which, then=True), default=False) if which else ALL
        columns[f"key_{n}"] = key_column(bundle.breakdown)
    return entries, columns


def _grouped(bundle, scope, period):
    records = bundle.records(scope, period, bundle.breakdown)
    return records.order_by().annotate(row_key=key_column(bundle.breakdown))


def key_column(breakdown):
    if breakdown is None:
        return NO_ROW
    key = breakdown.expression
    return F(key) if isinstance(key, str) else key


def _sums(row, aggregates):
    sums = {
        name: members(row[name]) if isinstance(aggregate, SetOf) else row[name]
        for name, aggregate in aggregates.items()
    }
    return {name: value for name, value in sums.items() if value}


@lru_cache(maxsize=512)
def signature_of(bundle, scope_kind):
    """What tells one set of measures from another: the question they put to the database, and how
    the answer is written.
    """
    grouped = _grouped(bundle, Scope(scope_kind, 0), ANY_PERIOD)
    query = grouped.values("row_key").annotate(**together(bundle.measured)).query
    asked = WRITTEN_AS, query.sql_with_params()
    return sha256(repr(asked).encode()).hexdigest()[:16]
