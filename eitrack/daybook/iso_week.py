"""Weeks from Monday to Sunday, as written in addresses."""

import re
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta

from django.urls import reverse

from eitrack.common.horizon import outside_horizon
from eitrack.common.words import day as day_in_words
from eitrack.common.words import day_and_year


@dataclass(frozen=True)
class IsoWeek:
    """A week from Monday to Sunday; its code in addresses is `2026-W47`."""

    monday: Date

    @classmethod
    def parse(cls, code):
        """Raises ValueError if it is not a week."""
        found = re.fullmatch(r"(2[0-9]{3})-W([0-9]{2})", code)
        if not found:
            raise ValueError(f"“{code}” is no week. Write one as 2026-W47.")
        monday = Date.fromisocalendar(int(found[1]), int(found[2]), 1)
        if refusal := outside_horizon(monday):
            raise ValueError(f"“{code}”: {refusal}")
        return cls(monday)

    @classmethod
    def of(cls, day):
        return cls(day - timedelta(days=day.weekday()))

    @property
    def code(self):
        year, number, _ = self.monday.isocalendar()
        return f"{year}-W{number:02}"

    @property
    def sunday(self):
        return self.monday + timedelta(days=6)

    @property
    def dates(self):
        return [self.monday + timedelta(days=offset) for offset in range(7)]

    @property
    def name(self):
        return f"Week {self.monday.isocalendar().week}"

    @property
    def words(self):
        return f"{day_in_words(self.monday)} to {day_and_year(self.sunday)}"

    @property
    def url(self):
        return reverse("daybook:week", args=[self.code])

    def beside(self, weeks):
        return IsoWeek(self.monday + timedelta(weeks=weeks))
