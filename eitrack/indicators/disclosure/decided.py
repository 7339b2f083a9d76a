"""The decision on the figures of a period, and class R as printed by it (D17)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from eitrack.indicators.disclosure.quantities import Key, has_rows, is_amount, keys_of
from eitrack.indicators.disclosure.rows import row_key
from eitrack.indicators.disclosure.rules import LEAST_WORKERS
from eitrack.indicators.disclosure.symbols import CONFIDENTIAL, NOT_AVAILABLE
from eitrack.indicators.terms.figures import (
    ALL_ROWS,
    ExactFigures,
    Parts,
    Row,
    ShownCell,
    ShownIndicator,
)
from eitrack.indicators.terms.indicator import Indicator
from eitrack.indicators.terms.words import exact_cell, figure_text

BEING_CHECKED = "being checked"


@dataclass(frozen=True)
class Decided:
    """Keys of the amounts that are printed; `instead` stands where one is not.

    `hidden_counts` is what releases of the period have hidden of counts (`released.all_hidden`).
    """

    printed: frozenset[Key] = frozenset()
    hidden: frozenset[Key] = frozenset()
    instead: str = CONFIDENTIAL
    hidden_counts: Mapping[str, dict[str, Any]] = field(default_factory=dict, compare=False)

    @property
    def is_made(self) -> bool:
        return self.instead == CONFIDENTIAL

    @property
    def is_being_checked(self) -> bool:
        return self.instead == BEING_CHECKED

    def prints(self, code: str, by: str = "", row: str = "") -> bool:
        """Whether the figure of a row, or the total, is printed; those of protocols always."""
        if not is_amount(code):
            return True
        return all(key in self.printed for key in keys_of(code, by, row))

    def prints_hours(self, by: str, row: str) -> bool:
        """Whether the service's hours in a row are printed: those of a stream, or of one kind of
        work.
        """
        return self.prints("FND-01", by, row)

    def without_rows(self, by: str) -> "Decided":
        """The same without the rows of one breakdown."""
        left = frozenset(key for key in self.printed if key[1] != by)
        return replace(self, printed=left, hidden=self.hidden | (self.printed - left))

    def as_dict(self) -> dict[str, list[list[str]]]:
        return {name: sorted(map(list, getattr(self, name))) for name in ("printed", "hidden")}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "Decided | None":
        """As stored; None for a release from before amounts were decided."""
        if "printed" not in kept:
            return None
        printed, hidden = (frozenset(map(tuple, kept[name])) for name in ("printed", "hidden"))
        return cls(printed, hidden)


UNDECIDED = Decided(instead=BEING_CHECKED)
# For a quarter in its first month: amounts are as at the end of the last month (D17.6).
NOTHING_YET = Decided(instead=NOT_AVAILABLE)


def shown_resource(
    indicator: Indicator,
    total: Parts,
    rows: Sequence[tuple[Row, Parts]],
    figures: ExactFigures,
    decided: Decided,
) -> ShownIndicator:
    """A figure of class R and its rows; `c` if its amounts are not printed.

    A figure that now rests on fewer than five workers is hidden whatever was decided. Rows of
    protocol work, except teams, are printed for years only (D17.6).
    """
    by = figures.by.code if figures.by else ""
    if is_amount(indicator.code) and by and not has_rows(indicator.code, by, figures.period):
        rows = []
    return ShownIndicator(
        indicator,
        _total(indicator, total, decided),
        tuple(
            ShownCell(row.label, _text(indicator, parts, decided, by, row_key(row)))
            for row, parts in rows
        ),
    )


def _total(indicator: Indicator, parts: Parts, decided: Decided) -> ShownCell:
    cell = exact_cell(indicator, ALL_ROWS, parts)
    text = _text(indicator, parts, decided)
    return cell if text == cell.figure else ShownCell(ALL_ROWS, text)


def _text(indicator: Indicator, parts: Parts, decided: Decided, by: str = "", row: str = "") -> str:
    if not is_amount(indicator.code):
        return figure_text(indicator.unit, parts)
    if decided.is_made and not parts.numerator and not parts.denominator:
        return figure_text(indicator.unit, parts)
    if 0 < parts.workers < LEAST_WORKERS or not decided.prints(indicator.code, by, row):
        return decided.instead
    return figure_text(indicator.unit, parts)


def in_whole_hours(waterline: tuple[float, float]) -> tuple[int, int]:
    """Minutes on cases and others, rounded to the printed hours."""
    on_cases, others = waterline
    whole, on_cases = (60 * round(minutes / 60) for minutes in (on_cases + others, on_cases))
    return on_cases, whole - on_cases
