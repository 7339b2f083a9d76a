"""Rows, shares and medians that the calculated figures share."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import or_
from statistics import median
from typing import TypeVar

from django.db.models import Q

from eitrack.indicators.measures.evaluation import AllAndRows, Evaluation, Key, Span
from eitrack.indicators.terms.figures import Parts

T = TypeVar("T")


def in_any(spans: Iterable[Span], field: str) -> Q:
    """Condition that a day lies in one of these (first, last) spans, to read several periods at
    once.
    """
    return reduce(or_, (Q(**{f"{field}__range": span}) for span in spans))


def all_and_rows(
    records: Sequence[T], evaluation: Evaluation, parts_of: Callable[[Sequence[T]], Parts]
) -> AllAndRows:
    """(Parts of all, {row key: Parts}); the breakdown's code is the attribute with the key."""
    rows: defaultdict[Key, list[T]] = defaultdict(list)
    code = evaluation.breakdown.code if evaluation.breakdown else ""
    for record in records if code else ():
        if hasattr(record, code):
            rows[getattr(record, code)].append(record)
    return parts_of(records), {key: parts_of(of_row) for key, of_row in rows.items()}


def median_parts(values: Iterable[float]) -> Parts:
    """The median as a second figure, with the number of values; None if there are no values."""
    values = list(values)
    if not values:
        return Parts(denominator=0)
    return Parts(numerator=median(values), known=len(values), asked=len(values))
