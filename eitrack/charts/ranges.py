"""Ranges: for each row from the lowest to the highest possible value, never one in between."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from eitrack.charts.geometry import Box
from eitrack.charts.rows import NO_BAR, BarCell, BarRow, BarTable, bar_table, cell_bar
from eitrack.charts.svg import element, identity, percent, rectangle
from eitrack.charts.values import NOTHING, in_words

REACH, OPEN_END = 88, 96  # If a range is open, closed ones leave room for its arrow.
NARROWEST = 2  # The shortest bar, so that a range of one number is visible.
ARROW = "M0-8 9 0 0 8Z"


@dataclass(frozen=True)
class Range:
    """`high` None is an open end: `low` or more. `low` None is not known or not shown.

    `text` is for symbols such as "c". `grade` is a letter.
    """

    label: str
    low: float | None
    high: float | None = None
    text: str = ""
    grade: str = ""
    url: str = ""
    note: str = ""

    @property
    def is_open(self) -> bool:
        return self.low is not None and self.high is None

    def in_words(self, unit: str) -> str:
        """ "40 to 65", "40 or more", "40" where both ends are one."""
        if self.text or self.low is None:
            return self.text or NOTHING
        low = in_words(self.low, unit)
        if self.is_open:
            return f"{low} or more"
        high = in_words(self.high, unit)
        return low if low == high else f"{low} to {high}"


def range_bars(
    ranges: Iterable[Range],
    *,
    title: str,
    unit: str = "count",
    row_header: str = "Series",
    range_header: str = "People reached",
    grade_header: str = "Grade",
    note: str = "",
    summary: str | None = None,
    empty: str = "Nothing to show.",
    id: str | None = None,
) -> BarTable:
    """Rows keep their order, on one scale from 0; grades, if any, have a column."""
    ranges = list(ranges)
    graded = any(row.grade for row in ranges)
    top = max((end for row in ranges for end in (row.low, row.high) if end is not None), default=0)
    full = REACH if any(row.is_open for row in ranges) else 100
    if summary is None:
        summary = summed_up(ranges, unit, range_header) if ranges else empty
    return bar_table(
        (
            BarRow(
                row.label,
                row.url,
                row.note,
                (
                    BarCell(row.in_words(unit), bar(row, top, full)),
                    *((BarCell(row.grade or NOTHING),) if graded else ()),
                ),
            )
            for row in ranges
        ),
        (row_header, range_header, *((grade_header,) if graded else ())),
        id=id or identity("ranges", title, ranges, unit),
        title=title,
        summary=summary,
        notes=(note,) if note else (),
        has_words=graded,
    )


def summed_up(ranges: Sequence[Range], unit: str, header: str) -> str:
    """The range over all rows, and how many are open or missing, without names."""
    known = [(row.low, row.high or 0) for row in ranges if row.low is not None]
    if not known:
        return f"{header}: nothing shown."
    low = in_words(min(low for low, _ in known), unit)
    high = in_words(max(max(ends) for ends in known), unit)
    open_ends = sum(row.is_open for row in ranges)
    if open_ends:
        said = [
            f"from {low} to {high} or more",
            f"{open_ends} of {len(ranges)} without an upper end",
        ]
    else:
        said = [f"from {low} to {high}" if low != high else low]
    if len(known) < len(ranges):
        said.append(f"{len(ranges) - len(known)} of {len(ranges)} not shown")
    return f"{header} {'; '.join(said)}."


def bar(row: Range, top: float, full: float) -> SafeString:
    if row.low is None:
        return NO_BAR
    left, right = (full * float(end) / float(top or 1) for end in (row.low, row.high or row.low))
    if row.is_open:
        right = OPEN_END
    elif 0 < right < left + NARROWEST:
        left = min(left, full - NARROWEST)
        right = left + NARROWEST
    mark = rectangle(
        Box(left, 0, right - left, 100),
        data_low=row.low,
        data_high=row.high,
        class_="mark group-plain",
    )
    track = element("line", x1="0%", x2="100%", y1="50%", y2="50%", class_="bar-track")
    return cell_bar(track, mark, *((arrow(),) if row.is_open else ()))


def arrow() -> SafeString:
    """The head of a bar with an open end."""
    head = element("path", d=ARROW, class_="mark group-plain")
    return element("svg", head, x=percent(OPEN_END), y="50%")
