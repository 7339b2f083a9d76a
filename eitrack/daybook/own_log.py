"""A worker's own log: the last 90 days of it are what their habits are learned from."""

from dataclasses import dataclass
from datetime import date as Date
from datetime import time, timedelta

from django.db.models import F

from eitrack.activities import kinds
from eitrack.activities.choices import SENSITIVE_PURPOSES, EntryState, Status
from eitrack.activities.models import TimeEntry

LEARNED_DAYS = 90
MOST_ROWS = 400
OF_ACTIVITY = (
    "kind",
    "status",
    "starts_at",
    "purpose",
    "attendance",
    "conversations",
    "recorded_by_id",
    "activity_type_id",
    "site_id",
    "series_id",
    "case_id",
    "agency_id",
    "topic",
    "overhead_kind",
)


@dataclass
class Logged:
    """One line of a worker's own log."""

    activity_id: int
    date: Date
    state: str
    contact_minutes: int
    preparation_minutes: int
    travel_minutes: int
    kind: str
    status: str
    starts_at: time | None
    purpose: str
    attendance: int | None
    conversations: int | None
    recorded_by_id: int
    activity_type_id: int
    recorder_name: str
    type_name: str
    site_id: int | None
    site_name: str
    series_id: int | None
    series_name: str | None
    case_id: int | None
    agency_id: int | None = None
    topic: str = ""
    overhead_kind: str = ""

    @property
    def minutes(self):
        return self.contact_minutes + self.preparation_minutes + self.travel_minutes

    @property
    def is_proposed(self):
        return self.state == EntryState.PROPOSED

    @property
    def counts(self):
        return self.state == EntryState.CONFIRMED and self.status == Status.HELD

    @property
    def group(self):
        return kinds.group_of(self.kind, self.case_id is not None)

    @property
    def headcount(self):
        counted = self.kind in kinds.COUNTED_BY_CONVERSATION
        return self.conversations if counted else self.attendance

    @property
    def combination(self):
        """What makes two entries the same habit."""
        return self.kind, self.activity_type_id, self.site_id, self.series_id


def recent_log(user, today):
    """The worker's own log of the last 90 days, newest first: one query, bounded in rows."""
    return log_between(user, today - timedelta(days=LEARNED_DAYS), today)


def log_between(user, start, end):
    """The worker's own log from `start` to `end`, both included, newest first."""
    rows = (
        TimeEntry.objects.filter(worker=user, date__gte=start, date__lte=end)
        .exclude(activity__status=Status.VOID)
        .order_by("-date", "-pk")
        .values(
            "activity_id",
            "date",
            "state",
            "contact_minutes",
            "preparation_minutes",
            "travel_minutes",
            **{name: F(f"activity__{name}") for name in OF_ACTIVITY},
            recorder_name=F("activity__recorded_by__name"),
            type_name=F("activity__activity_type__name"),
            site_name=F("activity__site__name"),
            series_name=F("activity__series__name"),
        )[:MOST_ROWS]
    )
    return [without_closed_site(Logged(**row), user) for row in rows]


def without_closed_site(logged, user):
    """A colleague's entry on one family's sensitive matter carries no site (rule 11)."""
    if (
        logged.recorded_by_id != user.pk
        and logged.kind in kinds.ONE_FAMILY
        and logged.purpose in SENSITIVE_PURPOSES
    ):
        logged.site_id, logged.site_name, logged.agency_id = None, "", None
    return logged
