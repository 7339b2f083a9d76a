"""Positions of marks in percent of the drawing, so that marks stretch and text does not."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

HOUR = 60
SLIVER = 1  # The shortest bar of a value above 0, so that it does not look like 0.
BAR_IN_SLOT = 0.74
FEWEST_SLOTS = 6  # The widest column, for charts with few of them.


@dataclass(frozen=True)
class Box:
    """A rectangle in percent; y grows downwards."""

    x: float
    y: float
    width: float
    height: float


def length(value: float | None, top: float, full: float = 100) -> float:
    """The length of a bar if `top` has length `full`; 0 and missing have none."""
    if not value or not top:
        return 0
    return min(full, max(SLIVER, full * float(value) / float(top)))


def lengths(values: Sequence[float], top: float, full: float = 100) -> list[tuple[float, float]]:
    """The pieces of one bar, end to end: [(start, length)]."""
    whole = length(sum(values), top, full)
    pieces = [whole * float(value) / float(sum(values)) if value else 0 for value in values]
    return list(zip(accumulate(pieces, initial=0), pieces, strict=False))


def round_ticks(highest: float, unit: str) -> list[float]:
    """Two to five round values from 0 to just above the highest: [0, 600, 1200] minutes."""
    scale = HOUR if unit == "minutes" and highest > HOUR / 2 else 1
    step = next(step for step in round_steps() if step * scale * 4 >= highest)
    ticks: list[float] = [0]
    while ticks[-1] < highest or len(ticks) == 1:
        ticks.append(ticks[-1] + step * scale)
    return ticks


def round_steps() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50, 100 …"""
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def slot(columns: int) -> float:
    """The width available to each of so many columns."""
    return 100 / max(columns, FEWEST_SLOTS)


def column_box(index: int, columns: int, values: Iterable[float | None], top: float) -> list[Box]:
    """A box for each value of a column, stacked from the foot; missing counts as 0."""
    wide = slot(columns)
    x, width = wide * (index + (1 - BAR_IN_SLOT) / 2), wide * BAR_IN_SLOT
    feet = accumulate((value or 0 for value in values), initial=0)
    return [
        Box(x, 100 - 100 * (foot + (value or 0)) / top, width, 100 * (value or 0) / top)
        for foot, value in zip(feet, values, strict=False)
    ]


def middle(index: int, columns: int) -> float:
    """The middle of a column's slot."""
    return (index + 0.5) * slot(columns)
