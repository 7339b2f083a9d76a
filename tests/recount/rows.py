"""The files of tidy rows, read with the csv module. Nothing here knows the product."""

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from io import StringIO

# How the data dictionary says that a cell is to be read; what is not here stays text.
READ = {
    "id": int,
    "number": int,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "moment": datetime.fromisoformat,
    "boolean": {"true": True, "false": False}.__getitem__,
}
TEXT = ("code", "name")
DAY = timedelta(days=1)
FULL_WEEK = 2160
# Where our conversations are counted, not the host's heads.
BY_CONVERSATION = ("playground", "open_evening")
# Breakdowns whose rows a figure tells apart itself.
SHARED = ("age_group", "partner_kind", "host", "worker")


def read(text, types):
    """The rows of a file; a blank cell of a number or date is None, of a text it is ""."""
    header, *lines = csv.reader(StringIO(text))
    known = [READ.get(types[column]) for column in header]
    return [
        {
            column: (make(cell) if cell else None) if make else cell
            for column, make, cell in zip(header, known, line, strict=True)
        }
        for line in lines
    ]


def types_of(dictionary):
    """{file: {column: type}} as the data dictionary says."""
    types = defaultdict(dict)
    for line in csv.DictReader(StringIO(dictionary)):
        types[line["file"]][line["column"]] = line["type"]
    return types


@dataclass
class World:
    """All rows of all files, and what follows from the calendars among them."""

    files: dict = field(repr=False)

    @classmethod
    def of(cls, texts, dictionary):
        types = types_of(dictionary)
        return cls({name: read(text, types[name]) for name, text in texts.items()})

    def __getitem__(self, name):
        return self.files[name]

    @cached_property
    def kinds(self):
        return {row["kind"]: row for row in self["kinds"]}

    @cached_property
    def activities(self):
        return {row["activity"]: row for row in self["activities"]}

    @cached_property
    def holidays(self):
        """Of the one nation that the districts lie in."""
        (nation,) = {row["nation"] for row in self["districts"]}
        return {row["date"] for row in self["bank_holidays"] if row["nation"] == nation}

    @cached_property
    def counted(self):
        """Confirmed time on what was held, each entry with its activity (rules C1, C2)."""
        return [
            entry | {"of": self.activities[entry["activity"]]}
            for entry in self["time_entries"]
            if entry["state"] == "confirmed"
            and self.activities[entry["activity"]]["status"] == "held"
        ]

    def rows_by(self, name, column):
        """The rows of a file under each value of a column."""
        return self._grouped.setdefault((name, column), _grouped(self[name], column))

    @cached_property
    def _grouped(self):
        return {}

    def is_working_day(self, day):
        return day.weekday() < 5 and day not in self.holidays

    def is_school_day(self, day):
        """In the terms of the one district."""
        return is_in_term(day, [term for term in self["school_terms"] if term["district"]])

    def terms_of(self, entry):
        """An agency's own in school years of which it has some; else the district's."""
        agency = self.sites[entry["of"]["site"]]["agency"]
        district = self.teams[entry["team"]]["district"]
        own = [term for term in self["school_terms"] if agency and term["agency"] == agency]
        years = {school_year(term["from_on"]) for term in own}
        return own + [
            term
            for term in self["school_terms"]
            if term["district"] == district and school_year(term["from_on"]) not in years
        ]

    @cached_property
    def sites(self):
        return {row["site"]: row for row in self["sites"]}

    @cached_property
    def teams(self):
        return {row["team"]: row for row in self["teams"]}

    def working_days_after(self, earlier, later):
        """How many working days the later day lies after the earlier one."""
        return sum(self.is_working_day(day) for day in days(earlier + DAY, later))


def _grouped(rows, column):
    found = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def days(first, last):
    """Every day from the first to the last one."""
    return [first + DAY * number for number in range((last - first).days + 1)]


def is_in_term(day, terms):
    return any(term["from_on"] <= day <= term["until_on"] for term in terms)


