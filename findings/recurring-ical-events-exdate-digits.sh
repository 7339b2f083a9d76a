#!/bin/bash
# recurring-ical-events: an exception in UTC takes away two moments, the one it means and the one
# that has its digits. A series in London at 10:00 and 11:00 of a summer's day (09:00 and 10:00 in
# UTC) with EXDATE:20260713T100000Z should lose the one at 11:00; it loses both, as an exception is
# also kept without its zone and compared with the start without its zone. In winter nobody notices.
#
# Source: recurring-ical-events 3.8.2 (icalendar 7.3.0), series/rrule.py (check_exdates_datetime) and
# util.py (to_recurrence_ids); RFC 5545 3.8.5.1: an exception is a date-time, with its zone.
# Seen: without 11:00 local: 10:00 and 11:00 are gone; expected only 11:00
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check \
    recurring-ical-events==3.8.2 icalendar==7.3.0
"$folder/venv/bin/python" - <<'PYTHON'
from datetime import date

import icalendar
import recurring_ical_events

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//EN
BEGIN:VEVENT
UID:a
DTSTAMP:20260701T000000Z
DTSTART;TZID=Europe/London:20260713T100000
DTEND;TZID=Europe/London:20260713T103000
RRULE:FREQ=DAILY;BYHOUR=10,11;COUNT=2
{exception}END:VEVENT
END:VCALENDAR
"""


def starts(exception=""):
    text = CALENDAR.format(exception=exception).replace("\n", "\r\n")
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(text))
    events = found.between(date(2026, 7, 13), date(2026, 7, 14))
    return sorted(f"{event['DTSTART'].dt:%H:%M}" for event in events)


whole, left = starts(), starts("EXDATE:20260713T100000Z\n")
print("whole:", whole, "without 10:00 in UTC, which is 11:00 in London:", left)
assert whole == ["10:00", "11:00"]
assert left != ["10:00"], "only the moment that is meant is taken away now"
assert left == []
PYTHON
