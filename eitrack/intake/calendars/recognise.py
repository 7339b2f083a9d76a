"""What an event may be logged as: by its words, and by what was planned for that hour."""

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from datetime import date, time

from rapidfuzz.utils import default_process

from eitrack.intake.calendars.read import CalendarEvent
from eitrack.intake.reading.words import readings

NEAR_MINUTES = 30
# What the calendar of this service calls a planned session (eitrack/daybook/feed.py).
OWN_UID = re.compile(r"session-(\d{1,18})-(\d{8})@eitrack")
# What many sites are called apart from their own name.
OF_SITES = {
    "a", "about", "academy", "an", "and", "at", "centre", "child", "childrens", "college",
    "community", "family", "first", "for", "high", "hub", "infant", "junior", "nursery", "of",
    "on", "or", "own", "primary", "school", "secondary", "session", "sessions", "site", "start",
    "sure", "the", "to", "with", "work",
}  # fmt: skip
# Words that a kind of work can do without.
OF_WORK = {"a", "an", "and", "family", "of", "or", "own", "session", "sessions", "the", "with"}
FEWEST_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Session:
    """A planned date of a series that the worker delivers."""

    series: int
    name: str
    day: date
    starts_at: time | None
    site: int
    activity_type: int


@dataclass(frozen=True, slots=True)
class Known:
    """What events are compared with: (key, name) of sites and types, and planned sessions."""

    sites: list[tuple[int, str]] = field(default_factory=list)
    types: list[tuple[int, str]] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Recognised:
    """Keys of what an event may be; all None, if nothing was recognised."""

    site: int | None = None
    activity_type: int | None = None
    series: int | None = None

    def __bool__(self) -> bool:
        return any((self.site, self.activity_type, self.series))


def recognise(event: CalendarEvent, known: Known) -> Recognised:
    """Proposed, never decided; of two that fit equally well neither."""
    if session := session_of(event, known):
        return Recognised(session.site, session.activity_type, session.series)
    site = named_in(event.place, known.sites) or named_in(event.title, known.sites)
    return Recognised(site, named_in(event.title, known.types, OF_WORK))


def session_of(event: CalendarEvent, known: Known) -> Session | None:
    """The one planned session of its day that it names, at about the same hour."""
    of_day = [session for session in known.sessions if session.day == event.day]
    if own := OWN_UID.fullmatch(event.uid):
        of_day = [session for session in of_day if session.series == int(own[1])]
        return of_day[0] if len(of_day) == 1 and own[2] == f"{event.day:%Y%m%d}" else None
    sites, text = dict(known.sites), f"{event.title} {event.place}"
    found = [
        session
        for session in of_day
        if is_near(session.starts_at, event.starts_at)
        and (names(text, session.name, OF_WORK) or names(text, sites.get(session.site, "")))
    ]
    return found[0] if len(found) == 1 else None


def is_near(planned: time | None, begins: time) -> bool:
    if planned is None:
        return True
    apart = planned.hour * 60 + planned.minute - begins.hour * 60 - begins.minute
    return abs(apart) <= NEAR_MINUTES


def named_in(
    text: str, names_: Iterable[tuple[int, str]], common: Set[str] = OF_SITES
) -> int | None:
    """The key of the name that stands in a text with most of its words, if there is one such."""
    best: dict[int, int] = {}
    for key, name in names_:
        best[key] = max(names(text, name, common), best.get(key, 0))
    most = max(best.values(), default=0)
    found = [key for key, number in best.items() if number == most]
    return found[0] if most and len(found) == 1 else None


def names(text: str, name: str, common: Set[str] = OF_SITES) -> int:
    """How many words of a name stand in a text, or 0 without all those that tell it from others."""
    of_name = set(plain(name).split())
    telling = of_name - common
    if len("".join(telling)) < FEWEST_LETTERS:
        return 0
    found = (set(plain(reading).split()) for reading in readings(text))
    return max((len(of_name & words) for words in found if telling <= words), default=0)


def plain(text: str) -> str:
    """Its words in lower case: `Children's` is one word, `Drop-in` are two."""
    return str(default_process(re.sub("['’.]", "", text)))
