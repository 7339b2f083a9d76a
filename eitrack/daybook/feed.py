"""The calendar file: kinds and sites; no families and no names."""

from collections import defaultdict
from datetime import UTC, datetime, time, timedelta

from django.db.models import Count, Max
from django.utils import timezone

from eitrack.activities.models import Activity, Series
from eitrack.daybook.due import planned_dates, recorded_sessions

BACK_WEEKS, AHEAD_WEEKS = 4, 26


def calendar_of(worker, now):
    """The planned dates of the worker's series, from four weeks ago to half a year ahead, as bytes.

    The bytes change only when a date changes, so a calendar can check.
    """
    # Imported here, as below, since only a calendar needs it.
    from icalendar import Calendar

    today = timezone.localtime(now).date()
    start, end = today - timedelta(weeks=BACK_WEEKS), today + timedelta(weeks=AHEAD_WEEKS)
    planned = planned_dates(worker, start, end)
    series = {one.pk for one, _ in planned}
    recorded = recorded_sessions(worker, series, start, end) if series else {}
    versions = versions_of(series, start, end)
    calendar = Calendar()
    calendar.add("prodid", "-//EITrack//planned sessions//EN")
    calendar.add("version", "2.0")
    for one, date in sorted(planned, key=lambda pair: (pair[1], pair[0].pk)):
        record = recorded.get((one.pk, date))
        is_cancelled = bool(record and record.not_run_reason)
        event = event_of(one, date, is_cancelled=is_cancelled)
        mark_version(event, one, [*versions[one.pk, None], *versions[one.pk, date]])
        calendar.add_component(event)
    return calendar.to_ical()


def versions_of(series, start, end):
    """{(series, planned date): [(number of versions, last moment)]}; the key None is the series
    itself.

    Counts every record that ever stood for the date, so the number only grows.
    """
    found = defaultdict(list)
    plans = Series.history.filter(id__in=series).order_by().values_list("id")
    for pk, *version in plans.annotate(Count("history_id"), Max("history_date")):
        found[pk, None].append(version)
    stood = Activity.history.filter(series_id__in=series, planned_on__range=(start, end)).order_by()
    days = {pk: (one, day) for pk, one, day in stood.values_list("id", "series_id", "planned_on")}
    records = Activity.history.filter(id__in=days).order_by().values_list("id")
    for pk, *version in records.annotate(Count("history_id"), Max("history_date")):
        found[days[pk]].append(version)
    return found


def mark_version(event, series, versions):
    planned = datetime.combine(series.from_on, time(), UTC)
    changed_at = max([moment for _, moment in versions], default=planned)
    event.add("dtstamp", changed_at.astimezone(UTC))
    event.add("sequence", sum(number for number, _ in versions))


def event_of(series, date, *, is_cancelled):
    from icalendar import Event

    kind = series.activity_type.spine
    event = Event()
    event.add("uid", f"session-{series.pk}-{date:%Y%m%d}@eitrack")
    words = f"{kind.label}, {series.site}"
    event.add("summary", f"Cancelled: {words}" if is_cancelled else words)
    event.add("location", str(series.site))
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    if series.starts_at is None:
        event.add("dtstart", date)
        return event
    # In UTC, converted from local time on that day, so it is right when the clocks change.
    local = datetime.combine(date, series.starts_at, timezone.get_default_timezone())
    begins = local.astimezone(UTC)
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=series.usual_minutes or kind.usual_minutes))
    return event
