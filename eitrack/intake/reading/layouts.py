"""Which column of a sheet is which field: suggested for a person to look at, once per layout."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any

from rapidfuzz import fuzz

from eitrack.common.identifying import find_identifying_text
from eitrack.intake.reading.cells import Cell, Flaw, Reading, text_of
from eitrack.intake.reading.fields import KNOWN, OFTEN, QUESTIONS, Field, main_words, plain_name
from eitrack.intake.reading.header import Head
from eitrack.intake.reading.values.clock import read_time
from eitrack.intake.reading.values.counts import read_count
from eitrack.intake.reading.values.days import Around, read_day
from eitrack.intake.reading.values.lengths import Unit, read_length

# How like a name is to a known one, of 100.
SURE, ASKED, LIKELY = 100, 95, 70
# Parts of a column, of 1.
MOST, SOME = 0.6, 0.3
# A session that lasts longer is rather one that begins then.
LONG_MINUTES = 7 * 60
# Any year will do to see whether a column holds days.
SOME_YEAR, SOME_DAY = Around(date(2026, 1, 1), date(2026, 12, 31)), date(2026, 6, 1)
MONTH_FIRST = replace(SOME_YEAR, is_month_first=True)
LENGTHS = (Field.LENGTH, Field.PREPARATION, Field.TRAVEL)
CLOCKS = (Field.START, Field.END)
# Of one client: whether they came.
CAME = re.compile(
    r"y|yes|n|no|attended|did not attend|not attended|present|absent|dna|no show|apologies"
    r"|(?:session )?cancelled",
    re.IGNORECASE,
)
COUNTS = (Field.COUNT, Field.ADULTS, Field.CHILDREN, Field.NEW, Field.RETURNING)
NEEDED = {
    Field.DATE: "No column says which day it was.",
    Field.KIND: "No column says what was done.",
    Field.PLACE: "No column says where it was.",
    Field.LENGTH: "No column says how long it took.",
}
ONE_COLUMN = (
    "The file has one column only. If its cells are parted by a sign that is not known, save it as "
    "CSV with commas, and send it again."
)


@dataclass(frozen=True)
class Suggestion:
    """The field a column may be, and why; `is_sure` where its name says so word for word."""

    column: int
    name: str
    field: Field
    why: str
    is_sure: bool = False


def fingerprint(names: Iterable[str]) -> str:
    """The same for all files whose columns have these names in this order."""
    return sha256("\n".join(map(plain_name, names)).encode()).hexdigest()


def suggested(head: Head, records: Sequence[Sequence[Cell]]) -> list[Suggestion]:
    """A suggestion for each column: by its name, unless other things stand in it; else by those.

    A field goes to the column that fits best, and only once, but for those of which a sheet may
    have several. `records` are the cells of some rows.
    """
    columns = [
        [row[column] for row in records if row[column] != ""] for column in range(len(head.names))
    ]
    found: dict[int, Suggestion] = {}
    second: dict[int, str] = {}
    for likeness, column, known, field in _by_likeness(head.names, columns):
        if field not in OFTEN and field in {given.field for given in found.values()}:
            second.setdefault(column, f"Another column fits “{field.value}” better.")
        elif column not in found:
            is_sure = likeness == SURE
            why = "Its name says so." if is_sure else f"Its name is like “{known}”."
            found[column] = Suggestion(column, head.names[column], field, why, is_sure)
    for column, name in enumerate(head.names):
        if column not in found:
            given = {suggestion.field for suggestion in found.values()}
            why = second.get(column, "Its name is not known.")
            found[column] = _by_content(column, name, columns[column], given, why)
    return [found[column] for column in range(len(head.names))]


def missing(fields: Collection[Field]) -> list[str]:
    """What columns of these fields leave open, as sentences."""
    given = set(fields)
    if given >= set(CLOCKS):
        given.add(Field.LENGTH)
    left = [words for field, words in NEEDED.items() if field not in given]
    return [ONE_COLUMN, *left] if len(fields) == 1 else left


def stands_once(cells: Sequence[Cell]) -> bool:
    """Whether a column seems to name its day or place once for several rows below each other.

    Then somebody is asked whether an empty cell means that of the row above.
    """
    gaps = sum(cell == "" for cell in cells)
    return bool(cells) and cells[0] != "" and gaps >= len(cells) / 5


def _by_likeness(
    names: Sequence[str], columns: Sequence[list[Cell]]
) -> list[tuple[float, int, str, Field]]:
    """Likeness, column, the known name and its field; the likest first, then from the left."""
    likely = []
    of_clients = any(KNOWN.get(plain_name(name)) is Field.PERSON for name in names)
    for column, name in enumerate(names):
        for known, (likeness, field) in _likenesses(plain_name(name)).items():
            field = _by_the_clock(field, columns[column])
            tells_who_came = of_clients and field is Field.COUNT and _say_who_came(columns[column])
            if likeness >= LIKELY and (tells_who_came or _may_hold(field, columns[column])):
                likely.append((likeness, column, known, field))
    return sorted(likely, key=lambda found: (-found[0], found[1]))


def _likenesses(name: str) -> dict[str, tuple[float, Field]]:
    if name in KNOWN:
        return {name: (SURE, KNOWN[name])}
    for question, field in QUESTIONS:
        if found := question.match(name):
            return {found[0]: (ASKED, field)}
    name = main_words(name)
    # Half by the words they share, half by all words: a date of birth is no date.
    return {
        known: ((fuzz.token_set_ratio(name, main) + fuzz.token_sort_ratio(name, main)) / 2, field)
        for known, field in KNOWN.items()
        for main in [main_words(known)]
    }


def _by_the_clock(field: Field, cells: Sequence[Cell]) -> Field:
    """A column headed “Time” holds times of the day rather than lengths if they are late."""
    if field is not Field.LENGTH or not cells:
        return field
    read = [read_length(cell, Unit.HOURS).value for cell in cells]
    late = sum(length.minutes >= LONG_MINUTES for length in read if length and not length.starts_at)
    return Field.START if late >= len(cells) * MOST else field


def _may_hold(field: Field, cells: Sequence[Cell]) -> bool:
    """Whether most of a column can be read as this field."""
    if field is Field.DATE:
        return _days(cells) >= MOST
    if field in LENGTHS:
        return _share(cells, lambda cell: read_length(cell, Unit.BY_SIZE)) >= MOST
    if field in CLOCKS:
        return _share(cells, read_time) >= MOST
    if field in COUNTS:
        return _share(cells, read_count) >= MOST
    return True


def _say_who_came(cells: Sequence[Cell]) -> bool:
    return bool(cells) and all(CAME.fullmatch(text_of(cell)) for cell in cells)


def _days(cells: Sequence[Cell]) -> float:
    """The part of the cells that are days, whether the day comes first in all or the month."""
    return max(_share(cells, partial(read_day, around=order)) for order in (SOME_YEAR, MONTH_FIRST))


def _read_day(cell: Cell) -> Reading[date]:
    """A weekday too, as a row above may name its week."""
    return read_day(cell, SOME_YEAR, SOME_DAY)


def _share(cells: Sequence[Cell], read: Callable[[Cell], Reading[Any]]) -> float:
    """The part of the cells that are read, of 1; flaws are left out, as they may be anything."""
    whole = [cell for cell in cells if not isinstance(cell, Flaw)]
    return sum(not read(cell).reason for cell in whole) / len(whole) if whole else 1


def _by_content(
    column: int, name: str, cells: Sequence[Cell], given: Collection[Field], why: str
) -> Suggestion:
    """A name nobody knows: days, where no column has them yet, or a person, who is never taken."""
    texts = [text_of(cell) for cell in cells if isinstance(cell, str)]
    if sum(bool(find_identifying_text(text[:200])) for text in texts) > len(cells) * SOME:
        return Suggestion(column, name, Field.PERSON, "It seems to say who somebody is.")
    if cells and Field.DATE not in given and _share(cells, _read_day) >= MOST:
        return Suggestion(column, name, Field.DATE, "It holds days.")
    return Suggestion(column, name, Field.IGNORED, why)
