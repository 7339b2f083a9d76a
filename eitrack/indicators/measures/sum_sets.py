"""Sets of measures that are summed and stored together."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from eitrack.indicators.measures.evaluation import Key, RowSums
from eitrack.indicators.terms.breakdowns import Breakdown


@dataclass(frozen=True)
class SumSet:
    """Measures that are summed and stored together: same records, same breakdown.

    `measured` are indicators, or anything else with a code and a measure of these records.
    """

    records: Callable[..., Any]
    measured: tuple[Any, ...]
    breakdown: Breakdown | None = None

    @property
    def code(self) -> str:
        """The code of its breakdown; "" without one."""
        return self.breakdown.code if self.breakdown else ""

    @property
    def stored(self) -> "SumSet":
        """What is stored of it: itself, or the sums that its rows are folded from."""
        return replace(self, breakdown=self.breakdown.stored) if self.breakdown else self

    @property
    def key(self) -> tuple[str, str]:
        return self.records.__name__, self.code


def added_up(rows_of_months: Iterable[Mapping[Key, RowSums]]) -> dict[Key, RowSums]:
    """{row key: {name: value}} of several months: numbers are added, sets united."""
    added: defaultdict[Key, RowSums] = defaultdict(dict)
    for rows in rows_of_months:
        for key, values in rows.items():
            add(added[key], values)
    return dict(added)


def folded(rows: Mapping[Key, RowSums], key_of: Callable[[Key], Key]) -> dict[Key, RowSums]:
    """The rows of a breakdown, from those of a finer one."""
    return added_up({key_of(key): values} for key, values in rows.items())


def add(into: RowSums, values: RowSums) -> None:
    for name, value in values.items():
        known = into.get(name)
        if known is None:
            into[name] = set(value) if isinstance(value, set) else value
        elif isinstance(value, set):
            known |= value
        else:
            into[name] = known + value
