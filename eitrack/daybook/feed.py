"""The calendar itself: kinds and sites, nothing about families, nobody's name."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone
from icalendar import Calendar, Event

from eitrack.daybook.due import planned_dates

BACK_WEEKS, AHEAD_WEEKS = 4, 26


def calendar_of(worker, now):
    """The planned dates of the worker's series, last four weeks and next half year, as bytes."""
    today = timezone.localtime(now).date()
    start, end = today - timedelta(weeks=BACK_WEEKS), today + timedelta(weeks=AHEAD_WEEKS)
    calendar = Calendar()
    calendar.add("prodid", "-//EITrack//planned sessions//EN")
    calendar.add("version", "2.0")
    for series, date in sorted(
        planned_dates(worker, start, end), key=lambda pair: (pair[1], pair[0].pk)
    ):
        calendar.add_component(event_of(series, date, now))
    return calendar.to_ical()


def event_of(series, date, now):
    kind = series.activity_type.spine
    event = Event()
    event.add("uid", f"session-{series.pk}-{date:%Y%m%d}@eitrack")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", f"{kind.label}, {series.site}")
    event.add("location", str(series.site))
    if series.starts_at is None:
        event.add("dtstart", date)
        return event
    # In UTC, from local time on that day: right on both sides of a change of the clocks.
    local = datetime.combine(date, series.starts_at, timezone.get_default_timezone())
    begins = local.astimezone(UTC)
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=series.usual_minutes or kind.usual_minutes))
    return event
