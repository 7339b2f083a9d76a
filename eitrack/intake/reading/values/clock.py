"""Times of the day, and from when to when."""

import re
from dataclasses import dataclass
from datetime import datetime, time

from eitrack.intake.reading.cells import LONGEST, Cell, Reading, quoted, text_of, unread

HALF_DAY = 12 * 60
DAY = 24 * 60
# Nobody meets families before; who writes 2.30 means the afternoon.
EARLIEST = 7 * 60
TIME = r"(\d{1,2})(?:[:.h]?(\d\d))?(?::\d\d(?:\.\d+)?)?\s?([ap])?\.?(?:m\b\.?)?"
ONE = re.compile(rf"(?:from\s|at\s)?{TIME}(?:\s?(?:hrs?|o[’']?clock))?")
SPAN = re.compile(rf"(?:from\s)?{TIME}\s?(?:-|–|—|to|until|till)\s?{TIME}(?:(?<=\d\d\d\d)\s?hrs?)?")
DAY_BEFORE = re.compile(r".*\d[/.-]\d{1,2}[/.-]\d{2,4}(?:,?\s|t)\s?(?=\d)")
WORDS = re.compile(r"(?:12\s?)?(noon|midday|midnight)")
NO_TIME = "{} is no time of the day. Type it as 14:30."


@dataclass(frozen=True)
class Span:
    """From when on, and for how many minutes."""

    starts_at: time
    minutes: int


def read_time(cell: Cell) -> Reading[time]:
    """A time of the day: 9.00, 0930, 2pm, a time cell, the time of a moment."""
    if (nothing := unread(cell)) is not None:
        return nothing
    if isinstance(cell, (datetime, time)):
        return Reading(time(cell.hour, cell.minute))
    if isinstance(cell, float) and 0 < cell < 1:
        return Reading(_time(round(cell * DAY)))
    # A spreadsheet makes 9.3 of 9.30.
    text = f"{cell:.2f}" if isinstance(cell, float) else text_of(cell)
    found = ONE.fullmatch(DAY_BEFORE.sub("", _plain(text)))
    minutes = _minutes(*found.groups()) if found else None
    if found is None or minutes is None:
        return Reading(reason=NO_TIME.format(quoted(cell)))
    return _afternoon(text, minutes) if not found[3] else Reading(_time(minutes))


def _afternoon(text: str, minutes: int) -> Reading[time]:
    if minutes >= EARLIEST or text.startswith("0"):
        return Reading(_time(minutes))
    moved = _time(minutes + HALF_DAY)
    return Reading(moved, f"“{text}” read as {moved:%H:%M}.")


def read_span(cell: Cell) -> Reading[Span]:
    """From when to when: 9:00-10:30, 9.00–10.30, 11 to 1, 2-3.30pm.

    What leaves open which half of the day is meant is said. Nothing is read, and no reason given,
    where the text is no span at all.
    """
    if not isinstance(cell, str) or len(cell) > LONGEST:
        return Reading()
    found = SPAN.fullmatch(_plain(cell))
    if not found:
        return Reading()
    hour, minute, half, end_hour, end_minute, end_half = found.groups()
    start, end = _minutes(hour, minute, half), _minutes(end_hour, end_minute, end_half)
    if start is None or end is None:
        return Reading(reason=NO_TIME.format(quoted(cell)))
    is_open = not half and not end_half
    if is_open and start < EARLIEST and not hour.startswith("0"):
        start += HALF_DAY
    if end_half and not half:
        start = _last_before(end, start)
    while end <= start:
        end += DAY if end_half else HALF_DAY
    span = Span(_time(start), end - start)
    as_written = (_minutes(hour, minute, half), _minutes(end_hour, end_minute, end_half))
    is_said = is_open and (as_written != (start, end) or not (minute or end_minute))
    return Reading(
        span, f"{quoted(cell)} read as {_time(start):%H:%M} to {_time(end):%H:%M}." * is_said
    )


def _last_before(end: int, start: int) -> int:
    """2-3.30pm begins at 14:00, 11-1pm at 11:00: half a day later where that is before the end."""
    return start + HALF_DAY if start + HALF_DAY < end else start


def _plain(text: str) -> str:
    text = " ".join(text.casefold().split())
    return WORDS.sub(lambda word: "00:00" if word[1] == "midnight" else "12:00", text)


def _minutes(hour: str, minute: str | None, half: str | None) -> int | None:
    hours, minutes = int(hour), int(minute or 0)
    if half and not 1 <= hours <= 12:
        return None
    if half:
        hours = hours % 12 + (12 if half == "p" else 0)
    return hours * 60 + minutes if hours < 24 and minutes < 60 else None


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)
