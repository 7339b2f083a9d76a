"""What an indicator is. No Django here: disclosure reads these too."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Unit(StrEnum):
    COUNT = "count"
    PERCENT = "%"
    RATIO = "ratio"


class Direction(StrEnum):
    """Which way is better; most figures here are neutral on purpose."""

    UP = "higher is better"
    DOWN = "lower is better"
    NEUTRAL = "neither way is better by itself"


class Disclosure(StrEnum):
    """What a figure counts, which decides how it may be published (INDICATORS.md part 2)."""

    PEOPLE = "P"
    ACTIVITIES = "E"
    RESOURCES = "R"


class Theme(StrEnum):
    """The groups of the catalogue, in its order."""

    VISIBILITY = "Visibility of unregistered work"
    REACH = "Reach and engagement"
    LOAD = "Worker load and role spread"


@dataclass(frozen=True)
class Indicator:
    """One figure of the catalogue: its words and its arithmetic, in one place.

    `records(scope, period, dimension)` gives the records it rests on; indicators that share them
    are evaluated in one pass. `breakdowns` names entries of `breakdowns.BREAKDOWNS`. `version`
    goes up whenever a changed definition breaks the series.
    """

    code: str
    name: str
    theme: Theme
    purpose: str
    definition: str
    numerator: str
    denominator: str
    unit: Unit
    direction: Direction
    disclosure: Disclosure
    breakdowns: tuple[str, ...]
    counting_rule: str
    pitfalls: str
    framework: str
    records: Callable
    measure: Any
    version: int = 1

    @property
    def shows_hours(self):
        """Whether numerator and denominator are minutes, written as hours."""
        return self.measure.is_minutes
