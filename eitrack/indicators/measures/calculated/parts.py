"""Records in rows, and parts that the calculated figures share."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce, wraps
from operator import or_
from statistics import median
from typing import Any, Generic, TypeVar

from django.db.models import Q

from eitrack.indicators.measures.evaluation import AllAndRows, Evaluation, Key, Span
from eitrack.indicators.terms.breakdowns import Breakdown
from eitrack.indicators.terms.figures import Parts

T = TypeVar("T")


@dataclass(frozen=True)
class InRows(Generic[T]):
    """Records, and those of each row of the breakdown."""

    all: Sequence[T] = ()
    rows: Mapping[Key, Sequence[T]] = field(default_factory=dict)


def in_rows(records: Sequence[T], breakdown: Breakdown | None) -> InRows[T]:
    """The attribute named like the breakdown has the key of a record's row, or a set of keys."""
    rows: defaultdict[Key, list[T]] = defaultdict(list)
    code = breakdown.code if breakdown else ""
    for record in records if code else ():
        keys: Any = getattr(record, code, frozenset())
        for key in keys if isinstance(keys, frozenset) else (keys,):
            rows[key].append(record)
    return InRows(records, rows)


def by_row(
    parts_of: Callable[[Sequence[T], Evaluation], Parts],
) -> Callable[[Sequence[T] | InRows[T], Evaluation], AllAndRows]:
    """Make a calculation of all records, and of those of each row, from that of some."""

    @wraps(parts_of)
    def calculate(records: Sequence[T] | InRows[T], evaluation: Evaluation) -> AllAndRows:
        if not isinstance(records, InRows):
            records = in_rows(records, evaluation.breakdown)
        rows = {key: parts_of(of_row, evaluation) for key, of_row in records.rows.items()}
        return parts_of(records.all, evaluation), rows

    return calculate


def in_any(spans: Iterable[Span], field: str) -> Q:
    """Condition that a day lies in one of these (first, last) spans, to read several periods at
    once.
    """
    return reduce(or_, (Q(**{f"{field}__range": span}) for span in spans))


def median_parts(values: Iterable[float]) -> Parts:
    """The median as a second figure, with the number of values; None if there are no values."""
    values = list(values)
    if not values:
        return Parts(denominator=0)
    return Parts(numerator=median(values), known=len(values), asked=len(values))


def share_of_all(total: Parts, rows: Mapping[Key, Parts], evaluation: Evaluation) -> AllAndRows:
    """Beside the sum of a row its part of the whole scope (FND-01)."""

    def with_share(parts: Parts) -> Parts:
        share = Parts(parts.numerator, total.numerator, workers=parts.workers)
        return replace(parts, beside=share)

    return with_share(total), {key: with_share(parts) for key, parts in rows.items()}
