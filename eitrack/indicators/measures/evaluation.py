"""What calculations read of an evaluation (`figures.evaluation.Evaluation`, which stands above)."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from eitrack.common.periods import Period
from eitrack.indicators.terms.breakdowns import Breakdown
from eitrack.indicators.terms.figures import Parts
from eitrack.indicators.terms.scope import Scope

if TYPE_CHECKING:
    from eitrack.indicators.measures.sum_sets import SumSet

Loaded = TypeVar("Loaded")
# The key of a row: that of a record, a code, or None.
Key = Any
# {name: number or set}, what is added up of one row.
RowSums = dict[str, Any]
AllAndRows = tuple[Parts, dict[Key, Parts]]
# The first and the last day of a stretch.
Span = tuple[date, date]
# (period, its last known day) -> the period whose sums are needed instead.
SpanOf = Callable[[Period, date], Period]


class Evaluation(Protocol):
    scope: Scope
    period: Period
    breakdown: Breakdown | None
    today: date

    @property
    def whole(self) -> "Evaluation": ...

    @property
    def spans(self) -> list[Span]: ...

    @property
    def last_days(self) -> Sequence[date]: ...

    @property
    def day(self) -> date: ...

    def sums(
        self, sum_set: "SumSet", scope: Scope | None = None, span_of: SpanOf | None = None
    ) -> dict[Key, RowSums]: ...

    def sums_by_month(
        self, sum_set: "SumSet", scope: Scope | None = None, span_of: SpanOf | None = None
    ) -> dict[str, dict[Key, RowSums]]: ...

    def load(self, loader: "Callable[[Evaluation], Loaded]") -> Loaded: ...
