"""Stacked columns: how much of each group, by period."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from eitrack.charts.axes import foot_texts, gridline, nothing_at
from eitrack.charts.chart import Chart, LegendEntry, Table
from eitrack.charts.geometry import column_box, round_ticks
from eitrack.charts.groups import GROUPS
from eitrack.charts.svg import (
    element,
    identity,
    marked,
    patterns,
    picture,
    rectangle,
    swatch,
)
from eitrack.charts.values import NOTHING, in_words, listed, share_in_words, total_in_words


@dataclass(frozen=True)
class Column:
    """One period. `values` has an entry for every group: 0 is none, None is missing.

    `label` is short, for the axis ("23 Nov"); `name` is for the table ("Week of Mon 23 Nov");
    `note` says what to know of it ("so far").
    """

    label: str
    values: Mapping[str, float | None]
    name: str = ""
    note: str = ""

    @property
    def known(self) -> list[float]:
        return [value for value in self.values.values() if value is not None]

    def total_in_words(self, unit: str) -> str:
        return total_in_words(list(self.values.values()), unit)

    @property
    def full_name(self) -> str:
        return f"{self.name or self.label} ({self.note})" if self.note else self.name or self.label


def stacked_columns(
    columns: Iterable[Column],
    groups: Mapping[str, str] | None = None,
    *,
    title: str,
    unit: str = "minutes",
    column_header: str = "Week",
    summary: str | None = None,
    empty: str = "Nothing logged in this time.",
    id: str | None = None,
) -> Chart:
    """Columns in the given order; `groups` maps group to label, in stack order from the foot."""
    groups = dict(groups or GROUPS)
    columns = [
        replace(column, values={key: column.values[key] for key in groups}) for column in columns
    ]
    totals = {key: sum(column.values[key] or 0 for column in columns) for key in groups}
    is_empty = not any(totals.values())
    if summary is None:
        summary = empty if is_empty else summed_up(groups, totals, unit)
    id = id or identity("columns", title, [(c.label, c.values) for c in columns], unit)
    return Chart(
        id=id,
        title=title,
        summary=summary,
        svg=SafeString("") if is_empty else drawn(id, title, summary, columns, groups, unit),
        table=Table(
            headers=(column_header, *groups.values(), "All"),
            rows=tuple(
                (
                    column.full_name,
                    *(in_words(value, unit) for value in column.values.values()),
                    column.total_in_words(unit),
                )
                for column in columns
            ),
        ),
        legend=tuple(LegendEntry(swatch(id, key), groups[key]) for key in reversed(groups)),
        is_empty=is_empty,
    )


def summed_up(groups: Mapping[str, str], totals: Mapping[str, float], unit: str) -> str:
    whole = sum(totals.values())
    shares = [f"{groups[key].lower()} {share_in_words(totals[key], whole)}" for key in groups]
    return f"In all {in_words(whole, unit)}: {listed(shares)}."


def drawn(
    id: str,
    title: str,
    summary: str,
    columns: Sequence[Column],
    groups: Mapping[str, str],
    unit: str,
) -> SafeString:
    ticks = round_ticks(max(sum(column.known) for column in columns), unit)
    return picture(
        id,
        title,
        summary,
        patterns(id, groups),
        *(gridline(tick, ticks[-1], unit) for tick in ticks),
        *(one_column(id, i, columns, groups, ticks[-1], unit) for i in range(len(columns))),
        class_="columns-svg",
    )


def one_column(
    id: str, index: int, columns: Sequence[Column], groups: Mapping[str, str], top: float, unit: str
) -> SafeString:
    column, is_last = columns[index], index == len(columns) - 1
    boxes = column_box(index, len(columns), column.values.values(), top)
    marks = [
        rectangle(
            box,
            element("title", f"{column.full_name}: {groups[key]} {in_words(value, unit)}"),
            data_series=key,
            data_value=value,
            **marked(id, key),
        )
        for (key, value), box in zip(column.values.items(), boxes, strict=True)
        if value is not None
    ]
    lines = [column.label]
    if is_last:
        lines += [column.total_in_words(unit), column.note]
    texts = foot_texts(lines, index, len(columns))
    if not is_last and not any(column.known):
        texts.append(nothing_at(index, len(columns), "0" if column.known else NOTHING))
    return element("g", *marks, *texts, class_="column", data_label=column.label)
