"""What every chart hands to `charts/chart.html`: a drawing, its table, its words."""

from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Table:
    """The chart's figures as text; the first cell of a row names the row."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class LegendEntry:
    swatch: SafeString
    label: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """`summary` is one sentence that says what the drawing shows, also when it shows nothing.

    `notes` are what one has to know to read it: how limits were reckoned, where a series breaks.
    """

    id: str
    title: str
    summary: str
    svg: SafeString
    table: Table
    legend: tuple[LegendEntry, ...] = ()
    notes: tuple[str, ...] = ()
    is_empty: bool = False
    template = "charts/_drawing.html"
