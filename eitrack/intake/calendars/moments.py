"""Moments of an event, each settled into the digits of the event's own zone.

Compared as digits of one zone, a moment in UTC takes away what it means and nothing else.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, tzinfo

from eitrack.intake.calendars.lines import name_of, value_of
from eitrack.intake.calendars.zones import Zones

MOMENTS = ("DTSTART", "DTEND", "EXDATE", "RDATE", "RECURRENCE-ID")
# A name of a zone with a colon has to stand in quotation marks, and often does not.
TZID = re.compile(r';TZID=(?:"([^"]*)"|([^;]*))', re.IGNORECASE)
RANGE = re.compile(r";RANGE=THISANDFUTURE", re.IGNORECASE)
UNTIL = re.compile(r"(?<=UNTIL=)[0-9TZ]+", re.IGNORECASE)
DAY, DIGITS = "%Y%m%d", "%Y%m%dT%H%M%S"
LAST = time(23, 59, 59)


class NoStart(ValueError):
    """An event that says nowhere when it begins."""


def zone_of_event(lines: Iterable[str], zones: Zones) -> tzinfo:
    """The zone in which its start is written."""
    start = next((line for line in lines if name_of(line) == "DTSTART"), None)
    if start is None:
        raise NoStart
    head, value = parted(start)
    return UTC if value.endswith(("Z", "z")) else zones.called(tzid_of(head))


def settled(lines: Iterable[str], zones: Zones, zone: tzinfo) -> list[str]:
    """The lines of an event with all its moments as digits of one zone.

    Raises ValueError, if one of them cannot be read.
    """
    return [settled_line(line, zones, zone) for line in lines]


def settled_line(line: str, zones: Zones, zone: tzinfo) -> str:
    name = name_of(line)
    if name == "RRULE":
        return UNTIL.sub(lambda found: until(found[0].upper(), zone), line)
    if name not in MOMENTS:
        return line
    head, value = parted(line)
    own = zones.called(tzid_of(head))
    values = [in_zone(one, own, zone) for one in value.upper().split(",") if one]
    if not values:
        raise ValueError
    kind = ";VALUE=DATE" if all(len(one) == len("20261123") for one in values) else ""
    kind = ";VALUE=PERIOD" if "/" in values[0] else kind
    following = ";RANGE=THISANDFUTURE" if RANGE.search(head) else ""
    return f"{name}{following}{kind}:{','.join(values)}"


def parted(line: str) -> tuple[str, str]:
    """What stands before the value of a moment, in which no colon is, and the value."""
    head, _, value = line.rpartition(":")
    return head, value.strip()


def tzid_of(head: str) -> str:
    found = TZID.search(head)
    return (found[1] or found[2] or "").strip() if found else ""


def in_zone(value: str, own: tzinfo, zone: tzinfo) -> str:
    if "/" in value:
        start, end = value.split("/", 1)
        return f"{in_zone(start, own, zone)}/{end if end[0] == 'P' else in_zone(end, own, zone)}"
    if len(value) == len("20261123"):
        return f"{read_day(value):{DAY}}"
    digits = datetime.strptime(value.removesuffix("Z"), DIGITS)
    moment = digits.replace(tzinfo=UTC if value.endswith("Z") else own)
    return f"{moment.astimezone(zone):{DIGITS}}"


def until(value: str, zone: tzinfo) -> str:
    """The end of a rule; a day is meant to its end."""
    if len(value) == len("20261123"):
        return f"{datetime.combine(read_day(value), LAST):{DIGITS}}"
    return in_zone(value, zone, zone)


def read_day(value: str) -> date:
    return datetime.strptime(value, DAY).date()


def digits_of_start(lines: Iterable[str]) -> date:
    """The day of the start as it is written, in whatever zone."""
    line = next(line for line in lines if name_of(line) == "DTSTART")
    return read_day(parted(line)[1][:8])


def uid_of(lines: list[str]) -> str:
    """Without one an event is its own start."""
    return value_of(lines, "UID") or value_of(lines, "DTSTART")
