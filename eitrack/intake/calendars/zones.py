"""Time zones of a file: its own tables first, whatever their names are."""

import re
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from eitrack.intake.calendars.lines import BROKEN, Part, name_of

# What Outlook shows for Europe/London, where it should say its name.
SHOWN = re.compile(r"\((?:UTC|GMT)(?:[+-]0?0:00)?\) .*\bLondon\b.*")
SUMMER = datetime(2026, 7, 1, 12)
MOST_LINES_OF_A_TABLE = 500


class UnknownZone(ValueError):
    """A name that neither the file nor the world explains."""


class Zones:
    """The zones of one calendar by their names.

    The library keeps what a file calls a zone for the whole process, and prefers a zone of the
    world with the same name: `GMT` with a table that has summer time. So no name is given to it.
    """

    def __init__(self, part: Part, district: tzinfo) -> None:
        self.district, self.tables = district, part.tables
        self.known: dict[str, tzinfo] = {}

    def called(self, name: str) -> tzinfo:
        """The zone of this name; without a name that of the district."""
        if name not in self.known:
            self.known[name] = self._found(name) if name else self.district
        return self.known[name]

    def _found(self, name: str) -> tzinfo:
        if name in self.tables:
            return zone_of_table(self.tables[name])
        return zone_of_world(name)


def zone_of_table(lines: list[str]) -> tzinfo:
    import icalendar

    if len(lines) > MOST_LINES_OF_A_TABLE or not all(is_yearly(line) for line in lines):
        raise UnknownZone

    # Forget what earlier files called a zone.
    icalendar.use_zoneinfo()
    try:
        table = icalendar.Timezone.from_ical("\r\n".join(renamed(lines)))
        if not isinstance(table, icalendar.Timezone):
            raise UnknownZone
        zone: tzinfo = table.to_tz(lookup_tzid=False)
        SUMMER.replace(tzinfo=zone).utcoffset()
    except BROKEN:
        raise UnknownZone from None
    return zone


def is_yearly(line: str) -> bool:
    """Whether a line is no rule, or one that a clock changes by."""
    return name_of(line) != "RRULE" or "FREQ=YEARLY" in line.upper()


def renamed(lines: list[str]) -> list[str]:
    """The table under a name that is nobody's."""
    return ["TZID:of-the-file" if line.upper().startswith("TZID") else line for line in lines]


def zone_of_world(name: str) -> tzinfo:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    if name.upper() in ("UTC", "Z", "TZONE://MICROSOFT/UTC"):
        return UTC
    if SHOWN.fullmatch(name):
        return ZoneInfo("Europe/London")
    names = [WINDOWS_TO_OLSON.get(name, name)]
    # As some write them: /freeassociation.sourceforge.net/Europe/London
    names += ["/".join(name.split("/")[-parts:]) for parts in (3, 2) if name.startswith("/")]
    for one in names:
        try:
            return ZoneInfo(one)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    raise UnknownZone
