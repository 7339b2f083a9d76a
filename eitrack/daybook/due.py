"""What is due today: planned dates of the series a worker delivers, until they are recorded."""

from dataclasses import dataclass
from datetime import date as Date
from datetime import time, timedelta

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse

from eitrack.activities.choices import Status
from eitrack.activities.models import Activity, Series, SeriesWorker, TimeEntry
from eitrack.activities.words import headcount_in_words
from eitrack.common.cached_lists import cached_list
from eitrack.common.compiled_query import compiled_for
from eitrack.directory.school_terms import SchoolTerms

DUE_DAYS = 7
# What is read of a record of a planned session.
SHOWN = (
    *("series", "planned_on", "date", "kind", "attendance", "conversations", "not_run_reason"),
    *("recorded_by__name",),
)


@dataclass
class Due:
    """A planned date; `recorded` is a colleague's record without time of this worker."""

    series: Series
    date: Date
    today: Date
    recorded: Activity | None = None

    @property
    def is_today(self):
        return self.date == self.today

    @property
    def minutes(self):
        return self.series.usual_minutes or self.series.activity_type.spine.usual_minutes

    @property
    def group(self):
        return self.series.activity_type.spine.group

    @property
    def held_url(self):
        form = reverse("daybook:log", args=[self.series.activity_type.kind])
        return f"{form}?series={self.series.pk}&planned_on={self.date:%Y-%m-%d}"

    @property
    def not_run_url(self):
        return reverse("activities:series_not_run", args=[self.series.pk, self.date.isoformat()])

    @property
    def join_url(self):
        return reverse("activities:series_join", args=[self.series.pk, self.date.isoformat()])

    @property
    def counted(self):
        return headcount_in_words(self.recorded.kind, self.recorded.headcount)

    @property
    def order(self):
        """Today first, by time; then earlier days, newest first."""
        return self.today - self.date, self.series.starts_at or time.max, self.series.name


def due(user, today):
    """Planned dates of today and the last 7 days that this worker still has to record."""
    since = today - timedelta(days=DUE_DAYS)
    planned = planned_dates(user, since, today)
    if not planned:
        return []
    recorded = recorded_sessions(user, {series.pk for series, _ in planned}, since, today)
    rows = []
    for series, date in planned:
        activity = recorded.get((series.pk, date))
        if activity is None:
            rows.append(Due(series, date, today))
        elif not activity.not_run_reason and not activity.has_my_time:
            rows.append(Due(series, date, today, activity))
    return sorted(rows, key=lambda row: row.order)


@cached_list(
    *("activities.Series", "activities.SeriesDate", "activities.SeriesWorker"),
    *("activities.ActivityType", "directory.Site", "directory.Team"),
    *("directory.District", "directory.Placement", "directory.SchoolTerm"),
    copied=True,
)
def planned_dates(user, start, end):
    """(series, date) of what this worker delivers, while they wear a hat in its team."""
    hats = user.placements.overlapping(start, end).filter(team=OuterRef("series__team"))
    last = hats.order_by(F("until_on").desc(nulls_first=True)).values("until_on")[:1]
    roles = (
        SeriesWorker.objects.filter(Exists(hats), worker=user)
        .overlapping(start, end)
        .annotate(hat_until_on=Subquery(last))
        .select_related("series__activity_type", "series__site", "series__team__district")
        .prefetch_related("series__single_dates")
    )
    terms = SchoolTerms() if roles else None
    found = {}
    for role in roles:
        until = min(filter(None, (role.until_on, role.hat_until_on, end)))
        for date in role.series.dates_between(max(role.from_on, start), until, terms):
            found[role.series_id, date] = (role.series, date)
    return list(found.values())


def recorded_sessions(user, series, start, end):
    """{(series, planned date): record}, one query; `has_my_time` if the worker has time on it."""
    found = {}
    for row in sessions_between(user.pk, tuple(sorted(series)), start, end):
        found.setdefault((row.series_id, row.planned_on or row.date), row)
    return found


@compiled_for("worker", "start", "end")
def sessions_between(worker, series, start, end):
    mine = TimeEntry.objects.filter(worker=worker, activity=OuterRef("pk"))
    return (
        Activity.objects.filter(series__in=series)
        .filter(
            Q(planned_on__range=(start, end)) | Q(planned_on__isnull=True, date__range=(start, end))
        )
        .exclude(status=Status.VOID)
        .annotate(has_my_time=Exists(mine))
        .select_related("recorded_by")
        .only(*SHOWN)
        .order_by("-planned_on", "pk")
    )
