"""Rows of bars inside a table: the figure is beside each bar."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from eitrack.charts.chart import Chart, Table
from eitrack.charts.svg import element, escaped

NO_BAR = SafeString("")


@dataclass(frozen=True)
class BarCell:
    text: str
    bar: SafeString = NO_BAR

    @property
    def is_symbol(self) -> bool:
        """Whether the text is a symbol; a quick check, as most cells are none."""
        return not self.bar and len(self.text) == 1 and self.text.islower()

    @property
    def drawn(self) -> str:
        """The text, beside its bar if there is one; built by hand, as a page has hundreds."""
        if not self.bar:
            return self.text
        return SafeString(
            f'<div class="bar-cell"><span>{escaped(self.text)}</span>{escaped(self.bar)}</div>'
        )


@dataclass(frozen=True)
class BarRow:
    label: str
    url: str
    note: str
    cells: tuple[BarCell, ...]


@dataclass(frozen=True, kw_only=True)
class BarTable(Chart):
    """With `has_words` the last column is text, which needs less room than bars."""

    bar_rows: tuple[BarRow, ...]
    has_words: bool = False
    template = "charts/_bar_table.html"


def bar_table(bar_rows: Iterable[BarRow], headers: Iterable[str], **words: Any) -> BarTable:
    """The chart of these rows; its table has the texts of the cells."""
    bar_rows = tuple(bar_rows)
    return BarTable(
        svg=NO_BAR,
        table=Table(
            headers=tuple(headers),
            rows=tuple((row.label, *(cell.text for cell in row.cells)) for row in bar_rows),
        ),
        is_empty=not bar_rows,
        bar_rows=bar_rows,
        **words,
    )


def cell_bar(*marks: SafeString, class_: str = "cell-bar") -> SafeString:
    """The bar of one cell, hidden from screen readers, as the figure is beside it."""
    return element("svg", *marks, class_=class_, aria_hidden="true")
