"""What a calendar file says of a stretch of days, in the district's zone; no database is asked."""

import time as clock
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum
from typing import Any

from eitrack.activities.models.time_entry import MOST_MINUTES
from eitrack.intake.calendars.lines import BROKEN, Part, name_of, parts_of, value_of
from eitrack.intake.calendars.moments import (
    NoStart,
    digits_of_start,
    settled,
    uid_of,
    zone_of_event,
)
from eitrack.intake.calendars.rules import NotFollowed, check_rules
from eitrack.intake.calendars.zones import UnknownZone, Zones
from eitrack.intake.reading.files.refusal import NotReadable

MOST_FOUND = 2_000
MOST_SECONDS = 20
DAY = timedelta(days=1)
REPEATING = {"RRULE", "RDATE", "RECURRENCE-ID"}
TOO_SLOW = "Reading this calendar takes too long. Export a shorter stretch of it, and send that."
TOO_FULL = (
    f"The calendar has more than {MOST_FOUND:,} events in these days, so it cannot be a person’s."
)


class Skipped(Enum):
    """Why something of a calendar is not taken; the value completes "3 …"."""

    NO_START = "without a start"
    UNREADABLE = "damaged"
    UNKNOWN_ZONE = "in a time zone that the file does not explain"
    NOT_FOLLOWED = "with a rule of repetition that is not followed"
    CANCELLED = "cancelled"
    ALL_DAY = "all day"
    FREE = "marked as free time"
    PRIVATE = "marked private"
    NO_LENGTH = "without a length, as reminders are"
    TOO_LONG = "longer than 16 hours"


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """Something that stood in a calendar; `title` and `place` are looked at and never kept."""

    uid: str = field(repr=False)
    day: date
    starts_at: time
    minutes: int
    title: str = field(repr=False)
    place: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CalendarRead:
    """The events of these days in their order; what was skipped, in numbers."""

    events: list[CalendarEvent]
    skipped: Counter[Skipped]


def read_calendar(content: bytes, start: date, end: date, district: tzinfo) -> CalendarRead:
    """The events from `start` to `end`, both included.

    Times without a zone are those of the district. Raises NotReadable, if nothing can be read; one
    event that cannot be read is skipped.
    """
    events: list[CalendarEvent] = []
    skipped: Counter[Skipped] = Counter()
    until = clock.monotonic() + MOST_SECONDS
    for part in parts_of(content):
        if part.cut_off:
            skipped[Skipped.UNREADABLE] += 1
        zones = Zones(part, district)
        for group in groups_of(part, start, end, skipped):
            if clock.monotonic() > until:
                raise NotReadable(TOO_SLOW)
            events += occurrences(group, zones, start, end, skipped)
            if len(events) > MOST_FOUND:
                raise NotReadable(TOO_FULL)
    events.sort(key=lambda event: (event.day, event.starts_at, event.uid))
    return CalendarRead(list(once_each(events)), skipped)


def groups_of(
    part: Part, start: date, end: date, skipped: Counter[Skipped]
) -> Iterator[list[list[str]]]:
    """Events of one UID together; single ones of other days are passed over."""
    groups: dict[str, list[list[str]]] = {}
    for lines in part.events:
        groups.setdefault(uid_of(lines), []).append(lines)
    for group in groups.values():
        if len(group) == 1 and not REPEATING & {name_of(line) for line in group[0]}:
            try:
                if not start - 2 * DAY <= digits_of_start(group[0]) <= end + DAY:
                    continue
            except StopIteration:
                skipped[Skipped.NO_START] += 1
                continue
            except ValueError:
                skipped[Skipped.UNREADABLE] += 1
                continue
        yield group


