"""The waterline: above it what a case count shows, below it everything else, on one scale."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from eitrack.charts.chart import Chart, Table
from eitrack.charts.geometry import Box, length, lengths
from eitrack.charts.groups import GROUPS
from eitrack.charts.svg import element, identity, marked, patterns, picture, rectangle
from eitrack.charts.values import in_words, listed

ABOVE, BELOW = 44, 56  # Percent of the height at which the bars leave room for the line.
REACH = 94  # The longest bar ends a little before the line does, as in the logo.


@dataclass(frozen=True, kw_only=True)
class Waterline(Chart):
    above: str
    above_label: str
    below: str
    below_label: str
    below_parts: str = ""
    template = "charts/_waterline.html"


def waterline(
    above: float | None,
    below: dict[str, float | None] | float | None,
    *,
    unit: str = "minutes",
    when: str = "In all",
    above_label: str = "what a case count shows",
    below_label: str = "everything else",
    empty: str = "Nothing logged yet.",
    id: str | None = None,
) -> Waterline:
    """The drawing and its texts.

    `above` and `below` are in the same unit; None means not known. `below` may map groups to
    values, {"unregistered": 600, "partnership": 190}, and is then drawn in parts. `when` begins the
    sentence: "This week".
    """
    parts = below if isinstance(below, dict) else {"unregistered": below}
    known_parts = [value for value in parts.values() if value is not None]
    below = sum(known_parts) if len(known_parts) == len(parts) else None
    id = id or identity("waterline", above, parts, unit, when, above_label, below_label)
    is_empty = above == 0 and below == 0
    title = f"Waterline, {first_small(when)}"
    summary = f"{when}: {first_small(empty)}" if is_empty else said(when, above, below, unit)
    return Waterline(
        id=id,
        title=title,
        summary=summary,
        svg=drawn(id, title, summary, above, below, parts),
        table=Table(
            headers=("", when),
            rows=(
                (above_label.capitalize(), in_words(above, unit)),
                (below_label.capitalize(), in_words(below, unit)),
            ),
        ),
        is_empty=is_empty,
        above=known(above, unit),
        above_label=above_label,
        below=known(below, unit),
        below_label=below_label,
        below_parts=listed_parts(parts, unit) if below and len(parts) > 1 else "",
    )


def first_small(words: str) -> str:
    return words[0].lower() + words[1:]


def known(value: float | None, unit: str) -> str:
    return "not known" if value is None else in_words(value, unit)


def said(when: str, above: float | None, below: float | None, unit: str) -> str:
    """The figures as one sentence: "This week 18 h 40; a case count would show 5 h 30."."""
    if above is None or below is None:
        return (
            f"{when}: {known(above, unit)} that a case count would show, "
            f"{known(below, unit)} beside it."
        )
    return (
        f"{when} {in_words(above + below, unit)}; a case count would show {in_words(above, unit)}."
    )


def listed_parts(parts: Mapping[str, float | None], unit: str) -> str:
    return listed(
        [f"{GROUPS[group].lower()} {in_words(value, unit)}" for group, value in parts.items()]
    )


def drawn(
    id: str,
    title: str,
    summary: str,
    above: float | None,
    below: float | None,
    parts: Mapping[str, float | None],
) -> SafeString:
    """Always the same drawing; the page sets its size."""
    top = max(above or 0, below or 0)
    marks = []
    if above is not None:
        width = length(above, top, REACH)
        box = Box((100 - width) / 2, 0, width, ABOVE)
        marks.append(rectangle(box, data_side="above", data_value=above, class_="mark group-case"))
    if below is not None:
        pieces = lengths([value or 0 for value in parts.values()], top, REACH)
        left = (100 - length(below, top, REACH)) / 2
        for (group, value), (x, width) in zip(parts.items(), pieces, strict=True):
            marks.append(
                rectangle(
                    Box(left + x, BELOW, width, 100 - BELOW),
                    data_side="below",
                    data_series=group,
                    data_value=value,
                    **marked(id, group),
                )
            )
    surface = element("line", x1="0%", x2="100%", y1="50%", y2="50%", class_="waterline-surface")
    drawing = [patterns(id, parts), *marks, surface] if len(parts) > 1 else [*marks, surface]
    return picture(id, title, summary, *drawing, class_="waterline-mark")
