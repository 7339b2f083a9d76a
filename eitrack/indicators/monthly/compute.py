"""Sums worked out from the records: one query for all that is wanted of them."""

from collections import defaultdict
from functools import lru_cache
from hashlib import sha256

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
    aggregates = {name: each for of_one in named.values() for name, each in of_one.items()}
    assert len(bundles) == 1 or not any(isinstance(each, EdgeOf) for each in aggregates.values())
    entries, columns = _told_apart(bundles, scope, period)
    rows = entries.order_by().annotate(month=MonthOf("date"), **columns)
    for row in rows.values("month", *columns).annotate(**aggregates):
        sums = _sums(row, aggregates)
        for n, bundle in enumerate(bundles):
            if row[f"is_in_{n}"]:
                of_row = found[bundle][row["month"]].setdefault(row[f"key_{n}"], {})
                add(of_row, {name: sums[name] for name in named[bundle] if name in sums})
    return found


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
