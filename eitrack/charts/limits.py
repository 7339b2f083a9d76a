"""Limits of a control chart: which values are outside, and how limits are drawn and named."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from eitrack.charts.chart import LegendEntry
from eitrack.charts.svg import element, percent
from eitrack.charts.values import NOTHING

DIAMOND = "M0-7 7 0 0 7-7 0Z"  # In pixels around its place.


@dataclass(frozen=True)
class Limits:
    """Limits as (value, text), each optional; the caller computes them."""

    centre: tuple[float, str] | None = None
    lower: tuple[float, str] | None = None
    upper: tuple[float, str] | None = None

    def side(self, value: float | None) -> str:
        """The limit a value lies beyond: "above", "below", or "" for neither."""
        if value is None:
            return ""
        if self.upper and value > self.upper[0]:
            return "above"
        return "below" if self.lower and value < self.lower[0] else ""

    @property
    def is_bounded(self) -> bool:
        """Whether a value can be outside: a centre line alone has no limits."""
        return bool(self.lower or self.upper)

    def given(self) -> list[tuple[float, str]]:
        return [figure for figure in (self.centre, self.lower, self.upper) if figure]

    def in_words(self, value: float | None) -> str:
        if value is None:
            return NOTHING
        side = self.side(value)
        return f"outside the limits ({side})" if side else "within the limits"

    def lines(self, top: float) -> Iterator[SafeString]:
        for figure, classes in (
            (self.centre, "limit"),
            (self.lower, "limit is-dashed"),
            (self.upper, "limit is-dashed"),
        ):
            if figure:
                y = percent(100 - 100 * float(figure[0]) / top)
                yield level(y, class_=classes, data_limit=figure[0])

    def legend(self) -> tuple[LegendEntry, ...]:
        entries = []
        if self.centre:
            entries.append(entry(level("50%", class_="limit"), f"Centre line {self.centre[1]}"))
        ends = [("lower limit", self.lower), ("upper limit", self.upper)]
        words = ", ".join(f"{word} {figure[1]}" for word, figure in ends if figure)
        if words:
            line = level("50%", class_="limit is-dashed")
            entries.append(entry(line, words[0].upper() + words[1:]))
            entries.append(entry(diamond(x="50%", y="50%"), "Outside the limits"))
        return tuple(entries)


def level(y: str, **attributes: object) -> SafeString:
    return element("line", x1="0%", x2="100%", y1=y, y2=y, **attributes)


def diamond(*children: object, **attributes: object) -> SafeString:
    """The mark of a value outside: another shape and larger, not only another colour."""
    return element(
        "svg", *children, element("path", d=DIAMOND, class_="mark is-outside"), **attributes
    )


def entry(drawing: SafeString, label: str) -> LegendEntry:
    swatch = element("svg", drawing, class_="chart-swatch", aria_hidden="true")
    return LegendEntry(swatch, label)
