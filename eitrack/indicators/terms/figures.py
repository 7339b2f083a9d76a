"""Figures as they are calculated, and as they may be shown. No Django here.

`ExactFigures` cannot become text by accident; `disclosure.publish` turns them into
`PublishedFigures`, which hold nothing but text (INDICATORS.md D14).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from eitrack.indicators.terms.indicator import Indicator, Unit

ALL_ROWS = "All"
ENOUGH = 0.8
# Figures that are 0 if there is nothing; the others then have no value.
ADDS_UP = (Unit.COUNT, Unit.HOURS, Unit.RANGE)


class FixedPeriod(Protocol):
    """A period, as far as rules and words read it."""

    @property
    def code(self) -> str: ...

    @property
    def is_quarter(self) -> bool: ...


class BrokenDownBy(Protocol):
    """A breakdown, as far as rules and words read it."""

    @property
    def code(self) -> str: ...

    @property
    def is_of_entry(self) -> bool: ...


@dataclass(frozen=True)
class Parts:
    """What a figure is made of, in minutes if the indicator counts time.

    `known` out of `asked` records hold the field that the figure needs. `estimated` is the part of
    the numerator that was estimated. Below the denominator `least` no ratio is shown. `workers` is
    how many workers the figure rests on.
    """

    numerator: float = 0
    denominator: float | None = None
    known: int = 0
    asked: int = 0
    estimated: float = 0
    least: float = 0
    workers: int = 0
    # For a range (people reached): its lower end, whether the upper end is open, its grade.
    low: float | None = None
    is_open_ended: bool = False
    grade: str = ""
    # For time: on how many things it was spent, if that is not the denominator.
    across: int | None = None
    # The second figure of an indicator: a median, a rate.
    beside: "Parts | None" = None
    # {key: day on which it counts} of the records in the numerator, if no query of the measure
    # finds them.
    behind: Mapping[Any, date] = field(default_factory=dict, repr=False, compare=False)
    # For a calculated figure: what each worker contributed to (numerator, denominator).
    by_worker: Mapping[int, tuple[float, float]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing at all, and no record was asked."""
        has_beside = self.beside is not None and not self.beside.is_empty
        return not (self.numerator or self.denominator or self.asked or has_beside)

    @property
    def value(self) -> float | None:
        """Numerator by denominator; None if there is nothing, or too little, to divide by."""
        if self.denominator is None:
            return self.numerator
        if not self.denominator or self.denominator < self.least:
            return None
        return self.numerator / self.denominator

    @property
    def estimated_share(self) -> float:
        return self.estimated / self.numerator if self.numerator else 0

    @property
    def known_share(self) -> float | None:
        return self.known / self.asked if self.asked else None


@dataclass(frozen=True)
class Row:
    """A row of a breakdown; `within` is the key of the coarser row it lies in, as a site in its
    kind.
    """

    key: object
    label: str
    within: str = ""


@dataclass(frozen=True)
class Coverage:
    """Worker-days with a record, out of those on which a record was expected."""

    recorded: int
    expected: int

    @property
    def text(self) -> str:
        return f"{100 * self.recorded / self.expected:.0f}%" if self.expected else "–"

    @property
    def is_low(self) -> bool:
        """Below 80 % figures are "at least" (C20)."""
        return self.expected > 0 and self.recorded < ENOUGH * self.expected


@dataclass(frozen=True)
class ExactFigures:
    """`totals[code]` and `cells[code][row key]` are Parts; rows are in display order."""

    scope: object
    period: FixedPeriod
    by: BrokenDownBy | None
    indicators: tuple[Indicator, ...]
    rows: tuple[Row, ...]
    totals: dict[str, Parts] = field(repr=False)
    cells: dict[str, dict[object, Parts]] = field(repr=False)
    coverage: Coverage
    is_provisional: bool = False
    # If broken down by post: who worked in each, so that small rows can be merged (D10).
    workers_of_rows: dict[object, frozenset[int]] = field(default_factory=dict, repr=False)

    def __str__(self) -> str:
        raise TypeError("Exact figures are not for print; use disclosure.publish().")

    @property
    def waterline(self) -> tuple[float, float] | None:
        """Service minutes on formal cases and all other service minutes; None if not evaluated."""
        parts = self.totals.get("VIS-03")
        if parts is None:
            return None
        on_cases = parts.denominator or 0
        return on_cases, parts.numerator - on_cases

    def coverage_of(self, row: Row) -> Coverage:
        """The coverage of a team's row if it was evaluated, else that of the whole scope."""
        parts = self.cells.get("VIS-05", {}).get(row.key)
        return (
            Coverage(int(parts.numerator), int(parts.denominator or 0)) if parts else self.coverage
        )

    def rows_of(self, indicator: Indicator) -> list[tuple[Row, Parts]]:
        """The rows with their Parts; nothing if the indicator has no such breakdown."""
        cells = self.cells.get(indicator.code)
        # A row without records counts 0, but its share or ratio has nothing to divide.
        none = Parts() if indicator.unit in ADDS_UP else Parts(denominator=0)
        return [] if cells is None else [(row, cells.get(row.key, none)) for row in self.rows]


@dataclass(frozen=True)
class ShownCell:
    """One line of a table, all text; `made_of` is numerator and denominator in words."""

    label: str
    figure: str
    numerator: str = ""
    denominator: str = ""
    known: str = ""
    made_of: str = ""
    # The second figure with its name: "median 2.5 working days".
    beside: str = ""


@dataclass(frozen=True)
class ShownIndicator:
    """One indicator of a page or file: the total, then the breakdown's rows."""

    indicator: Indicator
    total: ShownCell
    rows: tuple[ShownCell, ...] = ()


@dataclass(frozen=True)
class PublishedFigures:
    """Figures after disclosure control. Made by `disclosure.publish` only."""

    scope: object
    period: FixedPeriod
    by: BrokenDownBy | None
    shown: tuple[ShownIndicator, ...]
    coverage: Coverage
    # Service minutes of the whole scope on formal cases, and all others: class R.
    waterline: tuple[int, int] | None
    is_provisional: bool = False
    # Whether the decision on which amounts are printed is still to be made (D17.7).
    is_being_checked: bool = False


IS_BEING_CHECKED = (
    "Hours and other amounts are being checked: whether one of them could be worked out from the "
    "others. It takes a minute or two; then load this page again."
)


Figures = ExactFigures | PublishedFigures


def checking(*all_figures: Figures) -> list[str]:
    """What a page says while it is not decided which amounts of these figures are printed."""
    return [IS_BEING_CHECKED] if any(is_being_checked(each) for each in all_figures) else []


def is_being_checked(figures: Figures) -> bool:
    return isinstance(figures, PublishedFigures) and figures.is_being_checked
