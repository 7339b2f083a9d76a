"""Which workers an amount rests on, and whether it may be printed (D10, D18)."""

from collections import Counter
from collections.abc import Iterable, Mapping

from eitrack.indicators.disclosure.rules import LEAST_WORKERS

MOST_OF_TWO = 0.9  # The largest part that the two largest contributors may have together.
LEAST_OF_OTHERS = 0.1  # The third and later must contribute at least this part of the largest.
ROUNDING = 1e-9


def may_be_printed(by_worker: Mapping[int, float]) -> bool:
    """Whether an amount, {worker: what the worker gives}, is printed beyond the team's managers.

    It rests on five workers or more (D10), and no one or two of them dominate it (D18): neither of
    the two largest can tell from it what the other gave. An amount of nothing rests on nobody.
    """
    gives = sorted((each for each in by_worker.values() if each > 0), reverse=True)
    if not gives:
        return True
    if len(gives) < LEAST_WORKERS:
        return False
    whole, first_two = sum(gives), gives[0] + gives[1]
    return (
        first_two <= MOST_OF_TWO * whole + ROUNDING
        and whole - first_two >= LEAST_OF_OTHERS * gives[0] - ROUNDING
    )


def together(all_by_worker: Iterable[Mapping[int, float]]) -> Mapping[int, float]:
    """What each worker contributes to several amounts combined."""
    whole: Counter[int] = Counter()
    for by_worker in all_by_worker:
        whole.update(by_worker)
    return whole