def occurrences(
    group: list[list[str]], zones: Zones, start: date, end: date, skipped: Counter[Skipped]
) -> Iterator[CalendarEvent]:
    """The events of one UID; one that cannot be read is dropped before the others are expanded."""
    import icalendar
    import recurring_ical_events

    calendar, zone = icalendar.Calendar(), None
    # The event itself comes before its changed dates, which are settled into its zone.
    for lines in sorted(group, key=lambda lines: bool(value_of(lines, "RECURRENCE-ID"))):
        try:
            own = zone_of_event(lines, zones)
            check_rules(lines)
            zone = zone or own
            calendar.add_component(component_of(settled(lines, zones, zone)))
        except NoStart:
            skipped[Skipped.NO_START] += 1
        except UnknownZone:
            skipped[Skipped.UNKNOWN_ZONE] += 1
        except NotFollowed:
            skipped[Skipped.NOT_FOLLOWED] += 1
        except BROKEN:
            skipped[Skipped.UNREADABLE] += 1
    if zone is None:
        return
    first, last = (datetime.combine(day, time()) for day in (start - DAY, end + 2 * DAY))
    try:
        found = [
            (why_skipped(one, zone), event_of(one, zone, zones.district))
            for one in recurring_ical_events.of(calendar).between(first, last)
            if start <= day_of(one, zone, zones.district) <= end
        ]
    except BROKEN:
        skipped[Skipped.UNREADABLE] += 1
        return
    for why, event in found:
        if why:
            skipped[why] += 1
        else:
            yield event


def component_of(lines: list[str]) -> Any:
    """The event as the library has it; it keeps what it cannot read until it is asked."""
    import icalendar

    event = icalendar.Event.from_ical("\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"]))
    if event.errors:
        raise ValueError
    return event


def once_each(events: list[CalendarEvent]) -> Iterator[CalendarEvent]:
    """Two calendars of one file may hold the same event."""
    seen = set()
    for event in events:
        key = event.uid, event.day, event.starts_at
        if key not in seen:
            seen.add(key)
            yield event


def why_skipped(one: Any, zone: tzinfo) -> Skipped | None:
    start, minutes = one["DTSTART"].dt, minutes_of(one, zone)
    if said(one, "STATUS") == "CANCELLED":
        return Skipped.CANCELLED
    if said(one, "X-MICROSOFT-CDO-ALLDAYEVENT") == "TRUE" or not isinstance(start, datetime):
        return Skipped.ALL_DAY
    if start.time() == time() and minutes and minutes % (24 * 60) == 0:
        return Skipped.ALL_DAY
    if "FREE" in said(one, "X-MICROSOFT-CDO-BUSYSTATUS") or said(one, "TRANSP") == "TRANSPARENT":
        return Skipped.FREE
    if said(one, "CLASS") in ("PRIVATE", "CONFIDENTIAL"):
        return Skipped.PRIVATE
    if minutes <= 0:
        return Skipped.NO_LENGTH
    return Skipped.TOO_LONG if minutes > MOST_MINUTES else None


def said(one: Any, name: str) -> str:
    return str(one.get(name, "")).strip().upper()


def moment_of(value: date, zone: tzinfo) -> datetime:
    at = value if isinstance(value, datetime) else datetime.combine(value, time())
    return at.replace(tzinfo=zone)


def minutes_of(one: Any, zone: tzinfo) -> int:
    start = moment_of(one["DTSTART"].dt, zone).astimezone(UTC)
    end = moment_of(one["DTEND"].dt, zone).astimezone(UTC) if "DTEND" in one else start
    return round((end - start).total_seconds() / 60)


def day_of(one: Any, zone: tzinfo, district: tzinfo) -> date:
    """The day on which it begins; one that lasts all day begins on it wherever one is."""
    start: date = one["DTSTART"].dt
    if not isinstance(start, datetime):
        return start
    return moment_of(start, zone).astimezone(district).date()


def event_of(one: Any, zone: tzinfo, district: tzinfo) -> CalendarEvent:
    start = moment_of(one["DTSTART"].dt, zone).astimezone(district)
    return CalendarEvent(
        uid=str(one.get("UID", "")) or f"{start:%Y%m%dT%H%M}",
        day=start.date(),
        starts_at=start.time().replace(second=0, microsecond=0),
        minutes=minutes_of(one, zone),
        title=str(one.get("SUMMARY", "")).strip(),
        place=str(one.get("LOCATION", "")).strip(),
    )
