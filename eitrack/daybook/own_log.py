"""A worker's own log; habits are learned from its last 90 days."""

from dataclasses import dataclass
from datetime import date as Date
from datetime import time, timedelta

from eitrack.activities import kinds
from eitrack.activities.choices import SENSITIVE_PURPOSES, EntryState, Status
from eitrack.activities.models import TimeEntry
from eitrack.common.compiled_query import compiled_for

LEARNED_DAYS = 90
MOST_ROWS = 400
OF_HABIT = ("kind", "purpose", "recorded_by_id", "activity_type_id", "site_id", "agency_id")
OF_ACTIVITY = (
    *OF_HABIT,
    "status",
    "starts_at",
    "attendance",
    "conversations",
    "series_id",
    "case_id",
    "topic",
    "overhead_kind",
)
READ_OF_HABIT = {
    "contact_minutes": "contact_minutes",
    **{name: f"activity__{name}" for name in OF_HABIT},
}
READ_OF_LOG = {
    **{
        name: name
        for name in (
            *("activity_id", "date", "state", "contact_minutes"),
            *("preparation_minutes", "travel_minutes"),
        )
    },
    **{name: f"activity__{name}" for name in OF_ACTIVITY},
    "recorder_name": "activity__recorded_by__name",
    "type_name": "activity__activity_type__name",
    "site_name": "activity__site__name",
    "site_archived_from_on": "activity__site__archived_from_on",
    "series_name": "activity__series__name",
    "looks_like_status": "activity__looks_like__status",
}


@dataclass(kw_only=True)
class Habit:
    """What one entry says about a worker's habits."""

    contact_minutes: int
    kind: str
    purpose: str
    recorded_by_id: int
    activity_type_id: int
    site_id: int | None
    agency_id: int | None = None

    def closed_to(self, user_pk):
        """A colleague's entry on a sensitive matter of one family has no site (rule 11)."""
        if (
            self.recorded_by_id != user_pk
            and self.kind in kinds.ONE_FAMILY
            and self.purpose in SENSITIVE_PURPOSES
        ):
            self.site_id, self.site_name, self.agency_id = None, "", None
        return self


@dataclass(kw_only=True)
class Logged(Habit):
    """A line of a worker's own log."""

    activity_id: int
    date: Date
    state: str
    preparation_minutes: int
    travel_minutes: int
    status: str
    starts_at: time | None
    attendance: int | None
    conversations: int | None
    recorder_name: str
    type_name: str
    site_name: str
    site_archived_from_on: Date | None
    series_id: int | None
    series_name: str | None
    case_id: int | None
    topic: str = ""
    overhead_kind: str = ""
    looks_like_status: str | None = None

    @property
    def may_be_double(self):
        """Recorded by phone or week, where nobody could be asked, and similar to another record."""
        return self.counts and self.looks_like_status == Status.HELD

    @property
    def minutes(self):
        return self.contact_minutes + self.preparation_minutes + self.travel_minutes

    def has_site_in_use_on(self, day):
        return self.site_archived_from_on is None or self.site_archived_from_on > day

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
        """Entries with the same combination are the same habit."""
        return self.kind, self.activity_type_id, self.site_id, self.series_id


def recent_log(user, today):
    """The worker's own log of the last 90 days, newest first: one query with a limit."""
    return log_between(user, today - timedelta(days=LEARNED_DAYS), today)


def recent_habits(user, today):
    """The same entries, with only what the log form learns from."""
    start = today - timedelta(days=LEARNED_DAYS)
    rows = entries_between(tuple(READ_OF_HABIT.values()), user.pk, start, today)
    return made_of(Habit, READ_OF_HABIT, rows, user)


def log_between(user, start, end):
    """The worker's own log from `start` to `end`, both included, newest first."""
    rows = entries_between(tuple(READ_OF_LOG.values()), user.pk, start, end)
    return made_of(Logged, READ_OF_LOG, rows, user)


def made_of(shape, read, rows, user):
    """Rows of this shape, from `read`: {what it is called: where it is read}."""
    names = tuple(read)
    return [shape(**dict(zip(names, row, strict=True))).closed_to(user.pk) for row in rows]


@compiled_for("worker", "start", "end")
def entries_between(read, worker, start, end):
    entries = TimeEntry.objects.filter(worker=worker, date__gte=start, date__lte=end)
    own = entries.exclude(activity__status=Status.VOID).order_by("-date", "-pk")
    return own.values_list(*read)[:MOST_ROWS]
