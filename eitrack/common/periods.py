"""Periods: years from 1 April, their quarters, and months.

`2026` is April 2026 to March 2027, `2026-Q2` July to September 2026, `2026-07` July 2026.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from eitrack.common.horizon import outside_horizon

FIRST_MONTH = 4
WEEKS = 12


def month_start(year: int, month: int) -> date:
    """The first day of a month counted from January of `year`; `month` may exceed 12."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def whole_months(start: date, end: date) -> "Period":
    """The Period of all months from the one of `start` to the one of `end`."""
    after = month_start(end.year, end.month + 1)
    return Period(start.replace(day=1), after - timedelta(days=1), "")


@dataclass(frozen=True, order=True)
class Period:
    """Days from `start` to `end`, both included, with the code used in addresses."""

    start: date
    end: date
    code: str

    @classmethod
    def parse(cls, code: str) -> Self:
        """Read a code; ValueError with a message for the user if invalid or too far away."""
        found = re.fullmatch(r"([0-9]{4})(?:-Q([1-4])|-(0[1-9]|1[0-2]))?", code, re.ASCII)
        if not found or found[1] in ("0000", "9999"):
            raise ValueError(
                f"“{code}” is no period. Write a quarter as 2026-Q2 or a year as 2026."
            )
        period = cls._of_year(int(found[1]), found[2], found[3])
        if refusal := outside_horizon(period.start):
            raise ValueError(f"“{code}”: {refusal}")
        return period

    @classmethod
    def _of_year(cls, year: int, quarter: str = "", month: str = "") -> Self:
        if quarter:
            return cls.quarter(year, int(quarter))
        return cls.month(year, int(month)) if month else cls.year(year)

    @classmethod
    def year(cls, year: int) -> Self:
        return cls(
            month_start(year, FIRST_MONTH),
            month_start(year + 1, FIRST_MONTH) - timedelta(days=1),
            f"{year}",
        )

    @classmethod
    def quarter(cls, year: int, number: int) -> Self:
        first = FIRST_MONTH + 3 * (number - 1)
        return cls(
            month_start(year, first),
            month_start(year, first + 3) - timedelta(days=1),
            f"{year}-Q{number}",
        )

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        return cls(
            month_start(year, month),
            month_start(year, month + 1) - timedelta(days=1),
            f"{year}-{month:02}",
        )

    @classmethod
    def quarter_of(cls, day: date) -> Self:
        months = (day.year * 12 + day.month - 1) - FIRST_MONTH + 1
        return cls.quarter(months // 12, months % 12 // 3 + 1)

    @classmethod
    def year_of(cls, day: date) -> Self:
        return cls.year(day.year if day.month >= FIRST_MONTH else day.year - 1)

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def months(self) -> list[str] | None:
        """The codes of its months in order; None if it is not made of whole months."""
        if self.start.day != 1 or (self.end + timedelta(days=1)).day != 1:
            return None
        first = self.start.year * 12 + self.start.month - 1
        last = self.end.year * 12 + self.end.month - 1
        return [f"{month // 12}-{month % 12 + 1:02}" for month in range(first, last + 1)]

    @property
    def is_quarter(self) -> bool:
        return "Q" in self.code

    @property
    def quarters(self) -> list["Period"]:
        """Those of a year, in order; a quarter itself."""
        if self.is_quarter:
            return [self]
        return [Period.quarter(self.start.year, number) for number in (1, 2, 3, 4)]

    @property
    def name(self) -> str:
        """`Quarter 2 of 2026/27`, `Year 2026/27` or `July 2026`."""
        if self.is_quarter:
            year, number = self.code.split("-Q")
            return f"Quarter {number} of {year}/{(int(year) + 1) % 100:02}"
        if "-" in self.code:
            return f"{self.start:%B %Y}"
        return f"Year {self.code}/{(int(self.code) + 1) % 100:02}"

    @property
    def dates(self) -> str:
        """`1 July 2026 to 30 September 2026`: pages always print the dates."""
        return f"{self.start.day} {self.start:%B %Y} to {self.end.day} {self.end:%B %Y}"

    def __str__(self) -> str:
        return f"{self.name} ({self.dates})"

    def is_open(self, today: date) -> bool:
        """Whether it has not ended."""
        return self.end >= today

    def holds(self, other: "Period") -> bool:
        """Whether the other period lies within it."""
        return self.start <= other.start and other.end <= self.end

    def previous(self) -> "Period":
        return self._beside(self.start - timedelta(days=1))

    def with_previous(self, number: int) -> list["Period"]:
        """This one and those before it, newest first, `number` in all."""
        found = [self]
        while len(found) < number:
            found.append(found[-1].previous())
        return found

    def next(self) -> "Period":
        return self._beside(self.end + timedelta(days=1))

    def a_year_before(self) -> "Period":
        """The same period a year before, as school terms shape the work."""
        year, _, part = self.code.partition("-")
        quarter = part.removeprefix("Q") if self.is_quarter else ""
        return Period._of_year(int(year) - 1, quarter, "" if quarter else part)

    def _beside(self, day: date) -> "Period":
        if self.is_quarter:
            return Period.quarter_of(day)
        if "-" in self.code:
            return Period.month(day.year, day.month)
        return Period.year_of(day)


@dataclass(frozen=True, order=True)
class LastWeeks(Period):
    """The twelve weeks, Monday to Sunday, up to a day."""

    @property
    def name(self) -> str:
        return "Last twelve weeks"

    @classmethod
    def until(cls, today: date, code: str = "") -> Self:
        monday, _ = week_of(today)
        return cls(monday - timedelta(weeks=WEEKS - 1), today, code)


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of this day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