def school_year(day):
    """The year in which it begins, in August."""
    return day.year if day.month >= 8 else day.year - 1


def runs_on(row, day):
    return row["from_on"] <= day and (row["until_on"] is None or row["until_on"] >= day)


@dataclass(frozen=True)
class Figure:
    """What a recount finds, in the same parts as a figure of the product."""

    numerator: object = 0
    denominator: object = None
    known: int = 0
    asked: int = 0
    estimated: int = 0
    low: int | None = None
    is_open_ended: bool = False
    grade: str = ""
    across: int | None = None
    beside: "Figure | None" = None

    @property
    def value(self):
        if self.denominator is None:
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True)
class Slice:
    """A stretch of days, of all work or of one row of a breakdown: its team, kind of agency ...

    `by` is the breakdown's code, `row` the row's value; without `by` it is everything.
    """

    world: World
    start: date
    end: date
    today: date
    by: str = ""
    row: object = None

    @property
    def day(self):
        """The last day of which anything is known."""
        return min(self.end, self.today)

    @property
    def team(self):
        return self.row if self.by == "team" else None

    def holds(self, day):
        return day is not None and self.start <= day <= self.end

    def until_known(self):
        return days(self.start, self.day)

    @property
    def whole(self):
        """The same days of all work."""
        return Slice(self.world, self.start, self.end, self.today)

    @cached_property
    def entries(self):
        """Counted time entries of these days and this row."""
        return [
            entry for entry in self.world.counted if self.holds(entry["date"]) and self.has(entry)
        ]

    def has(self, entry):
        """Whether it stands in this row. Rows that share a record among them hold all of it."""
        return self.by in ("", *SHARED) or row_of(self.world, entry, self.by) == self.row

    @cached_property
    def activities(self):
        """Each activity once, however many worked on it (rule C1)."""
        return list({entry["activity"]: entry["of"] for entry in self.entries}.values())

    def is_kind(self, activity, *, direct=None, service=None):
        kind = self.world.kinds[activity["kind"]]
        return (direct is None or kind["is_direct"] == direct) and (
            service is None or kind["is_service"] == service
        )

    @cached_property
    def direct_entries(self):
        return [entry for entry in self.entries if self.is_kind(entry["of"], direct=True)]

    @cached_property
    def service_entries(self):
        return [entry for entry in self.entries if self.is_kind(entry["of"], service=True)]

    @cached_property
    def direct_activities(self):
        return [each for each in self.activities if self.is_kind(each, direct=True)]


def row_of(world, entry, by):
    """In which row of a breakdown a time entry stands; no agency and no level are None."""
    if by == "weekday":
        return entry["date"].weekday()
    if by == "term_time":
        return term_time(entry["date"], world.terms_of(entry))
    if by == "registered":
        return "unregistered" if unregistered(entry["of"]) else "registered"
    if by == "method":
        is_talk = entry["of"]["kind"] in BY_CONVERSATION
        return "exact" if is_talk else entry["of"]["method"]
    if by in ("team", "funding_stream", "post"):
        return entry[by]
    if by == "profession" and entry["of"]["kind"] != "consultation_professional":
        return "none"
    return entry["of"][by] if by in ("kind", "purpose") else entry["of"][by] or None


def term_time(day, terms):
    """Outside of all terms that are kept nothing is known."""
    if is_in_term(day, terms):
        return "term"
    begun = any(term["from_on"] <= day for term in terms)
    return "holiday" if begun and any(term["until_on"] >= day for term in terms) else None


def contact(entries):
    return sum(entry["contact_minutes"] for entry in entries)


def all_minutes(entries):
    return sum(
        entry["contact_minutes"] + entry["preparation_minutes"] + entry["travel_minutes"]
        for entry in entries
    )


def unregistered(activity):
    return activity["case"] is None


def total(values):
    """The sum of the values that are known: missing is not zero (rule C20)."""
    return sum(value for value in values if value is not None)
