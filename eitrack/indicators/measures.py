"""The arithmetic of indicators: what is added up, filtered how, divided by what.

A measure of records is a handful of aggregates, so that all indicators on the same records are
evaluated by one query. A snapshot is calculated in Python from the records of one day.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, Sum
from django.db.models.lookups import GreaterThan

from eitrack.indicators.figures import Parts

CONTACT_MINUTES = "contact_minutes"


@dataclass(frozen=True)
class Measure:
    """Named aggregates over records; `parts` reads them back."""

    aggregates: dict = field(hash=False)
    is_minutes: bool = False
    least: float = 0

    def annotations(self, code):
        """The aggregates under names that many indicators can share one query with."""
        return {f"{alias_of(code)}_{name}": each for name, each in self.aggregates.items()}

    def parts(self, code, row, workers=0):
        values = {name: row[f"{alias_of(code)}_{name}"] for name in self.aggregates}
        return Parts(**{"workers": workers, **values}, least=self.least)


@dataclass(frozen=True)
class Snapshot:
    """`calculate(records, scope, breakdown)` -> (Parts of all, {row key: Parts})."""

    calculate: Callable
    is_minutes: bool = False


def alias_of(code):
    return code.replace("-", "_").lower()


def count(where):
    """How many records meet `where`."""
    return Measure({"numerator": Count("pk", filter=where)})


def total(amount, where, estimated=None):
    """The sum of `amount` over records that meet `where`, and in how many it is known.

    Records whose amount is not known stay out of the sum: missing is not zero (C20).
    """
    aggregates = {
        "numerator": Sum(amount, filter=where, default=0),
        "known": Count(amount, filter=where),
        "asked": Count("pk", filter=where),
    }
    if estimated is not None:
        aggregates["estimated"] = Sum(amount, filter=where & estimated, default=0)
    return Measure(aggregates)


def workers_with(amount, where):
    """How many workers a figure of time rests on: those with any of it, no others (D10)."""
    has_any = Q(GreaterThan(F(amount) if isinstance(amount, str) else amount, 0))
    return Count("worker", filter=where & has_any, distinct=True)


def share_of_minutes(amount, where, out_of):
    """Minutes that meet `where` and `out_of`, in all minutes that meet `out_of`."""
    return Measure(
        {
            "numerator": Sum(amount, filter=where & out_of, default=0),
            "denominator": Sum(amount, filter=out_of, default=0),
            "workers": workers_with(amount, out_of),
        },
        is_minutes=True,
    )


def ratio_of_minutes(amount, where, to, least_hours=0):
    """Minutes that meet `where` for each minute that meets `to` and `where`.

    No ratio is shown on fewer than `least_hours`: it would swing with every entry.
    """
    return Measure(
        {
            "numerator": Sum(amount, filter=where, default=0),
            "denominator": Sum(amount, filter=where & to, default=0),
            "workers": workers_with(amount, where),
        },
        is_minutes=True,
        least=least_hours * 60,
    )


UNREGISTERED = Q(activity__case__isnull=True)
ON_A_CASE = Q(activity__case__isnull=False)
