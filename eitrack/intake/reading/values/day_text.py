"""The words of a date taken apart: day, month and year as they are written."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from eitrack.intake.reading.cells import Unclear, quoted

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
SHORTEST_NAME = 3

NAME = r"([a-z]{3,9})\.?"
GAP = r"[\s./,'’-]*"
NUMBERS = re.compile(r"(\d{1,2})\s?([./\s-])\s?(\d{1,2})(?:\s?\2\s?(\d{4}|\d{2}))?")
YEAR_FIRST = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})")
DAY_MONTH = re.compile(rf"(\d{{1,2}}){GAP}{NAME}{GAP}(\d{{4}}|\d{{2}})?")
MONTH_DAY = re.compile(rf"{NAME}{GAP}(\d{{1,2}})(?:[\s,./-]+(\d{{4}}))?")
MONTH_ONLY = re.compile(rf"{NAME}{GAP}(\d{{4}}|\d{{2}})?")
SEVERAL = re.compile(
    r"\d{1,2}\s?(?:[-–&+/,]|and|to)\s?\d{1,2}\s+[a-z]{3,9}(?:\s\d+)?"
    r"|.*\d.*(?:\bto\b|\band\b|&|–|\s-\s).*\d.*"
)
WEEK = re.compile(
    r"(?:w/?\s?[cb]|w\.c\.|w/?k|week)(?:\s(?:commencing|comm?|beginning|beg|starting))?"
    r"(?![a-z])[\s.:-]*"
)
WEEK_END = re.compile(r"(?:w/?e|(?:week|wk)\s(?:ending|end))(?![a-z])[\s.:-]*")
CLOCK = re.compile(
    r"(?:(?<=\d)t|\s)(?:at\s)?(?:\d{1,2}(?::\d\d){1,2}(?:\.\d+)?\s?(?:[ap]\.?m\.?|z)?"
    r"|\d{1,2}(?:\.\d\d)?\s?[ap]\.?m\.?)$"
)
FIRST_NAME = re.compile(r"([a-z]{3,9})(?![a-z])[\s.,-]*")
LAST_NAME = re.compile(r"[\s,]*\(?(?<![a-z])([a-z]{3,9})\.?\)?$")
ORDINAL = re.compile(r"(?<=\d)\s?(?:st|nd|rd|th)(?![a-z])")
FILLERS = re.compile(r"\b(?:the|of)\b")


@dataclass(frozen=True)
class Written:
    """What a text says of a day; None where it says nothing."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    is_week: bool = False
    digits: str = ""


@lru_cache(maxsize=2048)
def written(cell: str, is_month_first: bool) -> Written:
    """The parts of a date as it is written; raises Unclear where it is none, or several."""
    text, weekday, is_week = without_trimmings(cell)
    if not text and weekday is not None:
        return Written(weekday=weekday, is_week=is_week)
    if re.fullmatch(r"\d{5,8}", text):
        return Written(weekday=weekday, is_week=is_week, digits=text)
    day, month, year = _numbers(text, cell, is_month_first, weekday)
    return Written(day, month, year, weekday, is_week)


def without_trimmings(cell: str) -> tuple[str, int | None, bool]:
    """A text without its weekday, its time and its words; the weekday; whether it is a week."""
    text = ORDINAL.sub("", " ".join(cell.casefold().split()))
    text = " ".join(FILLERS.sub(" ", text).split())
    week = WEEK_END.match(text) or WEEK.match(text)
    text = CLOCK.sub("", text[week.end() :] if week else text).strip()
    first = FIRST_NAME.match(text)
    if first and (weekday := weekday_of(first[1])) is not None:
        return text[first.end() :].strip(" .,"), weekday, bool(week)
    last = LAST_NAME.search(text)
    if last and (weekday := weekday_of(last[1])) is not None:
        return text[: last.start()].strip(" .,"), weekday, bool(week)
    return text.strip(" .,"), None, bool(week)


def _numbers(
    text: str, cell: str, is_month_first: bool, weekday: int | None
) -> tuple[int, int, int | None]:
    if found := YEAR_FIRST.fullmatch(text):
        return int(found[4]), int(found[3]), int(found[1])
    if found := NUMBERS.fullmatch(text):
        first, second = int(found[1]), int(found[3])
        numbers = (second, first) if is_month_first else (first, second)
        return *numbers, full_year(found[4])
    if (found := DAY_MONTH.fullmatch(text)) and (month := month_of(found[2])):
        return int(found[1]), month, full_year(found[3])
    if (found := MONTH_DAY.fullmatch(text)) and (month := month_of(found[1])):
        # A spreadsheet writes November 2026 as Nov-26.
        if not found[3] and len(found[2]) == 2 and weekday is None:
            raise Unclear(f"{quoted(cell)} may be a day or a month. Type day, month and year.")
        return int(found[2]), month, full_year(found[3])
    if (found := MONTH_ONLY.fullmatch(text)) and month_of(found[1]):
        raise Unclear(f"{quoted(cell)} is a month, not a day.")
    if SEVERAL.fullmatch(text):
        raise Unclear(f"{quoted(cell)} is more than one day. Give each day a row of its own.")
    raise Unclear(f"{quoted(cell)} is no day.")


def existing(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(text: str | None) -> int | None:
    """A year of two digits lies in 1990 to 2089."""
    if not text:
        return None
    return int(text) if len(text) > 2 else int(text) + (1900 if int(text) >= 90 else 2000)


def weekday_of(word: str) -> int | None:
    return _place_of("wed" if word == "weds" else word, WEEKDAYS)


def month_of(word: str) -> int | None:
    place = _place_of("sep" if word == "sept" else word, MONTHS)
    return None if place is None else place + 1


def _place_of(word: str, names: tuple[str, ...]) -> int | None:
    """Of the name that begins with this word, of three letters or more."""
    if len(word) < SHORTEST_NAME:
        return None
    return next((place for place, name in enumerate(names) if name.startswith(word)), None)
