"""Small multiples: the same columns for each panel, all on one scale."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from eitrack.charts.axes import shortened
from eitrack.charts.chart import Chart, LegendEntry, Table
from eitrack.charts.geometry import column_box, middle, round_ticks
from eitrack.charts.groups import GROUPS
from eitrack.charts.stacked import Column, summed_up
from eitrack.charts.svg import element, identity, marked, patterns, percent, rectangle, swatch
from eitrack.charts.values import NOTHING, in_words, total_in_words


@dataclass(frozen=True)
class Panel:
    """One panel, with the same periods as the others; `text` is its figure in words."""

    label: str
    columns: Sequence[Column]
    text: str = ""
    url: str = ""
    note: str = ""

    def values(self, key: str) -> list[float | None]:
        return [column.values[key] for column in self.columns]

    def heights(self, groups: Iterable[str]) -> list[float]:
        return [sum(column.values[key] or 0 for key in groups) for column in self.columns]


@dataclass(frozen=True)
class DrawnPanel:
    label: str
    text: str
    url: str
    note: str
    svg: SafeString


@dataclass(frozen=True, kw_only=True)
class SmallMultiples(Chart):
    panels: tuple[DrawnPanel, ...]
    template = "charts/_small_multiples.html"


def small_multiples(
    panels: Iterable[Panel],
    groups: Mapping[str, str] | None = None,
    *,
    title: str,
    unit: str = "minutes",
    row_header: str = "Worker",
    note: str = "",
    summary: str | None = None,
    empty: str = "Nothing logged in this time.",
    id: str | None = None,
) -> SmallMultiples:
    """Panels in the given order; `groups` maps group to label, in stack order from the foot.

    Every panel has its name and figure as text, and its columns in one table, so the drawings are
    hidden from screen readers. Panels of different lengths raise ValueError.
    """
    panels, groups = list(panels), dict(groups or GROUPS)
    if len({len(panel.columns) for panel in panels}) > 1:
        raise ValueError("The panels of one chart have the same periods.")
    id = id or identity("panels", title, panels, unit)
    highest = max((height for panel in panels for height in panel.heights(groups)), default=0)
    top = round_ticks(highest, unit)[-1]
    if summary is None:
        summary = said(panels, groups, unit) if highest else empty
    scale = f"One scale for all: the line at the top of each is {in_words(top, unit)}."
    return SmallMultiples(
        id=id,
        title=title,
        summary=summary,
        svg=SafeString(""),
        table=Table(
            headers=(row_header, *groups.values(), *(("All",) if len(groups) > 1 else ())),
            rows=tuple(row for panel in panels for row in rows(panel, groups, unit)),
        ),
        legend=legend(id, groups),
        notes=(scale, *((note,) if note else ())),
        is_empty=not highest,
        panels=tuple(
            DrawnPanel(
                panel.label,
                panel.text or total_in_words(all_values(panel, groups), unit),
                panel.url,
                panel.note,
                drawn(id, panel, groups, top, is_first=not i),
            )
            for i, panel in enumerate(panels if highest else ())
        ),
    )


def all_values(panel: Panel, groups: Mapping[str, str]) -> list[float | None]:
    return [value for key in groups for value in panel.values(key)]


def said(panels: Sequence[Panel], groups: Mapping[str, str], unit: str) -> str:
    totals = {
        key: sum(value or 0 for panel in panels for value in panel.values(key)) for key in groups
    }
    if len(groups) == 1:
        return f"In all {in_words(sum(totals.values()), unit)}."
    return summed_up(groups, totals, unit)


def rows(panel: Panel, groups: Mapping[str, str], unit: str) -> Iterator[tuple[str, ...]]:
    """A row for each period and one for all, which fits a phone and paper."""
    for column in panel.columns:
        values = [column.values[key] for key in groups]
        yield row(f"{panel.label}, {column.full_name}", [[value] for value in values], unit)
    yield row(f"{panel.label}, in all", [panel.values(key) for key in groups], unit)


def row(name: str, groups: Sequence[Sequence[float | None]], unit: str) -> tuple[str, ...]:
    totals = [total_in_words(values, unit) for values in groups]
    if len(groups) > 1:
        totals.append(total_in_words([value for values in groups for value in values], unit))
    return (name, *totals)


def legend(id: str, groups: dict[str, str]) -> tuple[LegendEntry, ...]:
    if len(groups) == 1:
        return ()
    return tuple(LegendEntry(swatch(id, key), groups[key]) for key in reversed(groups))


def drawn(
    id: str, panel: Panel, groups: Mapping[str, str], top: float, *, is_first: bool
) -> SafeString:
    """The columns of one panel by group; the first panel holds the patterns of all."""
    periods = len(panel.columns)
    boxes = [
        column_box(i, periods, [column.values[key] for key in groups], top)
        for i, column in enumerate(panel.columns)
    ]
    marks = [
        element(
            "g",
            *(
                rectangle(boxes[i][place], data_value=value)
                for i, value in enumerate(panel.values(key))
                if value
            ),
            data_series=key,
            **marked(id, key),
        )
        for place, key in enumerate(groups)
    ]
    return element(
        "svg",
        *((patterns(id, groups),) if is_first else ()),
        *(level(y, is_foot=y == "100%") for y in ("0%", "100%")),
        element("g", *marks, class_="column"),
        *missing(panel, groups),
        *ends(panel.columns),
        class_="columns-svg is-small",
        aria_hidden="true",
    )


def level(y: str, *, is_foot: bool) -> SafeString:
    line = element("line", x1="0%", x2="100%", y1=y, y2=y)
    return element("g", line, class_="chart-tick is-foot" if is_foot else "chart-tick")


def missing(panel: Panel, groups: Mapping[str, str]) -> Iterator[SafeString]:
    """A dash at the foot of each unknown period; none at a zero."""
    for i, column in enumerate(panel.columns):
        if all(column.values[key] is None for key in groups):
            at = percent(middle(i, len(panel.columns)))
            yield element("text", NOTHING, x=at, y="100%", dy="-0.3em", data_missing=i)


def ends(columns: Sequence[Column]) -> Iterator[SafeString]:
    """The names of the first and the last period."""
    places = [(columns[0], "0%", "is-start"), (columns[-1], "100%", "is-flush")]
    for column, x, place in places[: len(columns)]:
        yield element("text", shortened(column.label), x=x, y="100%", dy="1.3em", class_=place)
