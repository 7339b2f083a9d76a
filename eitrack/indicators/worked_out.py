"""Sums worked out from the records: one query for all that is wanted of them.

What is `wanted` is a pair of measures and a breakdown, or None for all records in one row.
"""

from collections import defaultdict
from functools import lru_cache
from hashlib import sha256

from django.db.models import F, IntegerField, Value

from eitrack.common.periods import Period
from eitrack.indicators.aggregates import MonthOf, SetOf, members
from eitrack.indicators.measures import together
from eitrack.indicators.scope import Scope

# Of any scope and period: what a signature tells apart is the measures.
ANY_PERIOD = Period.parse("2026-07")
NO_ROW = Value(None, output_field=IntegerField())


def worked_out(records, wanted, scope, period):
    """{row key: {name: value}} of a stretch of days as a whole."""
    measured, breakdown = wanted
    aggregates = together(measured)
    rows = _grouped(records, scope, period, breakdown).values("row_key").annotate(**aggregates)
    return {row.pop("row_key"): _sums(row, aggregates) for row in rows}


def worked_out_by_month(records, all_wanted, scope, period):
    """{wanted: {month: {row key: {name: value}}}}.

    Several are added up from the records that are in the same row of each of them, so that the
    records are read once. Then they must be `OF_ENTRIES`: the same ones for every breakdown.
    """
    found = {wanted: defaultdict(dict) for wanted in all_wanted}
    named = {wanted: together(wanted[0]) for wanted in all_wanted}
    aggregates = {name: each for of_one in named.values() for name, each in of_one.items()}
    keys = {f"key_{n}": _key(breakdown) for n, (_, breakdown) in enumerate(all_wanted)}
    only = all_wanted[0][1] if len(all_wanted) == 1 else None
    rows = records(scope, period, only).order_by().annotate(month=MonthOf("date"), **keys)
    for row in rows.values("month", *keys).annotate(**aggregates):
        sums = _sums(row, aggregates)
        for key, wanted in zip(keys, all_wanted, strict=True):
            of_row = found[wanted][row["month"]].setdefault(row[key], {})
            _add(of_row, {name: sums[name] for name in named[wanted] if name in sums})
    return found


def added_up(rows_of_months):
    """{row key: {name: value}}: numbers are added, sets united."""
    added = defaultdict(dict)
    for rows in rows_of_months:
        for key, values in rows.items():
            _add(added[key], values)
    return dict(added)


def _add(into, values):
    for name, value in values.items():
        into[name] = (
            into.get(name, set()) | value if isinstance(value, set) else into.get(name, 0) + value
        )


def _grouped(records, scope, period, breakdown):
    return records(scope, period, breakdown).order_by().annotate(row_key=_key(breakdown))


def _key(breakdown):
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
def signature_of(records, measured, scope_kind, breakdown):
    """What tells one set of measures from another: the question they put to the database."""
    grouped = _grouped(records, Scope(scope_kind, 0), ANY_PERIOD, breakdown)
    query = grouped.values("row_key").annotate(**together(measured)).query
    return sha256(repr(query.sql_with_params()).encode()).hexdigest()[:16]
