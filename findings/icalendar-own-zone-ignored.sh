#!/bin/bash
# icalendar: a zone that a file explains in a table of its own is read by a zone of the world, if
# that has the same name. Programs that mean London write TZID:GMT with a table that has summer time;
# the table is not looked at, so that every event of the summer is an hour late, without a word. And
# a table under a name that the world does not know is kept for the process: the next file, which
# explains the same name otherwise, is read by the first one's.
#
# Source: icalendar 7.3.0, timezone/tzp.py (cache_timezone_component, timezone); RFC 5545 3.2.19: a
# TZID names the VTIMEZONE of its own file.
# Seen: TZID=GMT with summer time: 10:00 is 10:00 in UTC, should be 09:00; the second file's zone at
# +02:00 is read as +01:00, the first file's; after icalendar.use_zoneinfo() as +02:00
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check icalendar==7.3.0
"$folder/venv/bin/python" - <<'PYTHON'
from datetime import timedelta

import icalendar

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//EN
BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:{summer}
TZOFFSETTO:{winter}
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T010000
TZOFFSETFROM:{winter}
TZOFFSETTO:{summer}
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:a
DTSTAMP:20260701T000000Z
DTSTART;TZID={name}:20260713T100000
END:VEVENT
END:VCALENDAR
"""


def offset(name, winter, summer):
    """How far ahead of UTC the event of July is read."""
    text = CALENDAR.format(name=name, winter=winter, summer=summer).replace("\n", "\r\n")
    [event] = icalendar.Calendar.from_ical(text).walk("VEVENT")
    return event["DTSTART"].dt.utcoffset() / timedelta(hours=1)


gmt = offset("GMT", "+0000", "+0100")
first = offset("Our office", "+0000", "+0100")
second = offset("Our office", "+0100", "+0200")
icalendar.use_zoneinfo()
afresh = offset("Our office", "+0100", "+0200")
print(f"GMT with summer time: {gmt:+}; own names: {first:+}, then {second:+}, afresh {afresh:+}")
assert (first, afresh) == (1, 2)
assert gmt == 0, "the table of the file is read now"
assert second == 1, "each file is read by its own tables now"
PYTHON
