"""Days as people write them: day first, the year left out, the weekday alone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from eitrack.common.horizon import FIRST_DAY, outside_horizon
from eitrack.common.words import day_and_year
from eitrack.intake.reading.cells import Cell, Reading, Unclear, quoted, text_of, unread
from eitrack.intake.reading.values.day_text import (
    WEEKDAYS,
    Written,
    existing,
    full_year,
    written,
)

# How spreadsheets count days.
DAY_ZERO = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = (FIRST_DAY - DAY_ZERO).days, 60_000
# How far from the rest of a file the year of a day is looked for.
FARTHEST = timedelta(days=183)
LEAP_YEAR = 2024


@dataclass(frozen=True)
class Around:
    """What is known of the days in a file.

    `first` and `last` are the days it is about. The rest was decided for the file (`day_order`):
    whether the month comes first in texts, and whether a spreadsheet swapped day and month of
    what it took for a date.
    """

    first: date
    last: date
    is_month_first: bool = False
    are_dates_swapped: bool = False


def read_day(cell: Cell, around: Around, above: date | None = None) -> Reading[date]:
    """The day in a cell; `above` is that of the row above, or the first of the week named there."""
    if (nothing := unread(cell)) is not None:
        return nothing
    try:
        day, note = _day_of(cell, around, above)
    except Unclear as unclear:
        return Reading(reason=str(unclear))
    if refusal := outside_horizon(day):
        return Reading(reason=f"{quoted(cell)}: {refusal}")
    return Reading(day, note)


def _day_of(cell: Cell, around: Around, above: date | None) -> tuple[date, str]:
    if isinstance(cell, date):
        return _of_date(cell, around)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _of_number(cell)
    if isinstance(cell, str):
        return _of_text(cell, around, above)
    raise Unclear(f"{quoted(cell)} is no day.")


def _of_date(cell: date, around: Around) -> tuple[date, str]:
    day = cell.date() if isinstance(cell, datetime) else cell
    if day.year <= 1900:
        raise Unclear(f"{quoted(cell)} is a time, not a day.")
    if not around.are_dates_swapped or day.day > 12 or day.day == day.month:
        return day, ""
    swapped = day.replace(month=day.day, day=day.month)
    return swapped, f"Day and month swapped: {day_and_year(swapped)}."


def _of_number(number: float) -> tuple[date, str]:
    if FIRST_SERIAL <= number <= LAST_SERIAL:
        day = DAY_ZERO + timedelta(days=int(number))
        return day, f"A spreadsheet’s number for {day_and_year(day)}."
    if float(number).is_integer() and len(str(int(number))) == 8:
        return _of_digits(str(int(number)))
    raise Unclear(
        f"{text_of(number)} is a number, in which a day cannot be seen any more. Type the month in "
        "letters, such as 3 Oct 2026."
    )


def _of_digits(text: str) -> tuple[date, str]:
    """A day in one run of digits, with the year first or last."""
    if len(text) == 5:
        return _of_number(int(text))
    orders = [(text[:2], text[2:4], text[4:])] if len(text) in (6, 8) else []
    if len(text) == 8:
        orders.append((text[6:], text[4:6], text[:4]))
    days = {existing(int(day), int(month), full_year(year) or 0) for day, month, year in orders}
    found = [day for day in days if day and not outside_horizon(day)]
    if len(found) != 1:
        raise Unclear(f"“{text}” is no day. Type day, month and year, such as 3/10/2026.")
    return found[0], f"“{text}” read as {day_and_year(found[0])}."


def _of_text(cell: str, around: Around, above: date | None) -> tuple[date, str]:
    parts = written(cell, around.is_month_first)
    if parts.digits:
        day, note = _of_digits(parts.digits)
    elif parts.day is None:
        day, note = _of_weekday(cell, parts, above)
    elif parts.year is None:
        day, note = _without_year(cell, parts, around, above)
    else:
        day, note = _in(parts.year, parts, cell), ""
    if parts.weekday not in (None, day.weekday()):
        said = WEEKDAYS[parts.weekday or 0].capitalize()
        note = f"{note} {quoted(cell)} says {said}, but {day_and_year(day)} is none.".strip()
    if parts.is_week:
        day -= timedelta(days=day.weekday())
        note = f"A whole week, taken as its Monday, {day_and_year(day)}. {note}".strip()
    return day, note


def _of_weekday(cell: str, parts: Written, above: date | None) -> tuple[date, str]:
    if above is None:
        raise Unclear(f"{quoted(cell)} is a weekday, and no row above says of which week.")
    day = above + timedelta(days=((parts.weekday or 0) - above.weekday()) % 7)
    return day, f"{quoted(cell)} taken as the next one from the row above, {day_and_year(day)}."


def _without_year(
    cell: str, parts: Written, around: Around, above: date | None
) -> tuple[date, str]:
    """The day in the year that fits the days of the file, then its weekday, then the row above."""
    _in(LEAP_YEAR, parts, cell)
    days = [
        day
        for year in range(around.first.year - 1, around.last.year + 2)
        if (day := existing(parts.day or 0, parts.month or 0, year))
        and _distance(day, around) <= FARTHEST
    ]
    nearest = min((_distance(day, around) for day in days), default=None)
    days = [day for day in days if _distance(day, around) == nearest]
    fitting = [day for day in days if parts.weekday in (None, day.weekday())] or days
    if above and len(fitting) > 1:
        day = min(fitting, key=lambda day: abs(day - above))
        return day, f"{quoted(cell)} has no year; next to the row above, {day.year}."
    if len(fitting) != 1:
        raise Unclear(f"{quoted(cell)} has no year, and the file does not say which. Type it.")
    return fitting[0], f"{quoted(cell)} has no year; from the rest of the file, {fitting[0].year}."


def _distance(day: date, around: Around) -> timedelta:
    return max(around.first - day, day - around.last, timedelta())


def _in(year: int, parts: Written, cell: str) -> date:
    if day := existing(parts.day or 0, parts.month or 0, year):
        return day
    raise Unclear(f"{quoted(cell)} is no day of the calendar.")
