"""Safe SVG: all attributes and text escaped, styled by classes only."""

import re
from collections.abc import Container, Mapping
from functools import cache
from html import escape
from typing import Any
from zlib import crc32

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from eitrack.charts.geometry import Box
from eitrack.charts.groups import PATTERNED

SPECIAL = re.compile("""[&<>"']""").search


def element(tag: str, *children: object, **attributes: object) -> SafeString:
    """One element: `data_value` becomes `data-value`, `class_` `class`; None is left out.

    Built by hand: a page has hundreds, and `format_html` would take most of its time.
    """
    return _element(tag, "", children, attributes)


def _element(
    tag: str, written: str, children: tuple[object, ...], attributes: Mapping[str, object]
) -> SafeString:
    """Already escaped attributes come first."""
    for name, value in attributes.items():
        if value is not None:
            written += f' {attribute(name)}="{escaped(value)}"'
    return SafeString(f"<{tag}{written}>{''.join(map(escaped, children))}</{tag}>")


@cache
def attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def escaped(value: Any) -> str:
    """As `conditional_escape`, for the plain text and numbers of charts."""
    if isinstance(value, str):
        return value if isinstance(value, SafeString) or not SPECIAL(value) else escape(value)
    return str(value) if isinstance(value, int | float) else str(conditional_escape(value))


def percent(number: float) -> str:
    """A length in percent, as precise as a pixel: "33.33%"."""
    return f"{round(number, 2):g}%"


def rectangle(box: Box, *children: object, **attributes: object) -> SafeString:
    place = f' x="{percent(box.x)}" y="{percent(box.y)}"'
    size = f' width="{percent(box.width)}" height="{percent(box.height)}"'
    return _element("rect", place + size, children, attributes)


def identity(kind: str, *content: object) -> str:
    """An id computed from the content: the same on every server and in every fragment.

    Two charts on a page get the same id only if all their text is the same; then pass `id`.
    """
    return f"{kind}-{crc32(repr(content).encode()):08x}"


def picture(
    id: str, title: str, description: str, *children: object, **attributes: object
) -> SafeString:
    """A drawing announced by its title and one sentence."""
    return element(
        "svg",
        element("title", title, id=f"{id}-title"),
        element("desc", description, id=f"{id}-desc"),
        *children,
        role="img",
        aria_labelledby=f"{id}-title {id}-desc",
        **attributes,
    )


def fill_of(id: str, group: str) -> str | None:
    """The fill of a group: a reference to its pattern, or "" if its class is enough."""
    return f"url(#{id}-{group})" if group in PATTERNED else None


def patterns(id: str, groups: Container[str]) -> SafeString:
    """The patterns of those groups that have one; lines are in the paper colour."""
    return element(
        "defs",
        *(
            element(
                "pattern",
                element("rect", width=size, height=size, class_=f"group-{group}"),
                element("path", d=path, class_="hatch"),
                id=f"{id}-{group}",
                width=size,
                height=size,
                patternUnits="userSpaceOnUse",
            )
            for group, (size, path) in PATTERNED.items()
            if group in groups
        ),
    )


def swatch(id: str, group: str) -> SafeString:
    """The small square of a legend, filled like the marks."""
    return element(
        "svg",
        element("rect", width="100%", height="100%", **marked(id, group)),
        class_="chart-swatch",
        aria_hidden="true",
    )


def marked(id: str, group: str) -> dict[str, str | None]:
    """Attributes that give a mark its group: a class, and a pattern if it has one."""
    fill = fill_of(id, group)
    return {"class_": "mark" if fill else f"mark group-{group}", "fill": fill}
