"""What an indicator is. No Django here: disclosure reads these too."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Unit(StrEnum):
    COUNT = "count"
    PERCENT = "%"
    RATIO = "ratio"
    RANGE = "range of people"
    HOURS = "hours"
    WORKING_HOURS = "working hours"
    DAYS = "working days"
    CALENDAR_DAYS = "days"
    SPREAD = "0 to 1"
    POINTS = "percentage points"


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
    EARLINESS = "Earliness and prevention"
    PARTNERSHIP = "Partnership"
    RESPONSIVENESS = "Responsiveness"
    LOAD = "Worker load and role spread"
    QUALITY = "Quality, outcome, funding"
    # Not part of the catalogue.
    CASE_COUNT = "The old case-count return"


# By the letters that a code begins with.
THEMES = {
    "VIS": Theme.VISIBILITY,
    "RCH": Theme.REACH,
    "ERL": Theme.EARLINESS,
    "PTN": Theme.PARTNERSHIP,
    "RSP": Theme.RESPONSIVENESS,
    "LOD": Theme.LOAD,
    "OUT": Theme.QUALITY,
    "FND": Theme.QUALITY,
    "CASES": Theme.CASE_COUNT,
}


@dataclass(frozen=True)
class Beside:
    """The second figure of an indicator, as "median, in working days".

    It may have a second figure itself, as "children" has "adults".
    """

    name: str
    unit: Unit
    beside: "Beside | None" = None


@dataclass(frozen=True)
class Change:
    """From this day on figures do not compare with earlier ones, because the definition changed."""

    version: int
    from_on: date
    what: str


@dataclass(frozen=True)
class RecordKind:
    """The kind of record that keys in `Parts.behind` refer to; `reach` says who may open one."""

    model: type[Any]
    one: str
    many: str
    reach: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Indicator:
    """One figure of the catalogue: its words and its arithmetic, in one place.

    Of a `Measure`, `records(scope, period, breakdown)` gives the records that it sums; of a
    `Calculated`, `records(evaluation)` loads them. Indicators that share them are evaluated in one
    pass. Without a measure the records do not exist yet, and `not_collected` says why.
    `breakdowns` are keys of `BREAKDOWNS`. `version` goes up whenever a changed definition makes
    figures unlike those before, with a line in `changes`. A share is published only if the field
    it needs is known of at least `least_known` of its records.

    `behind` is the kind of record that a `Calculated` one counts, if it counts any, `counted_on`
    what the day is called on which each counts, and `counted_twice` why one may count twice.

    `among` are the codes of measures of which everything that this one counts is a part by
    definition, row by row: a reader of both knows that it is no more than they (D16.6). Of a share
    its denominator is meant. Every measure of people or activities says so; () is part of none.
    """

    code: str
    name: str
    purpose: str
    definition: str
    numerator: str
    denominator: str = ""
    unit: Unit
    direction: Direction = Direction.NEUTRAL
    disclosure: Disclosure
    breakdowns: tuple[str, ...]
    counting_rule: str
    pitfalls: str
    framework: str
    records: Callable[..., Any] | None = None
    measure: Any = None
    beside: Beside | None = None
    behind: RecordKind | None = None
    counted_on: str = ""
    counted_twice: str = ""
    least_known: float = 0
    version: int = 1
    changes: tuple[Change, ...] = ()
    not_collected: str = ""
    among: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if self.is_checked and self.among is None:
            raise TypeError(
                f"{self.code} counts people or activities: say in `among` of which measures it is "
                "a part by definition, or ()."
            )

    @property
    def theme(self) -> Theme:
        return THEMES[self.code.partition("-")[0]]

    @property
    def is_checked(self) -> bool:
        """Whether it counts people, families or activities, which may identify somebody."""
        return self.measure is not None and self.disclosure != Disclosure.RESOURCES

    @property
    def shows_hours(self) -> bool:
        """Whether numerator and denominator are minutes, written as hours."""
        return bool(self.measure and self.measure.is_minutes)
