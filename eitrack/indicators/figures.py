"""Figures as they are calculated, and as they may be shown. No Django here.

`ExactFigures` cannot become text by accident; `disclosure.publish` turns them into
`PublishedFigures`, which hold nothing but text (INDICATORS.md D14).
"""

from dataclasses import dataclass, field

from eitrack.indicators.indicator import Indicator, Unit

NOTHING = "–"
ALL_ROWS = "All"
SOME_ESTIMATES = 0.2
MOSTLY_ESTIMATES = 0.5


@dataclass(frozen=True)
class Parts:
    """What a figure is made of. Minutes where the indicator counts time.

    `known` of `asked` records hold the field the figure needs; `estimated` is the part of the
    numerator that was estimated; `least` the denominator below which no ratio is shown;
    `workers` the number of workers it rests on.
    """

    numerator: float = 0
    denominator: float | None = None
    known: int = 0
    asked: int = 0
    estimated: float = 0
    least: float = 0
    workers: int = 0

    @property
    def value(self):
        """Numerator by denominator; None for a share of nothing or of too little."""
        if self.denominator is None:
            return self.numerator
        if not self.denominator or self.denominator < self.least:
            return None
        return self.numerator / self.denominator

    @property
    def estimated_share(self):
        return self.estimated / self.numerator if self.numerator else 0

    @property
    def known_share(self):
        return self.known / self.asked if self.asked else None


@dataclass(frozen=True)
class Row:
    key: object
    label: str


@dataclass(frozen=True)
class Coverage:
    """Worker-days with a record, out of those on which one was expected."""

    recorded: int
    expected: int

    @property
    def text(self):
        return f"{100 * self.recorded / self.expected:.0f}%" if self.expected else NOTHING


@dataclass(frozen=True)
class ExactFigures:
    """`totals[code]` and `cells[code][row key]` are Parts; rows are in display order."""

    scope: object
    period: object
    by: object
    indicators: tuple[Indicator, ...]
    rows: tuple[Row, ...]
    totals: dict[str, Parts] = field(repr=False)
    cells: dict[str, dict[object, Parts]] = field(repr=False)
    coverage: Coverage
    is_provisional: bool = False

    def __str__(self):
        raise TypeError("Exact figures are not for print; use disclosure.publish().")

    @property
    def waterline(self):
        """Service minutes on formal cases, and all others; None where they were not asked for."""
        parts = self.totals.get("VIS-03")
        return parts and (parts.denominator, parts.numerator - parts.denominator)

    def rows_of(self, indicator):
        """The rows with their Parts, or nothing where the breakdown does not apply."""
        cells = self.cells.get(indicator.code)
        # A row without records counts 0, but its share or ratio has nothing to divide.
        none = Parts() if indicator.unit == Unit.COUNT else Parts(denominator=0)
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
    period: object
    by: object
    shown: tuple[ShownIndicator, ...]
    coverage: Coverage
    # Service minutes of the whole scope on formal cases, and all others: class R.
    waterline: tuple[int, int] | None
    is_provisional: bool = False


def figure_text(indicator, parts):
    """The figure in words: "56%", "2.9", "1,234" or "1,230 e"; "–" for a share of nothing."""
    if parts.value is None:
        return NOTHING
    if indicator.unit == Unit.PERCENT:
        return f"{100 * parts.value:.0f}%"
    if indicator.unit == Unit.RATIO:
        return f"{parts.value:.1f}"
    # A figure that is mostly estimates is not shown as if every one had been counted (C7).
    number = round(parts.value, -1) if parts.estimated_share >= MOSTLY_ESTIMATES else parts.value
    mark = " e" if parts.estimated_share >= SOME_ESTIMATES else ""
    return f"{number:,.0f}{mark}"


def amount_text(indicator, amount):
    """A numerator or denominator in words: hours where the indicator counts time."""
    if amount is None:
        return ""
    if indicator.shows_hours:
        return f"{amount / 60:,.0f} h"
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.1f}"


def known_text(parts):
    return "" if parts.known_share is None else f"{100 * parts.known_share:.0f}%"


def exact_cell(indicator, label, parts):
    """A line of an exact table, for those with a duty to see it."""
    if parts.denominator is None:
        # The figure is its own numerator.
        return ShownCell(label, figure_text(indicator, parts), known=known_text(parts))
    numerator = amount_text(indicator, parts.numerator)
    denominator = amount_text(indicator, parts.denominator)
    between = "to" if indicator.unit == Unit.RATIO else "of"
    return ShownCell(
        label,
        figure_text(indicator, parts),
        numerator,
        denominator,
        known_text(parts),
        f"{numerator} {between} {denominator}",
    )


def shown(figures):
    """Figures as text, one `ShownIndicator` each, whether exact or published.

    Exact ones are for the screen of somebody whom `figures_for` gave them.
    """
    if isinstance(figures, PublishedFigures):
        return figures.shown
    return tuple(
        ShownIndicator(
            indicator,
            exact_cell(indicator, ALL_ROWS, figures.totals[indicator.code]),
            tuple(
                exact_cell(indicator, row.label, parts) for row, parts in figures.rows_of(indicator)
            ),
        )
        for indicator in figures.indicators
    )
