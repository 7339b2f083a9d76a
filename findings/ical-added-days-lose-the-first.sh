#!/bin/bash
# ical: an event that happens on a day and on two more (DTSTART with RDATE, and no rule) happens on
# the two only. The start counts as the first of a series, with RDATE as with RRULE; this library
# takes the added days for the whole of it. A course for parents whose days were clicked one by one
# so comes without its first evening.
#
# Guess: three evenings.
# Source: ical 14.3.1, iter.py and event.py (a recurring event is read by its rule and its added
# days); RFC 5545 3.8.5.2 and 3.8.2.4: DTSTART is the first of the recurrence set. icalendar 7.3.0
# with recurring-ical-events 3.8.2 finds three.
# Seen: ical: ['2026-11-10', '2026-11-12'], recurring-ical-events: also '2026-11-03'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check \
    ical==14.3.1 icalendar==7.3.0 recurring-ical-events==3.8.2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from datetime import date

import icalendar
import recurring_ical_events
from ical.calendar_stream import IcsCalendarStream

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//EN
BEGIN:VEVENT
UID:course
DTSTAMP:20261001T000000Z
SUMMARY:Evening for parents
DTSTART;TZID=Europe/London:20261103T190000
DTEND;TZID=Europe/London:20261103T203000
RDATE;TZID=Europe/London:20261110T190000,20261112T190000
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")
MONTH = (date(2026, 11, 1), date(2026, 12, 1))

timeline = IcsCalendarStream.calendar_from_ics(CALENDAR).timeline
found = [f"{event.start:%Y-%m-%d}" for event in timeline.included(*MONTH)]
other = recurring_ical_events.of(icalendar.Calendar.from_ical(CALENDAR)).between(*MONTH)
other = sorted(f"{event['DTSTART'].dt:%Y-%m-%d}" for event in other)
print("ical:", found, "recurring-ical-events:", other)
assert other == ["2026-11-03", "2026-11-10", "2026-11-12"]
assert found == ["2026-11-10", "2026-11-12"], "the first day is there now"
PYTHON
