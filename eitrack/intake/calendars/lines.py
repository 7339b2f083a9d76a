"""The lines of a calendar file that are needed; attendees, notes and the rest go unread."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from eitrack.intake.reading.files.refusal import MOST_BYTES, NotReadable

MOST_EVENTS = 20_000
MOST_LINE = 4_000
# What an event is recognised by and expanded from.
NEEDED = {
    "CLASS", "DTEND", "DTSTART", "DURATION", "EXDATE", "LOCATION", "RDATE", "RECURRENCE-ID",
    "RRULE", "SEQUENCE", "STATUS", "SUMMARY", "TRANSP", "UID", "X-MICROSOFT-CDO-ALLDAYEVENT",
    "X-MICROSOFT-CDO-BUSYSTATUS",
}  # fmt: skip
NAME = re.compile(r"[A-Za-z0-9-]+(?=[;:])")
END_OF_LINE = re.compile(r"\r\n|\n|\r")

# What libraries raise for what they cannot read: they say no errors of their own.
BROKEN = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)

EMPTY = "The file is empty. Export your calendar once more, and send it again."
TOO_LARGE = "A calendar may have at most 10 MB. Export a shorter stretch of it, and send that."
NO_CALENDAR = (
    "This is no calendar. In Outlook choose “Save Calendar”, in Google Calendar “Export”, and send "
    "the file that ends in .ics: from Google it lies inside the .zip."
)
TOO_MANY = (
    f"The calendar holds more than {MOST_EVENTS:,} events. Export a shorter stretch of it, and "
    "send that."
)


@dataclass
class Part:
    """One calendar of a file; a file may hold several, each with its own time zones."""

    tables: dict[str, list[str]] = field(default_factory=dict)
    events: list[list[str]] = field(default_factory=list)
    # An event in which the file ended.
    cut_off: int = 0


def parts_of(content: bytes) -> list[Part]:
    """The calendars of a file, each event as its needed lines.

    Raises NotReadable, if it is no calendar or too large.
    """
    if not content.strip():
        raise NotReadable(EMPTY)
    if len(content) > MOST_BYTES:
        raise NotReadable(TOO_LARGE)
    parts = list(found_in(unfolded(text_of(content))))
    if not parts:
        raise NotReadable(NO_CALENDAR)
    if sum(len(part.events) for part in parts) > MOST_EVENTS:
        raise NotReadable(TOO_MANY)
    return parts


def text_of(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def unfolded(text: str) -> Iterator[str]:
    """Whole lines: one that begins with a space goes on where the last one ended."""
    whole: list[str] = []
    for line in END_OF_LINE.split(text):
        if line[:1] in (" ", "\t"):
            whole.append(line[1:])
            continue
        yield "".join(whole)
        whole = [line]
    yield "".join(whole)


def found_in(lines: Iterable[str]) -> Iterator[Part]:
    inside: list[str] = []
    kept: list[str] = []
    part: Part | None = None
    for line in lines:
        mark, _, what = line.strip().upper().partition(":")
        if mark == "BEGIN":
            inside.append(what)
            if what == "VCALENDAR":
                part = Part()
                yield part
            elif what in ("VEVENT", "VTIMEZONE"):
                kept = []
        if part is None:
            continue
        if inside[-1:] == ["VEVENT"]:
            if name_of(line) in NEEDED:
                kept.append(line[:MOST_LINE])
        elif "VTIMEZONE" in inside:
            kept.append(line)
        if mark == "END" and what in inside:
            while inside.pop() != what:
                pass
            if what == "VEVENT":
                part.events.append(kept)
            elif what == "VTIMEZONE":
                part.tables[value_of(kept, "TZID")] = kept
    if part is not None and "VEVENT" in inside:
        part.cut_off = 1


def name_of(line: str) -> str:
    found = NAME.match(line)
    return found[0].upper() if found else ""


def value_of(lines: Iterable[str], name: str) -> str:
    """The value of the first line of this name, or ""."""
    for line in lines:
        if name_of(line) == name:
            return line.partition(":")[2].strip()
    return ""
