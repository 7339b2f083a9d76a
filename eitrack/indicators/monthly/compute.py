"""Sums computed from the records: one query for all that are needed."""

from collections import defaultdict
from copy import copy
from datetime import date
from functools import lru_cache
from hashlib import sha256

from django.db import connection
from django.db.models import Case, F, Value, When

from eitrack.common.periods import Period
from eitrack.indicators.measures.measures import together
from eitrack.indicators.measures.sum_sets import add
from eitrack.indicators.terms.aggregates import EdgeOf, MonthOf, SetOf, members
from eitrack.indicators.terms.breakdowns import NO_ROW
from eitrack.indicators.terms.records import entries_of
from eitrack.indicators.terms.scope import Scope

# Increase it when the format of `written.as_stored` changes: older rows are then not read.
WRITTEN_AS = 3
ALL = Value(1)
# Placeholders in a compiled query for the key of the scope, the first and the last day.
SOME_KEY = 2_000_000_011
SOME_DAYS = Period(date(1, 1, 2), date(1, 1, 3), "")


def worked_out_by_month(sum_sets, scope, period):
    """{SumSet: {month: {row key: {name: value}}}}.

    Several SumSets are computed in one query: it groups entries by the rows of all of them, and the
    groups are added up. Numbers and sets can be added up so, an `EdgeOf` cannot.
    """
    found = {sum_set: defaultdict(dict) for sum_set in sum_sets}
    named = {sum_set: together(sum_set.measured) for sum_set in sum_sets}
    aggregates = _of_all(sum_sets)
    for row in _rows(tuple(sum_sets), scope, period):
        sums = _sums(row, aggregates)
        for n, sum_set in enumerate(sum_sets):
            if row[f"is_in_{n}"]:
                of_row = found[sum_set][row["month"]].setdefault(row[f"key_{n}"], {})
                add(of_row, {name: sums[name] for name in named[sum_set] if name in sums})
    return found


def _of_all(sum_sets):
    named = [together(sum_set.measured) for sum_set in sum_sets]
    aggregates = {name: each for of_one in named for name, each in of_one.items()}
    assert len(sum_sets) == 1 or not any(isinstance(each, EdgeOf) for each in aggregates.values())
    return aggregates


def _rows(sum_sets, scope, period):
    """A dict for each month and row.

    The query is compiled once for each kind of scope: for one month that takes longer than to run
    it.
    """
    written, names, statement, params = _compiled(sum_sets, scope.kind)
    ends = map(connection.ops.adapt_datefield_value, (period.start, period.end))
    given = dict(zip(_stand_ins(), (scope.pk, *ends), strict=True))
    compiler = copy(written)
    compiler.as_sql = lambda: (statement, tuple(given.get(param, param) for param in params))
    return [dict(zip(names, row, strict=True)) for row in compiler.results_iter()]


def _stand_ins():
    ends = map(connection.ops.adapt_datefield_value, (SOME_DAYS.start, SOME_DAYS.end))
    return (SOME_KEY, *ends)


@lru_cache(maxsize=512)
def _compiled(sum_sets, scope_kind):
    entries, columns = _told_apart(sum_sets, Scope(scope_kind, SOME_KEY), SOME_DAYS)
    rows = entries.order_by().annotate(month=MonthOf("date"), **columns)
    query = rows.values("month", *columns).annotate(**_of_all(sum_sets)).query
    # Not the connection of this thread, but that of the thread that runs it.
    compiler = query.get_compiler(connection=connection)
    statement, params = compiler.as_sql()
    assert set(_stand_ins()) <= set(params)
    return compiler, list(query.selected), statement, params


def _told_apart(sum_sets, scope, period):
    """The entries, with columns that say of which SumSets each is a record, and in which row."""
    entries = entries_of(scope, period)
    columns = {}
    for n, sum_set in enumerate(sum_sets):
        which = sum_set.records.which(entries, sum_set.breakdown)
        if len(sum_sets) == 1:
            entries, which = entries.filter(which), None
        columns[f"is_in_{n}"] = Case(When(which, then=True), default=False) if which else ALL
        columns[f"key_{n}"] = key_column(sum_set.breakdown)
    return entries, columns


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
def signature_of(sum_set, scope_kind):
    """Identifies the measures of a SumSet: a hash of their SQL and of the format in which rows are
    written.
    """
    _, _, *asked = _compiled((sum_set,), scope_kind)
    return sha256(repr((WRITTEN_AS, *asked)).encode()).hexdigest()[:16]
