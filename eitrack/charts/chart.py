"""What every chart passes to `charts/chart.html`: a drawing, its table, its texts."""

from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Table:
    """The figures of the chart as text; the first cell of a row is its header."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class LegendEntry:
    swatch: SafeString
    label: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """`summary` is one sentence on what the drawing shows, even if it shows nothing.

    `notes` explain how to read it: how limits were computed, where figures stop comparing.
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
