"""How a column of days is written: decided once for a file, said, and to be changed there."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from eitrack.common.words import plural
from eitrack.intake.reading.cells import Cell, Unclear, text_of
from eitrack.intake.reading.values.day_text import (
    NUMBERS,
    full_year,
    month_of,
    without_trimmings,
    written,
)
from eitrack.intake.reading.values.days import Around, read_day

FEWEST = 3
HALF_DAY = re.compile(r":\d\d\s?[AP]M$")
YEARS = re.compile(r"(?<!\d)(20\d\d)\s?[-/–]\s?(?:20)?(\d\d)(?!\d)")
MONTH_AND_YEAR = re.compile(r"(?<![a-z])([a-z]{3,9})[\s.'’-]+((?:20)?\d\d)(?!\d)")
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True)
class DayOrder:
    """The decision; `said` explains it, `is_sure` is whether a day of the file proves it."""

    is_month_first: bool = False
    are_dates_swapped: bool = False
    said: str = ""
    is_sure: bool = True


def day_order(cells: Iterable[Cell]) -> DayOrder:
    """Day first, unless numbers above 12 stand second and never first.

    Where every date cell lies in the first twelve days of a month and every text after them, a
    spreadsheet of another country made dates of those it could, with day and month swapped.
    """
    cells = list(cells)
    numbers = [found for cell in cells if (found := _two_numbers(cell))]
    first = sum(one > 12 >= other for one, other in numbers)
    second = sum(other > 12 >= one for one, other in numbers)
    if second and not first:
        rows = plural(second, "row", "rows")
        return DayOrder(True, said=f"The month is read first: in {rows} only that makes a day.")
    dates = [cell for cell in cells if isinstance(cell, date) and cell.year > 1900]
    if _look_swapped(dates, numbers, first):
        said = (
            f"{plural(len(dates), 'day', 'days')} that the spreadsheet took for dates lie in the "
            "first twelve days of a month, all others after them. It swapped day and month of "
            "those; they are swapped back."
        )
        return DayOrder(are_dates_swapped=True, said=said, is_sure=False)
    if second:
        said = (
            f"The day is read first, as in {plural(first, 'row', 'rows')}; in "
            f"{plural(second, 'row', 'rows')} only the month can be. Those are not read."
        )
        return DayOrder(said=said, is_sure=False)
    if (
        numbers
        and not first
        and all(HALF_DAY.search(text_of(cell)) for cell in cells if _two_numbers(cell))
    ):
        said = "The month is read first, as mostly where times have AM or PM. No day shows it."
        return DayOrder(True, said=said, is_sure=False)
    if numbers and not first:
        said = "The day is read first. No day in the file shows whether the month is."
        return DayOrder(said=said, is_sure=False)
    return DayOrder(said="The day is read first." if numbers else "")


def _two_numbers(cell: Cell) -> tuple[int, int] | None:
    if not isinstance(cell, str):
        return None
    found = NUMBERS.fullmatch(without_trimmings(cell)[0])
    return (int(found[1]), int(found[3])) if found else None


def _look_swapped(dates: list[date], numbers: list[tuple[int, int]], day_first: int) -> bool:
    return (
        len(set(dates)) >= FEWEST
        and day_first >= FEWEST
        and day_first == len(numbers)
        and all(day.day <= 12 for day in dates)
    )


def around(
    cells: Iterable[Cell], order: DayOrder, today: date, texts: Sequence[str] = ()
) -> Around:
    """The days that a column is about: those with a year, else what the texts name, else the last
    twelve months.

    The texts are the titles above the table and the names of sheet and file, the nearest first.
    """
    known = Around(today, today, order.is_month_first, order.are_dates_swapped)
    days = [
        reading.value
        for cell in cells
        if _says_year(cell, order) and (reading := read_day(cell, known)).value
    ]
    if days:
        return _between(min(days), max(days), order)
    for text in texts:
        if span := span_of(text):
            return _between(*span, order)
    return _between(today - timedelta(days=364), today, order)


def _says_year(cell: Cell, order: DayOrder) -> bool:
    if not isinstance(cell, str):
        return True
    try:
        parts = written(cell, order.is_month_first)
    except Unclear:
        return False
    return bool(parts.year or parts.digits)


def _between(first: date, last: date, order: DayOrder) -> Around:
    return Around(first, last, order.is_month_first, order.are_dates_swapped)


def span_of(text: str) -> tuple[date, date] | None:
    """First and last day of the years or the month that a title names, if it names one.

    “2025/26” may be a school year or one that starts in April: it is both.
    """
    plain = text.casefold()
    if (found := YEARS.search(plain)) and int(found[2]) == (int(found[1]) + 1) % 100:
        return date(int(found[1]), 4, 1), date(int(found[1]) + 1, 8, 31)
    for found in MONTH_AND_YEAR.finditer(plain):
        if (month := month_of(found[1])) and (year := full_year(found[2])):
            after = date(year + month // 12, month % 12 + 1, 1)
            return date(year, month, 1), after - timedelta(days=1)
    years = {int(found[1]) for found in YEAR.finditer(plain)}
    return (date(min(years), 1, 1), date(max(years), 12, 31)) if years else None
