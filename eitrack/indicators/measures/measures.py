"""The arithmetic of indicators: what is summed, under which condition, divided by what.

A `Measure` is a set of aggregates over records, so one query evaluates all indicators on the same
records and their sums can be stored by month. A figure that cannot be added up over months is
`Calculated` in Python, from records whose number does not grow with history.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.expressions import Combinable
from django.db.models.lookups import GreaterThan

from eitrack.indicators.measures.evaluation import AllAndRows, Key, RowSums
from eitrack.indicators.terms.aggregates import SetOf
from eitrack.indicators.terms.breakdowns import BREAKDOWNS, Breakdown
from eitrack.indicators.terms.figures import Parts

# The name of a field, or what is made of some.
Expression = str | Combinable
CONTACT_MINUTES = "contact_minutes"
# The workers that a figure rests on (D10); stored once for all measures.
WORKERS = {"workers": SetOf("worker")}


@dataclass(frozen=True, eq=False)
class Measure:
    """Named aggregates over records; `parts` reads them back.

    The names are those of `Parts`. A set counts as the number of its members. `where` is the
    condition for records in the numerator. `beside` is the second figure of an indicator.
    """

    aggregates: dict[str, Any]
    where: Q
    is_minutes: bool = False
    least: float = 0
    beside: "Measure | None" = None
    # Adds a second figure that the records alone do not tell: (total, rows, evaluation) -> the
    # total and the rows with it.
    add_beside: Callable[..., AllAndRows] | None = None
    # Of breakdowns whose rows share a record: {breakdown's code: {row key: Measure}}.
    splits: dict[str, dict[Key, "Measure"]] = field(default_factory=dict)

    def annotations(self, code: str) -> dict[str, Any]:
        """The aggregates under names that do not clash with those of other indicators."""
        named = {f"{alias_of(code)}_{name}": each for name, each in self.aggregates.items()}
        return named | (self.beside.annotations(f"{code}_beside") if self.beside else {})

    def parts(self, code: str, sums: Mapping[str, Any]) -> Parts:
        """The Parts of an indicator from stored sums, in which zeros are left out."""
        values = {name: sums.get(f"{alias_of(code)}_{name}", 0) for name in self.aggregates}
        values = {"workers": sums.get("workers", ())} | values
        values = {
            name: value if isinstance(value, int | float) else len(value)
            for name, value in values.items()
        }
        beside = self.beside.parts(f"{code}_beside", sums) if self.beside else None
        return Parts(**values, least=self.least, beside=beside)


@dataclass(frozen=True, eq=False)
class Calculated:
    """`calculate(records, evaluation)` returns (Parts of all, {row key: Parts}).

    `records` is what the `records` function of the indicator loaded.
    """

    calculate: Callable[..., AllAndRows]
    is_minutes: bool = False


@dataclass(frozen=True, eq=False)
class Named:
    """A measure that is part of a figure, with a code of its own."""

    code: str
    measure: Measure


def alias_of(code: str) -> str:
    return code.replace("-", "_").lower()


def summed_by(measured: Iterable[Any], breakdown: Breakdown) -> tuple[Any, ...]:
    """The measures to sum for the rows of a breakdown: those that have it, or one that is stored
    with it.

    If rows share a record (`is_split`), there is one for each row.
    """
    codes = {each.code for each in BREAKDOWNS.values() if each.stored is breakdown.stored}
    measured = tuple(each for each in measured if codes.intersection(each.breakdowns))
    if not breakdown.is_split:
        return measured
    return tuple(
        Named(f"{each.code}_{key}", split)
        for each in measured
        for key, split in each.measure.splits[breakdown.code].items()
    )


def rows_summed(
    code: str, measure: Measure, breakdown: Breakdown, sums: Mapping[Key, RowSums]
) -> dict[Key, Parts]:
    """{row key: Parts} of an indicator, from {key: sums} of what `summed_by` returned."""
    if not breakdown.is_split:
        return {key: measure.parts(code, of_row) for key, of_row in sums.items()}
    of_all = sums.get(None, {})
    return {
        key: split.parts(f"{code}_{key}", of_all)
        for key, split in measure.splits[breakdown.code].items()
    }


def together(measured: Iterable[Any]) -> dict[str, Any]:
    """The aggregates of all these measures, for one query."""
    aggregates = dict(WORKERS)
    for each in measured:
        aggregates |= each.measure.annotations(each.code)
    return aggregates


def count(where: Q, **more: Any) -> Measure:
    """How many records meet `where`."""
    return Measure({"numerator": Count("pk", filter=where)}, where, **more)


def different(what: Expression, where: Q) -> Measure:
    """How many distinct values of `what` the records have that meet `where`."""
    return Measure({"numerator": SetOf(what, filter=where)}, where)


def share(where: Q, out_of: Q, among: Q | None = None, **more: Any) -> Measure:
    """Records that meet `where` and `out_of`, out of those that meet `out_of`.

    `among` are the records that were asked, `out_of` those that are known. Unknown ones are not in
    the denominator; how many are known stands beside the figure (C20).
    """
    aggregates = {
        "numerator": Count("pk", filter=where & out_of),
        "denominator": Count("pk", filter=out_of),
    }
    if among is not None:
        aggregates["known"] = Count("pk", filter=out_of)
        aggregates["asked"] = Count("pk", filter=among)
    return Measure(aggregates, where & out_of, **more)


def total(amount: Expression, where: Q, estimated: Q | None = None, **more: Any) -> Measure:
    """The sum of `amount` over records that meet `where`, and for how many it is known.

    A record whose amount is not known is left out, as missing is not zero (C20).
    """
    aggregates = {
        "numerator": Sum(amount, filter=where, default=0),
        "known": Count(amount, filter=where),
        "asked": Count("pk", filter=where),
    }
    if estimated is not None:
        aggregates["estimated"] = Sum(amount, filter=where & estimated, default=0)
    return Measure(aggregates, where, **more)


def share_of_totals(
    numerator: Expression, denominator: Expression, where: Q, asked: Expression | None = None
) -> Measure:
    """The sum of one amount out of the sum of another, over records that meet `where`.

    `asked` is what the denominator would be if it were known for all.
    """
    aggregates = {
        "numerator": Sum(numerator, filter=where, default=0),
        "denominator": Sum(denominator, filter=where, default=0),
    }
    if asked is not None:
        aggregates["known"] = Sum(denominator, filter=where, default=0)
        aggregates["asked"] = Sum(asked, filter=where, default=0)
    return Measure(aggregates, where)


def workers_with(amount: Expression, where: Q) -> SetOf:
    """The workers that a figure of time rests on: those with some of it (D10)."""
    has_any = Q(GreaterThan(F(amount) if isinstance(amount, str) else amount, 0))
    return SetOf("worker", filter=where & has_any)


def minutes(amount: Expression, where: Q, **more: Any) -> Measure:
    """Minutes that meet `where`."""
    return Measure(
        {
            "numerator": Sum(amount, filter=where, default=0),
            "workers": workers_with(amount, where),
        },
        where,
        is_minutes=True,
        **more,
    )


def share_of_minutes(amount: Expression, where: Q, out_of: Q, among: Q | None = None) -> Measure:
    """Minutes that meet `where` and `out_of`, out of minutes that meet `out_of`.

    `among` are the minutes that were asked, `out_of` those that are known.
    """
    aggregates = {
        "numerator": Sum(amount, filter=where & out_of, default=0),
        "denominator": Sum(amount, filter=out_of, default=0),
        "workers": workers_with(amount, out_of),
    }
    if among is not None:
        aggregates["known"] = Sum(amount, filter=out_of, default=0)
        aggregates["asked"] = Sum(amount, filter=among, default=0)
    return Measure(aggregates, where & out_of, is_minutes=True)


def ratio_of_minutes(amount: Expression, where: Q, to: Q, least_hours: float = 0) -> Measure:
    """Minutes that meet `where` for each minute that meets `to` and `where`.

    With fewer than `least_hours` no ratio is shown, as it would swing with every entry.
    """
    return Measure(
        {
            "numerator": Sum(amount, filter=where, default=0),
            "denominator": Sum(amount, filter=where & to, default=0),
            "workers": workers_with(amount, where),
        },
        where,
        is_minutes=True,
        least=least_hours * 60,
    )
