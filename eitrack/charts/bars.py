"""Bars of a breakdown: one figure per part, in the given order, on one scale."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from eitrack.charts.geometry import Box, length
from eitrack.charts.rows import NO_BAR, BarCell, BarRow, BarTable, bar_table, cell_bar
from eitrack.charts.svg import identity, rectangle
from eitrack.charts.values import Figure


@dataclass(frozen=True)
class Part:
    """One part. Its figure may be (None, "c") if hidden, (None, "–") if missing; a tuple is
    accepted.

    `group` sets the colour of the bar; "plain" is ink.
    """

    label: str
    figure: Figure
    group: str = "plain"
    url: str = ""
    note: str = ""


def bars(
    parts: Iterable[Part],
    *,
    title: str,
    row_header: str = "Part",
    figure_header: str = "Figure",
    note: str = "",
    summary: str | None = None,
    empty: str = "Nothing to show.",
    id: str | None = None,
) -> BarTable:
    """Rows keep their order, on one scale from 0 to the highest figure."""
    parts = [replace(part, figure=Figure(*part.figure)) for part in parts]
    top = max((part.figure.value or 0 for part in parts), default=0)
    if summary is None:
        summary = summed_up(parts, figure_header) if parts else empty
    return bar_table(
        (
            BarRow(part.label, part.url, part.note, (BarCell(part.figure.text, bar(part, top)),))
            for part in parts
        ),
        (row_header, figure_header),
        id=id or identity("breakdown", title, parts),
        title=title,
        summary=summary,
        notes=(note,) if note else (),
    )


def summed_up(parts: Sequence[Part], header: str) -> str:
    """The range from lowest to highest, and how many are not shown; no part is named."""
    known = sorted(
        (part.figure for part in parts if part.figure.value is not None),
        key=lambda figure: figure.value or 0,
    )
    if not known:
        return f"{header}: nothing shown."
    low, high = known[0].text, known[-1].text
    said = [f"{header} from {low} to {high}" if low != high else f"{header} {low}"]
    if len(known) < len(parts):
        said.append(f"{len(parts) - len(known)} of {len(parts)} not shown")
    return f"{'; '.join(said)}."


def bar(part: Part, top: float) -> SafeString:
    if part.figure.value is None:
        return NO_BAR
    return cell_bar(
        rectangle(
            Box(0, 0, length(part.figure.value, top), 100),
            data_value=part.figure.value,
            class_=f"mark group-{part.group}",
        )
    )
