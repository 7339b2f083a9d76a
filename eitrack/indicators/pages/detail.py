"""What the page of an indicator shows for one scope and period."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from eitrack.indicators.figures import drawings
from eitrack.indicators.figures.behind import made_of
from eitrack.indicators.figures.over_time import PeriodFigure
from eitrack.indicators.terms.figures import ADDS_UP, ExactFigures
from eitrack.indicators.terms.indicator import Unit
from eitrack.indicators.terms.words import AT_LEAST, shown

NO_KEY = "-"  # In an address: the row of records without a key, as "not known".


@dataclass(frozen=True)
class Page:
    """`figures` are those of the period, `over_time` those of the quarters up to its end."""

    indicator: object
    scope: object
    figures: object
    over_time: list
    can_open_records: bool
    changeovers: tuple = ()

    @property
    def is_exact(self):
        return isinstance(self.figures, ExactFigures)

    @cached_property
    def shown(self):
        return shown(self.figures)[0]

    @property
    def is_at_least(self):
        """Whether coverage is so low that the figure is a lower bound (C20)."""
        return self.shown.total.figure.startswith(AT_LEAST)

    @property
    def period(self):
        return self.figures.period

    @property
    def by(self):
        return self.figures.by

    @cached_property
    def line(self):
        lines = [
            PeriodFigure.of(each, shown(each)[0].total, self.changeovers) for each in self.over_time
        ]
        return drawings.over_time(self.indicator, lines)

    @cached_property
    def bars(self):
        if not self.by:
            return None
        urls = [""] * len(self.shown.rows)
        if self.can_open_records and self.is_exact:
            keys = [row.key for row, _ in self.figures.rows_of(self.indicator)]
            urls = [self._records_url(by=self.by.code, row=row_code(key)) for key in keys]
        return drawings.by_rows(self.indicator, self.by, self.shown.rows, urls)

    @property
    def joint_note(self):
        adds_up = self.indicator.unit in ADDS_UP and self.indicator.unit != Unit.HOURS
        if self.by and self.by.overlap and (adds_up or self.by.is_split):
            return f"{self.by.label} rows add to more than the whole, because {self.by.overlap}."
        return ""

    @property
    def records_url(self):
        return self._records_url() if self.can_open_records else ""

    @property
    def made_of(self):
        return made_of(self.indicator)

    @property
    def earlier_url(self):
        return self._url(self.period.previous())

    @property
    def later_url(self):
        return self._url(self.period.next())

    def _url(self, period):
        by = {"by": self.by.code} if self.by else {}
        return f"?{urlencode({'scope': self.scope.code, 'period': period.code} | by)}"

    def _records_url(self, **row):
        asked = {"scope": self.scope.code, "period": self.period.code} | row
        address = reverse("indicators:indicator_records", args=[self.indicator.code])
        return f"{address}?{urlencode(asked)}"


def row_code(key):
    return NO_KEY if key is None else str(key)
