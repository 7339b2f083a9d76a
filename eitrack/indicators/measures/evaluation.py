"""What calculations read of an evaluation (`figures.evaluation.Evaluation`, which stands above)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Protocol, TypeVar

from eitrack.common.periods import Period
from eitrack.indicators.terms.breakdowns import Breakdown
from eitrack.indicators.terms.figures import Parts
from eitrack.indicators.terms.scope import Scope

Loaded = TypeVar("Loaded")
# The key of a row: that of a record, a code, or None.
Key = Any
# {name: number or set}, what is added up of one row.
RowSums = dict[str, Any]
AllAndRows = tuple[Parts, dict[Key, Parts]]
# The first and the last day of a stretch.
Span = tuple[date, date]


class StoredSums(Protocol):
    def of(
        self,
        records: Callable[..., Any],
        measured: Iterable[Any],
        breakdown: Breakdown | None = None,
        *,
        is_alone: bool = False,
    ) -> dict[Key, RowSums]: ...

    def by_month(
        self,
        records: Callable[..., Any],
        measured: Iterable[Any],
        breakdown: Breakdown | None = None,
    ) -> dict[str, dict[Key, RowSums]]: ...


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

    @property
    def sums(self) -> StoredSums: ...

    def sums_of(
        self, scope: Scope, span_of: Callable[[Period, date], Period] | None = None
    ) -> StoredSums: ...

    def load(self, loader: "Callable[[Evaluation], Loaded]") -> Loaded: ...
