"""Paired bars: two measures side by side for each person, inside a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from eitrack.charts.geometry import Box, length
from eitrack.charts.rows import NO_BAR, BarCell, BarRow, BarTable, bar_table, cell_bar
from eitrack.charts.svg import identity, rectangle
from eitrack.charts.values import in_words


@dataclass(frozen=True)
class Measure:
    """One column of bars; `group` sets the colour, "plain" is ink."""

    label: str
    unit: str = "count"
    group: str = "plain"


@dataclass(frozen=True)
class Row:
    """One person; `values` has one entry per measure: 0 is none, None is missing."""

    label: str
    values: Sequence[float | None]
    url: str = ""
    note: str = ""


def paired_bars(
    rows: Iterable[Row],
    measures: Iterable[Measure],
    *,
    title: str,
    row_header: str = "Worker",
    summary: str | None = None,
    empty: str = "Nobody to show.",
    id: str | None = None,
    one_scale: bool = False,
) -> BarTable:
    """Rows keep their order; each measure has its own scale from 0.

    With `one_scale` all bars share one: two measures in the same unit.
    """
    rows, measures = list(rows), list(measures)
    tops = [max((row.values[i] or 0 for row in rows), default=0) for i in range(len(measures))]
    if one_scale:
        tops = [max(tops)] * len(measures)
    if summary is None:
        summary = ranges(rows, measures) if rows else empty
    return bar_table(
        (
            BarRow(
                row.label,
                row.url,
                row.note,
                tuple(
                    BarCell(in_words(value, measure.unit), bar(value, top, measure))
                    for value, top, measure in zip(row.values, tops, measures, strict=True)
                ),
            )
            for row in rows
        ),
        (row_header, *(measure.label for measure in measures)),
        id=id or identity("bars", title, [(row.label, list(row.values)) for row in rows]),
        title=title,
        summary=summary,
    )


def ranges(rows: Sequence[Row], measures: Sequence[Measure]) -> str:
    """The range of each measure, without names: "Hours 12 h to 38 h"."""
    sentences = []
    for i, measure in enumerate(measures):
        values = [row.values[i] for row in rows]
        known = [value for value in values if value is not None]
        span = [in_words(value, measure.unit) for value in sorted(set(bounds(known)))]
        sentences.append(f"{measure.label} {' to '.join(span) or 'not known'}")
    return "; ".join([sentences[0], *(s[0].lower() + s[1:] for s in sentences[1:])]) + "."


def bounds(values: Sequence[float]) -> tuple[float, ...]:
    return (min(values), max(values)) if values else ()


def bar(value: float | None, top: float, measure: Measure) -> SafeString:
    if value is None:
        return NO_BAR
    return cell_bar(
        rectangle(
            Box(0, 0, length(value, top), 100),
            data_value=value,
            class_=f"mark group-{measure.group}",
        )
    )
