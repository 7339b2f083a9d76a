"""What the pages of series show: the list, the plan of one, its sessions."""

from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta

from django.db.models import Exists, OuterRef, Prefetch

from eitrack.activities.choices import Repeat, SeriesRole, Status
from eitrack.activities.models import Activity, Series, SeriesWorker
from eitrack.activities.words import headcount_in_words, not_run_in_words
from eitrack.common.words import day_and_year, duration
from eitrack.directory.school_terms import SchoolTerms

AHEAD_WEEKS, BACK_WEEKS = 26, 8
NEXT_DATES = 6
PAST_SESSIONS = 20
ORDINALS = ("first", "second", "third", "fourth", "last")


@dataclass
class Session:
    """A planned date, or a session held outside the plan."""

    date: Date
    activity: Activity | None
    today: Date

    @property
    def is_ahead(self):
        return self.date > self.today

    @property
    def what(self):
        if self.activity is None:
            return "not recorded yet"
        if self.activity.not_run_reason:
            return not_run_in_words(self.activity, self.today)
        return headcount_in_words(self.activity.kind, self.activity.headcount) or "held"


def series_rows(user, today):
    """Series in reach with the values of a line; `leads` are those on this day or later."""
    leads = SeriesWorker.objects.not_ended(today).filter(role=SeriesRole.LEAD)
    return (
        Series.objects.visible_to(user)
        .with_plan()
        .prefetch_related(
            Prefetch("workers", leads.select_related("worker").order_by("from_on"), "leads")
        )
    )


def next_date(series, today, terms):
    dates = series.dates_between(today, today + timedelta(weeks=AHEAD_WEEKS), terms)
    return dates[0] if dates else None


def repeat_in_words(series):
    """`Every week on Monday`, `Every month on the second Tuesday`."""
    if series.repeat == Repeat.DATES:
        return series.get_repeat_display()
    weekday = f"{series.from_on:%A}"
    if series.repeat == Repeat.MONTHLY:
        return f"Every month on the {ORDINALS[(series.from_on.day - 1) // 7]} {weekday}"
    return f"{series.get_repeat_display()} on {weekday}"


def series_details(series, user, today):
    """What the page of one series shows."""
    terms = SchoolTerms()
    ahead = series.dates_between(today, today + timedelta(weeks=AHEAD_WEEKS), terms)
    held = sessions_held(series, user)
    recorded = {activity.planned_on or activity.date: activity for activity in held}
    dates = [Session(day, recorded.get(day), today) for day in ahead]
    return {
        "facts": facts(series),
        # A record of a future day says that it will not run.
        "next_dates": [one for one in dates if one.is_ahead or not one.activity][:NEXT_DATES],
        "sessions": sessions(series, held, today, terms),
        "roles": series.workers.select_related("worker").order_by("-from_on", "pk"),
    }


def sessions(series, held, today, terms):
    """Records, and planned dates of recent weeks without a record."""
    recorded = {activity.planned_on or activity.date for activity in held}
    since = today - timedelta(weeks=BACK_WEEKS)
    planned = series.dates_between(since, today - timedelta(days=1), terms)
    rows = [Session(one.date, one, today) for one in held if one.date <= today]
    rows += [Session(day, None, today) for day in planned if day not in recorded]
    return sorted(rows, key=lambda row: row.date, reverse=True)[:PAST_SESSIONS]


def sessions_held(series, user):
    """The newest records of a series; `is_in_reach` is whether this user may open one."""
    in_reach = Activity.objects.visible_to(user).filter(pk=OuterRef("pk"))
    return list(
        series.activities.exclude(status=Status.VOID)
        .annotate(is_in_reach=Exists(in_reach))
        .order_by("-date", "-pk")[:PAST_SESSIONS]
    )


def facts(series):
    until = day_and_year(series.until_on) if series.until_on else None
    skipped = [
        words
        for skips, words in (
            (series.skips_school_holidays, "school holidays"),
            (series.skips_bank_holidays, "bank holidays"),
        )
        if skips and series.repeat != Repeat.DATES
    ]
    rows = [
        ("What", series.activity_type),
        ("Site", series.site),
        ("Team", series.team),
        ("How often", repeat_in_words(series)),
        ("Start", series.starts_at and f"{series.starts_at:%H:%M}"),
        ("Usual length", series.usual_minutes and duration(series.usual_minutes)),
        ("Skips", ", ".join(skipped)),
        ("First day", day_and_year(series.from_on)),
        ("Last day", until),
        ("Planned sessions", series.planned_sessions),
        ("Seats", series.seats),
        ("With", ", ".join(str(agency) for agency in series.agencies.all())),
    ]
    return [(label, value) for label, value in rows if value not in (None, "")]


def export_rows(rows, today):
    """The list of series as a file: header, then one list of cells a row."""
    terms = SchoolTerms()
    yield ["Series", "What", "Site", "Team", "How often", "Next", "Lead", "First day", "Last day"]
    for series in rows:
        yield [
            series.name,
            str(series.activity_type),
            str(series.site),
            str(series.team),
            repeat_in_words(series),
            next_date(series, today, terms),
            leads_of(series),
            series.from_on,
            series.until_on,
        ]


def leads_of(series):
    return ", ".join(str(lead.worker) for lead in series.leads)
