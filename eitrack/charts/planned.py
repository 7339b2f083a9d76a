"""Planned against actual: a bar of the actual value inside an outline of the planned one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from eitrack.charts.chart import LegendEntry
from eitrack.charts.geometry import Box, length
from eitrack.charts.rows import NO_BAR, BarCell, BarRow, BarTable, bar_table, cell_bar
from eitrack.charts.svg import element, identity, rectangle
from eitrack.charts.values import in_words


@dataclass(frozen=True)
class Plan:
    """One row; both figures in the same unit: 0 is none, None is not known."""

    label: str
    planned: float | None
    actual: float | None
    group: str = "unregistered"
    url: str = ""
    note: str = ""

    def in_words(self, unit: str) -> str:
        """ "16 h of 12 h planned", "2 h, none planned", "5 h" where no plan is known."""
        actual = in_words(self.actual, unit)
        if not self.planned:
            return actual if self.planned is None else f"{actual}, none planned"
        return f"{actual} of {in_words(self.planned, unit)} planned"

    def difference(self, unit: str) -> str:
        """The difference of the two figures as shown: "4 h more than planned"."""
        if self.planned is None:
            return "no plan known"
        if self.actual is None:
            return "actual not known"
        more = shown(self.actual, unit) - shown(self.planned, unit)
        if not more:
            return "as planned"
        size = points(abs(more)) if unit == "percent" else in_words(abs(more), unit)
        return f"{size} {'more' if more > 0 else 'less'} than planned"


def planned_against_actual(
    plans: Iterable[Plan],
    *,
    title: str,
    unit: str = "minutes",
    row_header: str = "Host",
    figures_header: str = "Actual and planned",
    difference_header: str = "Difference",
    note: str = "",
    summary: str | None = None,
    empty: str = "Nothing planned and nothing done.",
    id: str | None = None,
) -> BarTable:
    """Rows keep their order; all values are on one scale from 0."""
    plans = list(plans)
    top = max((figure or 0 for plan in plans for figure in (plan.planned, plan.actual)), default=0)
    if summary is None:
        summary = summed_up(plans, unit) if plans else empty
    return bar_table(
        (
            BarRow(
                plan.label,
                plan.url,
                plan.note,
                (BarCell(plan.in_words(unit), bar(plan, top)), BarCell(plan.difference(unit))),
            )
            for plan in plans
        ),
        (row_header, figures_header, difference_header),
        id=id or identity("planned", title, plans, unit),
        title=title,
        summary=summary,
        legend=(
            LegendEntry(sample(outline(Box(5, 10, 90, 80))), "Planned"),
            LegendEntry(sample(filled(Box(5, 25, 90, 50), "plain")), "Actual"),
        ),
        notes=(note,) if note else (),
        has_words=True,
    )


def shown(value: float, unit: str) -> float:
    """The value rounded as in its text."""
    return round(value, 1) if unit == "count" else round(value)


def points(number: float) -> str:
    return f"{number} point" if number == 1 else f"{number} points"


def summed_up(plans: Sequence[Plan], unit: str) -> str:
    """How many rows came to more, less and as much as planned, without names."""
    words = [plan.difference(unit) for plan in plans]
    counts = [
        (sum("more than" in word for word in words), "more than planned"),
        (sum("less than" in word for word in words), "less than planned"),
        (words.count("as planned"), "as planned"),
        (sum("known" in word for word in words), "not to compare"),
    ]
    return f"Of {len(plans)}: {', '.join(f'{n} {what}' for n, what in counts if n)}."


def bar(plan: Plan, top: float) -> SafeString:
    marks = []
    if plan.actual is not None:
        box = Box(0, 20, length(plan.actual, top), 60)
        marks.append(filled(box, plan.group, data_measure="actual", data_value=plan.actual))
    if plan.planned is not None:
        box = Box(0, 0, length(plan.planned, top), 100)
        marks.append(outline(box, data_measure="planned", data_value=plan.planned))
    return cell_bar(*marks, class_="cell-bar is-tall") if marks else NO_BAR


def filled(box: Box, group: str, **attributes: object) -> SafeString:
    return rectangle(box, class_=f"mark group-{group}", **attributes)


def outline(box: Box, **attributes: object) -> SafeString:
    return rectangle(box, class_="bar-outline", **attributes)


def sample(drawing: SafeString) -> SafeString:
    return element("svg", drawing, class_="chart-swatch", aria_hidden="true")
