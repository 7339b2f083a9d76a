"""A printed figure parsed from its text: no more is known of it than is printed."""

import re
from dataclasses import dataclass

from eitrack.indicators.disclosure import ESTIMATE, SYMBOLS
from eitrack.indicators.terms.indicator import Unit
from eitrack.indicators.terms.words import AT_LEAST

NUMBER = r"\d[\d,]*(?:\.\d+)?"
PRINTED = re.compile(
    rf"(?P<least>{AT_LEAST})?(?P<first>{NUMBER})(?: to (?P<last>{NUMBER}))?"
    r"(?P<suffix>%| h| working days| days| points)?"
    rf"(?P<more> or more)?(?P<estimate> {ESTIMATE})?(?: \(grade (?P<grade>[A-D])\))?"
)
UNITS = {
    "%": Unit.PERCENT,
    " h": Unit.HOURS,
    " working days": Unit.DAYS,
    " days": Unit.CALENDAR_DAYS,
    " points": Unit.POINTS,
}
PLAIN_NUMBER = "number"
# Symbols in place of a figure; `e` is beside one.
INSTEAD = tuple(symbol for symbol in SYMBOLS if symbol != ESTIMATE)


@dataclass(frozen=True)
class Fact:
    """`value` is one number; a range has `lower` and `upper` instead, never a mid-point.

    Percentages are whole ("53%" is 53). `is_at_least`: it may be more than printed. `symbol` is set
    if there is no number; words in place of a figure ("not yet collected") are in `text` only.
    """

    text: str
    unit: str
    value: int | float | None = None
    lower: int | float | None = None
    upper: int | float | None = None
    symbol: str = ""
    is_estimate: bool = False
    is_at_least: bool = False
    grade: str = ""

    @property
    def is_plain(self):
        """Whether the text is one number with its unit and no qualification."""
        return self.value is not None and not (self.is_estimate or self.is_at_least or self.grade)

    @property
    def is_figure(self):
        """Whether it is a number, a range or a symbol, not words."""
        return self.value is not None or self.lower is not None or bool(self.symbol)


def facts_of(unit, figure):
    """The Fact of a printed figure; only the text of a text that is no figure.

    `unit` is that of the indicator, or "" for a figure with its own: "62 h", "108".
    """
    found = PRINTED.fullmatch(figure)
    if not found:
        return Fact(figure, unit or PLAIN_NUMBER, symbol=figure if figure in INSTEAD else "")
    first = number(found["first"])
    last = number(found["last"]) if found["last"] else None
    is_range = last is not None or unit == Unit.RANGE
    return Fact(
        text=figure,
        unit=unit or UNITS.get(found["suffix"], PLAIN_NUMBER),
        value=None if is_range else first,
        lower=first if is_range else None,
        upper=(first if last is None else last) if is_range else None,
        is_estimate=bool(found["estimate"]),
        is_at_least=bool(found["least"] or found["more"]),
        grade=found["grade"] or "",
    )


def named_facts(beside):
    """The figures printed beside another, by name: "children 620, adults 455"."""
    pairs = []
    for part in filter(None, beside.split(", ")):
        # The longest suffix that is a figure; what is before it is the name.
        words = part.split(" ")
        cut = next((i for i in range(1, len(words)) if _is_figure(" ".join(words[i:]))), len(words))
        pairs.append((" ".join(words[:cut]), facts_of("", " ".join(words[cut:]))))
    return pairs


def number(text):
    digits = text.replace(",", "")
    return float(digits) if "." in digits else int(digits)


def _is_figure(text):
    return text in INSTEAD or bool(PRINTED.fullmatch(text))
