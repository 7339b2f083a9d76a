"""A worker's load in points, from plain facts and weights: no records are read here (LOD-01).

Points are percent of what a full-time worker has room for in four weeks, so that a page can list
what a worker's are made of, and show what other weights would make of the same load.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from eitrack.indicators.choices import Weight

MANY_CHILDREN = 4
AGENCIES_THAT_WEIGH = 2
STATUTORY = 3  # the lowest level of need that social work shares

IN_ORDER = {weight: place for place, weight in enumerate(Weight)}


@dataclass(frozen=True)
class HeldCase:
    """The facts of a case that make work. An unknown level (None) weighs as level 2."""

    level: int | None = None
    agencies: int = 0
    children: int = 0
    has_long_travel: bool = False
    has_interpreter: bool = False
    is_winding_down: bool = False

    @property
    def weight(self) -> Weight:
        if self.is_winding_down:
            return Weight.WINDING_DOWN
        if (self.level or 0) >= STATUTORY:
            return Weight.LEVEL_3
        if self.agencies >= AGENCIES_THAT_WEIGH:
            return Weight.LEVEL_2_AGENCIES
        return Weight.LEVEL_2

    @property
    def extras(self) -> list[Weight]:
        has = {
            Weight.LONG_TRAVEL: self.has_long_travel,
            Weight.INTERPRETER: self.has_interpreter,
            Weight.MANY_CHILDREN: self.children >= MANY_CHILDREN,
        }
        return [weight for weight, applies in has.items() if applies]


@dataclass(frozen=True)
class Carried:
    """What a worker carries on a day.

    `first_year_fte` is the part of `fte` in the assessed first year; `standing` is the number of
    each standing commitment: a drop-in every two weeks is half a one.
    """

    fte: float = 0
    first_year_fte: float = 0
    cases: tuple[HeldCase, ...] = ()
    standing: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class PointsLine:
    """One line of a worker's points: so many of something, and their points."""

    what: Weight
    number: float
    points: float


def points_of(carried: Carried, weights: Mapping[str, float]) -> list[PointsLine]:
    """The PointsLines that make up a worker's points, in the order of the vocabulary.

    The stable part is counted in full-time equivalents. What travel, interpreter and children add
    to one case beyond their maximum is deducted in a line of its own.
    """
    numbers: dict[str, float] = {Weight.STABLE: carried.fte} | carried.standing
    beyond = 0.0
    for case in carried.cases:
        for weight in (case.weight, *case.extras):
            numbers[weight] = numbers.get(weight, 0) + 1
        added = sum(weights[weight] for weight in case.extras)
        beyond += max(0, added - weights[Weight.MOST_EXTRAS])
    lines = [
        PointsLine(Weight(weight), numbers[weight], numbers[weight] * weights[weight])
        for weight in sorted(numbers, key=lambda weight: IN_ORDER[Weight(weight)])
        if numbers[weight]
    ]
    return [*lines, PointsLine(Weight.MOST_EXTRAS, 1, -beyond)] if beyond else lines


def sum_of(lines: Iterable[PointsLine]) -> float:
    """All points of a worker."""
    return sum(line.points for line in lines)


def room_of(carried: Carried, weights: Mapping[str, float]) -> float:
    """How many points a worker has room for: less in the first year, pro rata for part-time."""
    rest = carried.fte - carried.first_year_fte
    return rest * weights[Weight.FULL_TIME] + carried.first_year_fte * weights[Weight.FIRST_YEAR]
