"""Calendars written as programs write them."""

# What several programs write for London: the name of a zone without summer time, and a table with.
GMT = """
BEGIN:VTIMEZONE
TZID:GMT
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T010000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""
# The same name in another file, for a zone that is always two hours ahead.
ELSEWHERE = """
BEGIN:VTIMEZONE
TZID:GMT
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0200
TZOFFSETTO:+0200
END:STANDARD
END:VTIMEZONE
"""


def event(*lines, uid="a", title="Drop-in", place="Bells Lane"):
    """An event of these lines."""
    named = [f"UID:{uid}", f"SUMMARY:{title}", f"LOCATION:{place}"]
    return "\n".join(["BEGIN:VEVENT", *named, *lines, "END:VEVENT"])


def at_ten(*lines, day=6, uid="a", **words):
    """An event from 10:00 to 11:00 on a day of July 2026, without a zone."""
    times = [f"DTSTART:202607{day:02}T100000", f"DTEND:202607{day:02}T110000"]
    return event(*times, *lines, uid=uid, **words)


def calendar(*parts, table=""):
    """The bytes of a file with one calendar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Made//EN", table.strip(), *parts]
    text = "\n".join([*filter(None, lines), "END:VCALENDAR", ""])
    return text.replace("\n", "\r\n").encode()
