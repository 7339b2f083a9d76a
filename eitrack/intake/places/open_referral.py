"""A council's directory in the form of Open Referral UK (HSDS-UK-3.0): one page of `/services`.

Venues and what repeats there weekly, fortnightly or monthly. Names, phones and mails of contacts
are never read.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import date, time

from eitrack.activities.choices import Repeat
from eitrack.common.horizon import outside_horizon
from eitrack.intake.places.listed import (
    PlacesFileError,
    plain_name,
    plain_number,
    plain_postcode,
    plain_words,
)

MOST_BYTES = 20 * 1024 * 1024
# As long as an external identifier may be; theirs have 36 letters.
LONGEST_KEY = 60
DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
# In use, in HSDS and in directories that say nothing.
IN_USE = {"", "active"}


@dataclass(frozen=True, slots=True)
class Venue:
    """`key` is the directory's own identifier of the location."""

    key: str
    name: str
    postcode: str = ""
    uprn: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One weekday at one time. `week`: which one of the month, −1 the last, for a monthly slot."""

    weekday: int
    opens_at: time | None
    closes_at: time | None
    repeat: Repeat = Repeat.WEEKLY
    week: int = 0
    from_on: date | None = None
    until_on: date | None = None

    @property
    def minutes(self):
        """From opening to closing; None if one is unknown or they lie the wrong way round."""
        if self.opens_at is None or self.closes_at is None or self.closes_at <= self.opens_at:
            return None
        opens, closes = (60 * one.hour + one.minute for one in (self.opens_at, self.closes_at))
        return closes - opens


@dataclass
class Service:
    """A service at one venue, or at none that the directory names.

    `left_out` says of each schedule that could not become a slot why, in words.
    """

    key: str
    name: str
    organisation: str = ""
    venue: Venue | None = None
    slots: list[Slot] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def services_in(content):
    """Services in use of a saved page, one for each venue; PlacesFileError if it is none."""
    if len(content) > MOST_BYTES:
        raise PlacesFileError("The directory is larger than 20 MB. Save one page of it.")
    found = []
    for service in records_in(content):
        if text(service, "status").casefold() not in IN_USE:
            continue
        found += services_of(service)
    return found


def records_in(content):
    try:
        page = json.loads(content)
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise PlacesFileError("The file’s name says JSON, but it cannot be read as JSON.") from None
    records = page
    if isinstance(page, dict):
        # `contents` of a page of HSDS 3.0, `content` of 1.0; else a single service.
        records = next((page[name] for name in ("contents", "content") if name in page), [page])
    if not isinstance(records, list):
        records = []
    services = [one for one in records if isinstance(one, dict) and one.get("id")]
    if not any(one.get("name") for one in services):
        raise PlacesFileError(
            "This is JSON, but no page of services of an Open Referral directory. Save the address "
            "that ends in /services."
        )
    return services


def services_of(service):
    """The Service at each of its venues; a schedule of the service itself counts at each."""
    general, general_left_out = slots_in(service)
    places = [one for one in many(service, "service_at_locations") if one.get("location")]
    for at in places or [{}]:
        location = at.get("location") or {}
        own, left_out = slots_in(at)
        if not own and not left_out:
            own, left_out = slots_in(location)
        yield Service(
            key=text(service, "id"),
            name=plain_name(text(service, "name")),
            organisation=plain_name(text(service.get("organization") or {}, "name")),
            venue=venue_of(location),
            slots=own or list(general),
            left_out=left_out or list(general_left_out),
        )


def venue_of(location):
    """The Venue, or None for one without a name and address, or one that is only online."""
    if text(location, "location_type") == "virtual":
        return None
    addresses = many(location, "addresses")
    address = addresses[0] if addresses else {}
    name = text(location, "name") or text(address, "address_1")
    key = text(location, "id")
    if not name or not 0 < len(key) <= LONGEST_KEY:
        return None
    is_uprn = text(location, "external_identifier_type").casefold() == "uprn"
    return Venue(
        key=key,
        name=plain_name(name),
        postcode=plain_postcode(text(address, "postal_code")),
        uprn=plain_number(text(location, "external_identifier")) if is_uprn else "",
    )


def slots_in(holder):
    """(slots, reasons for what is left out) of the schedules of a service, location or both."""
    slots, left_out = [], []
    for schedule in many(holder, "schedules"):
        try:
            slots += slots_of(schedule)
        except ValueError as reason:
            left_out.append(str(reason))
    return list(dict.fromkeys(slots)), left_out


def slots_of(schedule):
    """A Slot for each day of one schedule; ValueError with the reason if it says no such days."""
    repeat = repeat_of(schedule)
    days = [part.strip().upper() for part in text(schedule, "byday").split(",") if part.strip()]
    if not days:
        raise ValueError("It names no day of the week.")
    opens_at, closes_at = clock(text(schedule, "opens_at")), clock(text(schedule, "closes_at"))
    for day in days:
        found = re.fullmatch(r"([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)", day)
        which = int(found[1] or 0) if found else 0
        is_monthly = repeat == Repeat.MONTHLY
        if not found or bool(which) != is_monthly or (is_monthly and which not in (1, 2, 3, 4, -1)):
            raise ValueError(f"The day “{day}” does not go with {text(schedule, 'freq').lower()}.")
        yield Slot(
            weekday=DAYS[found[2]],
            opens_at=opens_at,
            closes_at=closes_at,
            repeat=repeat,
            week=which,
            from_on=first_day(text(schedule, "dtstart"), text(schedule, "valid_from")),
            until_on=first_day(text(schedule, "until"), text(schedule, "valid_to")),
        )


def repeat_of(schedule):
    every = text(schedule, "interval") or "1"
    known = {
        ("WEEKLY", "1"): Repeat.WEEKLY,
        ("WEEKLY", "2"): Repeat.FORTNIGHTLY,
        ("MONTHLY", "1"): Repeat.MONTHLY,
    }
    freq = text(schedule, "freq").upper()
    if not freq:
        raise ValueError("It does not say how often it repeats.")
    repeat = known.get((freq, every.removesuffix(".0")))
    if repeat is None:
        raise ValueError(f"It repeats {freq.lower()}, every {every}: there is no such series here.")
    if text(schedule, "bymonthday") and repeat == Repeat.MONTHLY:
        raise ValueError("It falls on a day of the month, not of the week.")
    return repeat


def clock(written):
    """The time by the clock of "10:00", "10:00:00", "10:00Z" and "10:00+01:00"; else None.

    An offset is not added: a directory means the clock on the wall.
    """
    found = re.match(r"(\d{1,2}):(\d{2})", written)
    try:
        return time(int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def first_day(*written):
    """The first of these that is a day; one that no date may be, as 9999-12-31, is none."""
    for one in written:
        try:
            day = date.fromisoformat(one[:10])
        except ValueError:
            continue
        if not outside_horizon(day):
            return day
    return None


def text(holder, name):
    """A value as text; "" where a directory has none, or something that is no text."""
    value = holder.get(name) if isinstance(holder, dict) else None
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return plain_words(str(value))


def many(holder, name):
    value = holder.get(name) if isinstance(holder, dict) else None
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
