"""A line over periods with breaks and, as a control chart, with limits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from string import ascii_uppercase

from django.utils.safestring import SafeString

from eitrack.charts.axes import foot_texts, gridline, nothing_at
from eitrack.charts.chart import Chart, Table
from eitrack.charts.geometry import middle, round_ticks, slot
from eitrack.charts.limits import Limits, diamond
from eitrack.charts.svg import element, identity, percent, picture
from eitrack.charts.values import Figure

RADIUS = 4  # Of a point, in pixels.


@dataclass(frozen=True)
class Point:
    """One period. `label` is for the axis; `name` is for the table, followed by `note`."""

    label: str
    figure: Figure
    name: str = ""
    note: str = ""

    @property
    def full_name(self) -> str:
        return f"{self.name or self.label} ({self.note})" if self.note else self.name or self.label


@dataclass(frozen=True)
class Break:
    """From the point with this index, figures do not compare with earlier ones.

    Unless the line `goes_on`: then it is only marked.
    """

    index: int
    reason: str
    goes_on: bool = False


def control_line(
    points: Iterable[Point],
    *,
    title: str,
    unit: str = "count",
    limits: Limits | None = None,
    breaks: Iterable[Break] = (),
    period_header: str = "Quarter",
    figure_header: str = "Figure",
    note: str = "",
    summary: str | None = None,
    empty: str = "No figure in this time.",
    id: str | None = None,
) -> Chart:
    """Points in the given order; the line is interrupted at missing figures and breaks.

    `unit` ("minutes", "count" or "percent") is for the axis. `note` says how the limits were
    computed; without `limits` no value is outside.
    """
    points = [replace(point, figure=Figure(*point.figure)) for point in points]
    breaks = sorted(breaks, key=lambda b: b.index)
    bounds = limits if limits and limits.is_bounded else None
    is_empty = all(point.figure.value is None for point in points)
    if summary is None:
        summary = empty if is_empty else summed_up(points, bounds)
    id = id or identity("line", title, points, limits, breaks, unit)
    return Chart(
        id=id,
        title=title,
        summary=summary,
        svg=SafeString("") if is_empty else drawn(id, title, summary, points, limits, breaks, unit),
        table=Table(
            headers=(
                period_header,
                figure_header,
                *(("Against the limits",) if bounds else ()),
                *(("Break in the series",) if breaks else ()),
            ),
            rows=tuple(row(i, points[i], bounds, breaks) for i in range(len(points))),
        ),
        legend=limits.legend() if limits else (),
        notes=(*noted(points, breaks), *((note,) if note else ())),
        is_empty=is_empty,
    )


def row(
    index: int, point: Point, limits: Limits | None, breaks: Sequence[Break]
) -> tuple[str, ...]:
    cells = [point.full_name, point.figure.text]
    if limits:
        cells.append(limits.in_words(point.figure.value))
    if breaks:
        reasons = [f"{x}: {b.reason}" for x, b in lettered(breaks) if b.index == index]
        cells.append("; ".join(reasons))
    return tuple(cells)


def lettered(breaks: Sequence[Break]) -> list[tuple[str, Break]]:
    return list(zip(ascii_uppercase, breaks, strict=False))


def letters_by_place(breaks: Sequence[Break]) -> dict[int, list[str]]:
    """Breaks before the same point share one rule."""
    found: dict[int, list[str]] = {}
    for letter, one in lettered(breaks):
        found.setdefault(one.index, []).append(letter)
    return found


def noted(points: Sequence[Point], breaks: Sequence[Break]) -> tuple[str, ...]:
    """Each break in words: "A, from Q3 2025/26: new definition of a contact"."""
    return tuple(f"{x}, from {points[b.index].full_name}: {b.reason}" for x, b in lettered(breaks))


def summed_up(points: Sequence[Point], limits: Limits | None) -> str:
    """Lowest, highest and latest, and how many are outside or missing, in one sentence."""
    known = sorted(
        (p.figure for p in points if p.figure.value is not None), key=lambda f: f.value or 0
    )
    said = [f"from {known[0].text} to {known[-1].text}"] if known[0] != known[-1] else []
    said.append(f"latest {points[-1].figure.text}, {points[-1].full_name}")
    if limits:
        outside = sum(bool(limits.side(figure.value)) for figure in known)
        said.append(f"{outside or 'none'} of {len(known)} outside the limits")
    if len(known) < len(points):
        said.append(f"{len(points) - len(known)} of {len(points)} without a figure")
    sentence = "; ".join(said)
    return f"{sentence[0].upper()}{sentence[1:]}."


def drawn(
    id: str,
    title: str,
    summary: str,
    points: Sequence[Point],
    limits: Limits | None,
    breaks: Sequence[Break],
    unit: str,
) -> SafeString:
    figures = [point.figure for point in points] + (limits.given() if limits else [])
    ticks = round_ticks(max(value for value, _ in figures if value is not None), unit)
    at = [place(i, points, ticks[-1]) for i in range(len(points))]
    broken = {b.index for b in breaks if not b.goes_on}
    return picture(
        id,
        title,
        summary,
        *(gridline(tick, ticks[-1], unit) for tick in ticks),
        *(limits.lines(ticks[-1]) if limits else ()),
        *(
            break_line(", ".join(letters), index, len(points))
            for index, letters in letters_by_place(breaks).items()
        ),
        *(
            element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_="line-piece")
            for i, ((x1, y1), (x2, y2)) in enumerate(pairwise(at), start=1)
            if y1 and y2 and i not in broken
        ),
        *(one_point(i, points, at[i], limits) for i in range(len(points))),
        class_="columns-svg",
    )


def place(index: int, points: Sequence[Point], top: float) -> tuple[str, str | None]:
    """The position of a point; without a figure it has no height."""
    value = points[index].figure.value
    y = None if value is None else percent(100 - 100 * float(value) / top)
    return percent(middle(index, len(points))), y


def break_line(letters: str, index: int, periods: int) -> SafeString:
    x = percent(index * slot(periods))
    return element(
        "g",
        element("line", x1=x, x2=x, y1="0%", y2="100%"),
        element("text", letters, x=x, y="0%", dy="-0.25em"),
        class_="line-break",
        data_index=index,
    )


def one_point(
    index: int, points: Sequence[Point], at: tuple[str, str | None], limits: Limits | None
) -> SafeString:
    point, (x, y) = points[index], at
    lines = [point.label, *((point.figure.text, point.note) if index == len(points) - 1 else ())]
    texts = foot_texts(lines, index, len(points))
    if y is not None:
        texts.insert(0, point_mark(point, x, y, limits))
    elif index < len(points) - 1:
        texts.append(nothing_at(index, len(points), point.figure.text))
    return element("g", *texts, class_="point", data_label=point.label)


def point_mark(point: Point, x: str, y: str, limits: Limits | None) -> SafeString:
    """A circle within the limits, a larger diamond outside."""
    side = limits.side(point.figure.value) if limits else ""
    words = f"{point.full_name}: {point.figure.text}"
    if not side:
        return element(
            "circle",
            element("title", words),
            cx=x,
            cy=y,
            r=RADIUS,
            data_value=point.figure.value,
            class_="mark group-plain",
        )
    return diamond(
        element("title", f"{words}, outside the limits ({side})"),
        x=x,
        y=y,
        data_value=point.figure.value,
        data_outside=side,
    )
