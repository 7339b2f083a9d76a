"""Which rows under a header are records: not totals, notes, headings, or the header once more."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from eitrack.intake.reading.cells import Cell, text_of
from eitrack.intake.reading.fields import plain_name
from eitrack.intake.reading.header import Head, is_value
from eitrack.intake.reading.tables import Row
from eitrack.intake.reading.values.day_order import span_of
from eitrack.intake.reading.values.day_text import month_of

TOTAL = re.compile(
    r"(?:(?:grand|sub|overall|weekly|monthly|termly|yearly|annual|running)[\s-]?)?"
    r"(?:totals?|sum|averages?|mean)(?:\s(?:for|of|in|this)\b.*)?[\s:=.]*"
    r"|[\w’' ]{1,20}\stotals?[\s:=.]*",
    re.IGNORECASE,
)
NOTE = re.compile(r"\W*(?:notes?|n\.?b|please|key|source|remember|p\.?s)\b|[*†]", re.IGNORECASE)
# Where a total is called one.
FIRST_WORDS = 3
LONGEST_HEADING = 40


class LineKind(Enum):
    """What a row is; only records are taken, the others are said with their numbers."""

    RECORD = "Record"
    TOTAL = "Total"
    HEADING = "Heading"
    NOTE = "Note"
    HEADER = "Header once more"


@dataclass(frozen=True)
class Line:
    """A row under the header: its number in the sheet, and one cell for each name."""

    number: int
    cells: list[Cell]
    kind: LineKind


def lines(rows: Iterable[Row], head: Head) -> Iterator[Line]:
    """The rows under a header, each with what it is."""
    width = len(head.names)
    plain = {plain_name(name) for name in head.names}
    for number, cells in rows:
        if number > head.row:
            row = (cells + [""] * (width - len(cells)))[:width]
            if any(cell != "" for cell in row):
                yield Line(number, row, kind_of_line(row, plain))


def kind_of_line(cells: Sequence[Cell], names: set[str]) -> LineKind:
    """Most rows are records, so what is cheap is looked at first."""
    filled = [cell for cell in cells if cell != ""]
    words = [cell for cell in filled if isinstance(cell, str)]
    if len(words) == len(filled) > 1 and plain_name(words[0]) in names:
        again = sum(plain_name(cell) in names for cell in words)
        if again > len(words) / 2:
            return LineKind.HEADER
    if any(map(TOTAL.fullmatch, words[:FIRST_WORDS])) and not _has_day(filled):
        return LineKind.TOTAL
    if len(filled) == 1 and len(cells) > 2:
        return _kind_of_alone(text_of(filled[0]), filled[0] == cells[0])
    if cells[0] == "" and len(filled) > 1 and all(map(_is_number, filled)):
        return LineKind.TOTAL
    return LineKind.RECORD


def _kind_of_alone(text: str, is_first: bool) -> LineKind:
    """A month, a week or a short word in front heads what follows; all else is a note."""
    if NOTE.match(text) or not is_first:
        return LineKind.NOTE
    names_time = month_of(text.casefold()) or span_of(text)
    return LineKind.HEADING if names_time or len(text) <= LONGEST_HEADING else LineKind.NOTE


def _has_day(cells: Sequence[Cell]) -> bool:
    return any(is_value(cell) and not _is_number(cell) for cell in cells)


def _is_number(cell: Cell) -> bool:
    if isinstance(cell, str):
        return bool(re.fullmatch(r"\d+(?:[.,]\d+)?|\d+:\d\d|\d+\s?(?:h|hrs?|mins?)\.?", cell))
    return not hasattr(cell, "year")
