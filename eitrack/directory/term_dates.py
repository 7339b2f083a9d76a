"""School terms as a council's page prints them, read from text that somebody has pasted."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from eitrack.directory.school_terms import FIRST_MONTH

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?"
DATE = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{'|'.join(MONTHS)})[a-z]*\.?,?"
    r"(?:\s+(?P<year>20\d\d)\b)?"
    r"|(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>(?:20)?\d\d)\b",
    re.IGNORECASE,
)
# The 26 of "26 to 30 October".
DAY_BEFORE = re.compile(
    rf"(?<!\d)(?<!term )(\d{{1,2}})(?:st|nd|rd|th)?\s*(?:to|until|till|[-–—])\s*(?:{WEEKDAY}\s*)?$",
    re.IGNORECASE,
)
SCHOOL_YEAR = re.compile(
    rf"\b(20\d\d)\s*(?:/|-|–|to|and)\s*(?:20)?(\d\d)\b(?!\s*[/.-]\s*\d|\s+(?:{'|'.join(MONTHS)}))",
    re.IGNORECASE,
)
HALF_TERM = re.compile(r"\b(?:half|mid)[- ]?term\b(?:\s+(?:holidays?|break|closure))?", re.I)
NO_SCHOOL = re.compile(r"holiday|inset|training|bank|closed|closure|christmas|easter", re.I)
BEGINS = re.compile(r"\b(?:starts?|begins?|opens?|first day|return)\b", re.I)
ENDS = re.compile(r"\b(?:ends?|closes?|finish(?:es)?|last day|breaks? up)\b", re.I)
TERM = re.compile(r"\b(?:autumn|winter|spring|summer|term)\b", re.I)
NOT_OF_A_NAME = re.compile(
    rf"\b(?:{BEGINS.pattern[2:-2]}|{ENDS.pattern[2:-2]}|{WEEKDAY}|from|dates?|on|20\d\d)(?=\W|$)",
    re.IGNORECASE,
)
LONGEST = timedelta(days=150)
MOST_NAME_LETTERS = 40
HALVES = ("first", "second")


@dataclass(frozen=True)
class Stretch:
    """Days of school, from the first to the last."""

    name: str
    from_on: date
    until_on: date


@dataclass
class Reading:
    """What was found in a text: the terms, what is no school anyway, and what could not be read."""

    terms: list = field(default_factory=list)
    left_out: list = field(default_factory=list)
    not_read: list = field(default_factory=list)


def read_terms(text, *, year):
    """The terms in this text; dates without a year are of the school year that begins in `year`.

    A term with a half-term holiday in it becomes two stretches, the holiday between them.
    """
    reader = _Reader(year)
    for line in text.splitlines():
        if line := " ".join(line.split()):
            reader.read(line)
    return reader.result()


class _Reader:
    def __init__(self, year):
        self.year, self.heading, self.begun = year, "", None
        self.found, self.half_terms, self.reading = [], [], Reading()

    def read(self, line):
        said = SCHOOL_YEAR.search(line)
        if said and int(said[2]) == (int(said[1]) + 1) % 100:
            self.year, line = int(said[1]), line.replace(said[0], " ")
        half = HALF_TERM.search(line)
        before, after = (line[: half.start()], line[half.end() :]) if half else (line, "")
        whole = self.dates_in(line)
        if whole is None:
            self.reading.not_read.append(line)
            return
        dates, of_half = self.dates_in(before), self.dates_in(after)
        if half and not of_half and len(dates) in (1, 2) and not TERM.search(before):
            dates, of_half = [], dates
        if len(of_half) % 2:
            self.reading.not_read.append(line)
            return
        self.half_terms += _pairs(of_half)
        if NO_SCHOOL.search(before) and not half:
            if dates:
                self.reading.left_out.append(line)
            return
        self.take(line, before, dates, is_half=bool(half))

    def take(self, line, before, dates, *, is_half):
        name = _name_in(before)
        if not dates:
            if name and not is_half and TERM.search(before):
                self.heading = name
            return
        if not TERM.search(name) or name.lower() in ("term", "the term"):
            name = self.heading or name
        if len(dates) == 1:
            self.take_one(line, before, dates[0], name)
        elif len(dates) % 2 or dates != sorted(dates) or not name:
            self.reading.not_read.append(line)
        else:
            self.found += _named(name, _pairs(dates))

    def take_one(self, line, before, day, name):
        """A line that says only when a term begins, or only when it ends."""
        if BEGINS.search(before) and not ENDS.search(before):
            self.begun = (name or self.heading, day)
        elif ENDS.search(before) and self.begun:
            self.found.append((self.begun[0] or name, self.begun[1], day))
            self.begun = None
        else:
            self.reading.not_read.append(line)

    def dates_in(self, text):
        """The dates of a line in their order, or None if one of them is no day."""
        parts, last_end = [], 0
        for match in DATE.finditer(text):
            day, month = int(match["day"] or match["d"]), _month(match)
            year = match["year"] or match["y"]
            if first := DAY_BEFORE.search(text[last_end : match.start()]):
                parts.append((int(first[1]), month, year))
            parts.append((day, month, year))
            last_end = match.end()
        return self.with_years(parts)

    def with_years(self, parts):
        for _day, month, year in parts:
            if year:
                self.year = int(f"20{year[-2:]}") - (month < FIRST_MONTH)
        try:
            return [
                date(
                    int(f"20{year[-2:]}") if year else self.year + (month < FIRST_MONTH), month, day
                )
                for day, month, year in parts
            ]
        except ValueError:
            return None

    def result(self):
        for name, first, last in self.found:
            if not timedelta() <= last - first <= LONGEST:
                self.reading.not_read.append(f"{name}: {first} to {last}")
                continue
            self.reading.terms += _without_half_terms(name, first, last, self.half_terms)
        self.reading.terms.sort(key=lambda term: term.from_on)
        return self.reading


def _month(match):
    return MONTHS.index(match["month"].lower()[:3]) + 1 if match["month"] else int(match["m"])


def _pairs(dates):
    return list(zip(dates[::2], dates[1::2], strict=False))


def _named(name, pairs):
    """A stretch for each pair; the two of one line are the halves of a term."""
    names = [name] if len(pairs) == 1 else [f"{_short(name)}, {half} half" for half in HALVES]
    return [(each, *pair) for each, pair in zip(names, pairs, strict=False)]


def _short(name):
    """So that it can be followed by which half it is."""
    return name[: MOST_NAME_LETTERS - len(", second half")]


def _name_in(text):
    """What stands before the first date, without what is no part of a name."""
    first = DATE.search(text)
    name = text[: first.start()] if first else text
    name = DAY_BEFORE.sub("", name)
    name = NOT_OF_A_NAME.sub(" ", name)
    return " ".join(re.sub(r"[^\w\s'’()&/-]", " ", name).split()).strip(" -/")[:MOST_NAME_LETTERS]


def _without_half_terms(name, first, last, half_terms):
    inside = [half for half in half_terms if first < half[0] <= half[1] < last]
    if len(inside) != 1:
        return [Stretch(name, first, last)]
    ((holiday_from, holiday_until),) = inside
    days = (first, _school_day(holiday_from, -1)), (_school_day(holiday_until, 1), last)
    return [Stretch(*named) for named in _named(name, days)]


def _school_day(day, step):
    """The nearest weekday before or after this one."""
    day += timedelta(days=step)
    while day.weekday() > 4:
        day += timedelta(days=step)
    return day
