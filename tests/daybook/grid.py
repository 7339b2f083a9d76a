"""The week of 16 November as a browser shows it and sends it back."""

import datetime
import re

from eitrack.activities.models import Activity
from tests.factories.activities import ActivityFactory, SeriesFactory
from tests.factories.directory import SiteFactory

TODAY = datetime.date(2026, 11, 23)
TUESDAY = datetime.date(2026, 11, 17)
WEEK = "/week/2026-W47/"


class Grid:
    def __init__(self, client, url=WEEK):
        self.client, self.url = client, url
        self.values = {}
        self.load()

    def load(self, query=""):
        self.read(self.client.get(self.url + query))

    def read(self, response):
        self.response = response
        if response.status_code == 302:
            return
        self.sheet = response.context["sheet"]
        self.values = {
            "page_token": str(response.context["page_token"]),
            "row": [row.key for row in self.sheet.rows],
        }
        for cell in self.sheet.cells:
            self.values[cell.minutes_name] = cell.minutes_text
            self.values[cell.count_name] = cell.count_text
            if cell.records:
                self.values[cell.told_name] = "1"
        for day in self.sheet.days:
            self.values |= {f"mark-{day.id}": day.mark, f"leave-{day.id}": day.leave}

    def row(self, kind):
        return next(row for row in self.sheet.rows if row.kind.code == kind)

    def cell(self, kind, date=TUESDAY):
        return next(cell for cell in self.row(kind).cells if cell.date == date)

    def type(self, kind, minutes="", count="", date=TUESDAY):
        cell = self.cell(kind, date)
        self.values |= {cell.minutes_name: minutes, cell.count_name: count}

    def day(self, date=TUESDAY):
        return next(day for day in self.sheet.days if day.date == date)

    def send(self, do="save", **more):
        self.read(self.client.post(self.url, self.values | {"do": do} | more))
        return self

    @property
    def text(self):
        return re.sub(r"\s+", " ", self.response.content.decode())


def habit(worker, kind="drop_in", date=TODAY - datetime.timedelta(days=10), **fields):
    return ActivityFactory(by=worker.hat, kind=kind, date=date, **fields)


def weekly_series(worker):
    """Every Tuesday, in the worker's team."""
    return SeriesFactory(
        team=worker.hat.team, repeat="weekly", from_on=datetime.date(2026, 9, 1), site=SiteFactory()
    )


def on_tuesday():
    return Activity.objects.filter(date=TUESDAY)
