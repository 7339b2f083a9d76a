"""When things happen: school terms, holidays, weekdays, peaks."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from eitrack.activities.kinds import KindCode
from eitrack.common.periods import month_start
from eitrack.demo.calendar import bank_holidays, working_days

WEEKDAYS = (0.90, 1.08, 1.14, 1.06, 0.82)
SCHOOLS_IN_HOLIDAYS = 0.05
DROP_INS_IN_HOLIDAYS = 0.6
OUTREACH_IN_HOLIDAYS = 3
OTHERS_IN_HOLIDAYS = 0.8
OTHERS_IN_AUGUST = 0.76
PEAK = 1.15
EVENING_MONTHS = {2: 1, 3: 1, 10: 1, 11: 1, 7: 0.25}
# The last day is a morning in progress.
LAST_DAY, LAST_DAY_MINUTES = 0.15, 45


def monday_of(day):
    return day - timedelta(days=day.weekday())


def school_terms(year):
    """The six stretches of the school year that starts in September: (name, first, last day)."""
    good_friday = next(
        day for day in sorted(bank_holidays(year + 1)) if day.month in (3, 4) and day.weekday() == 4
    )
    october_break = monday_of(date(year, 10, 31))
    february_break = monday_of(date(year + 1, 2, 18))
    may_break = monday_of(date(year + 1, 5, 31))
    to_monday, to_friday = timedelta(days=7), timedelta(days=-3)
    first_day = date(year, 9, 3)
    return (
        (f"Autumn 1, {year}", first_day, october_break + to_friday),
        (f"Autumn 2, {year}", october_break + to_monday, monday_of(date(year, 12, 21)) + to_friday),
        (f"Spring 1, {year + 1}", date(year + 1, 1, 5), february_break + to_friday),
        (f"Spring 2, {year + 1}", february_break + to_monday, good_friday - timedelta(days=7)),
        (f"Summer 1, {year + 1}", good_friday + timedelta(days=10), may_break + to_friday),
        (f"Summer 2, {year + 1}", may_break + to_monday, date(year + 1, 7, 21)),
    )


@dataclass(frozen=True)
class Window:
    """The days the sample world covers, both included."""

    until: date
    months: int

    @cached_property
    def start(self):
        return month_start(self.until.year, self.until.month - self.months + 1)

    @cached_property
    def days(self):
        return working_days(self.start, self.until)

    @cached_property
    def last_working_day(self):
        return self.days[-1] if self.days else self.until

    @cached_property
    def terms(self):
        """School terms of all years touched, and of the year to come."""
        years = range(self.start.year - 2, self.until.year + 2)
        return [term for year in years for term in school_terms(year)]

    @cached_property
    def school_days(self):
        return frozenset(day for _, first, last in self.terms for day in working_days(first, last))

    @cached_property
    def years(self):
        """The working days in years counted back from the last day, the oldest perhaps cut."""
        spans = {}
        for day in self.days:
            spans.setdefault((self.until - day).days // 365, []).append(day)
        return list(spans.values())

    @property
    def figures_start(self):
        """First day of the twelve months (or all there are) that are held against the table."""
        return max(self.start, self.until - timedelta(days=364))

    def weight(self, row, day):
        """How much of this kind of work falls on a working day, against a term Wednesday."""
        weight = WEEKDAYS[day.weekday()] * season(row, day, day in self.school_days)
        if (day.month == 1 and day.day > 5) or (day.month == 9 and day.day > 14):
            weight *= PEAK
        if day == self.until:
            weight *= LAST_DAY if row.entry_minutes <= LAST_DAY_MINUTES else 0
        return weight

    def share_of_year(self, row, days):
        """These days, weighted, against the twelve months to the end."""
        year = working_days(self.until - timedelta(days=364), self.until)
        whole = sum(self.weight(row, day) for day in year)
        return sum(self.weight(row, day) for day in days) / whole if whole else 0


def season(row, day, is_school_day):
    if row.kind == KindCode.OPEN_EVENING:
        return EVENING_MONTHS.get(day.month, 0) if is_school_day else 0
    if is_school_day:
        return 1
    if row.kind == KindCode.OUTREACH:
        return OUTREACH_IN_HOLIDAYS
    if row.kind == KindCode.DROP_IN:
        return DROP_INS_IN_HOLIDAYS
    others = OTHERS_IN_AUGUST if day.month == 8 else OTHERS_IN_HOLIDAYS
    return row.school_share * SCHOOLS_IN_HOLIDAYS + (1 - row.school_share) * others
