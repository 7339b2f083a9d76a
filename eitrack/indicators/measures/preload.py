"""Which stored sums a loader needs: declared beside it, so that all are preloaded together."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

from eitrack.indicators.measures.evaluation import Evaluation, StoredSums
from eitrack.indicators.measures.sum_sets import SumSet
from eitrack.indicators.terms.breakdowns import Breakdown

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Preloading(Protocol[T_co]):
    """A loader with the stored sums it needs."""

    stored_of: Callable[[Evaluation], Iterable[tuple[StoredSums, str]]]
    sum_sets_of: Callable[[Breakdown | None], Iterable[SumSet]]

    def __call__(self, evaluation: Evaluation, /) -> T_co: ...


def preloads(
    stored_of: Callable[[Evaluation], Iterable[tuple[StoredSums, str]]] = lambda evaluation: (),
    sum_sets_of: Callable[[Breakdown | None], Iterable[SumSet]] = lambda breakdown: (),
) -> Callable[[Callable[[Evaluation], T]], Preloading[T]]:
    """Declare the stored sums that a loader needs.

    `stored_of(evaluation)` are pairs as `Evaluation.read_ahead` takes them. What `sum_sets_of`
    answers for a breakdown is computed together with the catalogue's (`Sums.preload`).
    """

    def noted(loader: Any) -> Any:
        loader.stored_of, loader.sum_sets_of = stored_of, sum_sets_of
        return loader

    return noted
