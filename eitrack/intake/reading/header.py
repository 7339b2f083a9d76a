"""Where a table begins under its titles: the header, one row or two, and a name for each column."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median

from eitrack.intake.reading.cells import Cell, Unclear, text_of
from eitrack.intake.reading.fields import KNOWN, plain_name
from eitrack.intake.reading.files.refusal import NotReadable
from eitrack.intake.reading.files.survey import NOT_CALCULATED
from eitrack.intake.reading.tables import Row
from eitrack.intake.reading.values.day_text import written

SAMPLE = 60
BELOW = 20
NO_TABLE = "There is no table in this sheet."
FORMULAS = (
    "Most cells of this sheet are formulas that were never calculated. Open the file in a "
    "spreadsheet, save it, and send it again."
)
NO_HEADER = "No row names the columns, so they go by their letters."


@dataclass(frozen=True)
class Head:
    """The header: the number of its row, the lower of two; 0 where no row names the columns.

    `titles` are the texts above it, the nearest first; `said` is a sentence for whoever sent it.
    """

    row: int
    names: tuple[str, ...]
    titles: tuple[str, ...] = ()
    said: str = ""


def find_head(rows: Iterable[Row]) -> Head:
    """The header among the first rows of a sheet; raises NotReadable where there is no table."""
    sample = list(islice(rows, SAMPLE))
    if not sample:
        raise NotReadable(NO_TABLE)
    filled = [cell for _, cells in sample for cell in cells if cell != ""]
    if filled.count(NOT_CALCULATED) > len(filled) / 2:
        raise NotReadable(FORMULAS)
    place = place_of_head(sample)
    if place is None:
        width = max(width_of(cells) for _, cells in sample)
        return Head(0, unique_names([""] * width), said=NO_HEADER)
    upper, lower = two_rows(sample, place)
    width = max(width_of(cells) for _, cells in sample[upper:])
    names = joined_names(texts(sample[upper], width), texts(sample[lower], width))
    above = [text_of(cell) for _, cells in reversed(sample[:upper]) for cell in cells if cell != ""]
    return Head(sample[lower][0], unique_names(names), tuple(above))


def place_of_head(sample: Sequence[Row]) -> int | None:
    """Of the row of words that names most columns: by known names, by values that stand below."""
    scores = [_score(sample, place) for place in range(len(sample))]
    best = max(scores)
    return scores.index(best) if best > 0 else None


def _score(sample: Sequence[Row], place: int) -> float:
    cells = sample[place][1]
    columns = [column for column, cell in enumerate(cells) if cell != ""]
    below = [cells for _, cells in sample[place + 1 : place + 1 + BELOW]]
    usual = median(sum(cell != "" for cell in row) for row in below) if below else 1
    if any(is_value(cells[column]) for column in columns) or len(columns) < usual / 2:
        return 0
    known = sum(plain_name(text_of(cells[column])) in KNOWN for column in columns)
    if len(columns) == 1 and not (known and usual == 1):
        return 0
    over_values = sum(
        any(column < len(row) and row[column] != "" and is_value(row[column]) for row in below)
        for column in columns
    )
    return 2 * known + over_values + len(columns) / 100


def is_value(cell: Cell) -> bool:
    """Whether a cell holds what stands under a name, not a name: a number, a day, a flaw."""
    if not isinstance(cell, str):
        return True
    if cell[:1].isdecimal() or cell[:1] in "£~+-":
        return bool(cell)
    try:
        written(cell[:40], is_month_first=False)
    except Unclear:
        return False
    return True


def two_rows(sample: Sequence[Row], place: int) -> tuple[int, int]:
    """The places of the upper and lower row of the header, which are mostly the same.

    A row of groups may stand over a row of names, where some would be missing or double without it.
    """
    width = max(width_of(cells) for _, cells in sample)
    here = texts(sample[place], width)
    if place + 1 < len(sample) and _are_names(sample, place, place + 1):
        there = texts(sample[place + 1], width)
        fills = any(low and not up for up, low in zip(here, there, strict=True))
        leaves = any(up and not low for up, low in zip(here, there, strict=True))
        if fills and leaves:
            return place, place + 1
    if place and _are_names(sample, place - 1, place):
        there = texts(sample[place - 1], width)
        is_partial = any(up and not low for up, low in zip(there, here, strict=True))
        if sum(map(bool, there)) > 1 and (
            is_partial or max(Counter(filter(None, here)).values()) > 1
        ):
            return place - 1, place
    return place, place


def _are_names(sample: Sequence[Row], upper: int, lower: int) -> bool:
    """Whether two rows follow each other and neither holds a value."""
    return sample[lower][0] == sample[upper][0] + 1 and not any(
        cell != "" and is_value(cell) for row in (upper, lower) for cell in sample[row][1]
    )


def joined_names(upper: list[str], lower: list[str]) -> list[str]:
    """The lower name, with its group where it stands twice; the upper where there is no lower."""
    if upper == lower:
        return lower
    times = Counter(plain_name(name) for name in lower)
    group, names = "", []
    for above, name in zip(upper, lower, strict=True):
        group = above or group
        is_double = name and times[plain_name(name)] > 1
        names.append(f"{group} {name}".strip() if is_double else name or above)
    return names


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """Names as told apart: a second of one name ends in “.1”, one without has its letter."""
    given: Counter[str] = Counter()
    found = []
    for column, name in enumerate(names):
        name = name or f"Column {letters_of(column)}"
        times = given[name.casefold()]
        given[name.casefold()] += 1
        found.append(f"{name}.{times}" if times else name)
    return tuple(found)


def letters_of(column: int) -> str:
    """A for 0, AA for 26, as spreadsheets call them."""
    before, place = divmod(column, 26)
    return (letters_of(before - 1) if before else "") + chr(ord("A") + place)


def texts(row: Row, width: int) -> list[str]:
    """The texts of a row, on one line each."""
    found = [" ".join(text_of(cell).split()) for cell in row[1][:width]]
    return found + [""] * (width - len(found))


def width_of(cells: Sequence[Cell]) -> int:
    """Cells up to the last with something in it."""
    return max((column + 1 for column, cell in enumerate(cells) if cell != ""), default=0)
