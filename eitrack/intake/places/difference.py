"""What a list says that differs from what is known, by identifier. Nothing is changed by it."""

from dataclasses import dataclass, field
from datetime import date

from eitrack.common.words import day_and_year
from eitrack.directory.choices import SiteKind
from eitrack.intake.places.choices import ChangeKind
from eitrack.intake.places.links import Links
from eitrack.intake.places.listed import ListedPlace


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place that is in use here under a number of the list.

    `listed_name` and `listed_kind` are those of the list when it was last applied, so that a name
    of one's own is no difference; empty where the number was typed by hand.
    """

    number: str
    name: str
    site_kind: SiteKind
    listed_name: str = ""
    listed_kind: str = ""
    was_closed: bool = False
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A proposed change of the place with this number, and why in words.

    `place` is what the list says now, None where it says nothing any more. One that is succeeded
    `carries_on_as` this place, with its agency, its agreements and its history; otherwise it only
    ends.
    """

    kind: ChangeKind
    number: str
    name: str
    reason: str
    place: ListedPlace | None = None
    carries_on_as: ListedPlace | None = None


@dataclass
class Listing:
    """What was read: places of the authority by number, and what succeeded what.

    `numbers_before` are those in the list when it was last applied, None if it never was: a place
    that was left out then is not new. `names_all_open`: the list has every place in use and no
    other, so that one that is missing has closed; children's centres are listed so.
    """

    places: dict[str, ListedPlace]
    links: Links = field(default_factory=Links)
    numbers_before: frozenset[str] | None = None
    names_all_open: bool = False
    # Of a directory: what repeats at its venues, by number, and what was left out and why.
    sessions: dict[str, object] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def difference(listing, known):
    """Changes in the order of names; `known` are the KnownPlaces by number."""
    found, taken_over = [], set()
    for number, place in known.items():
        for change in changes_of(place, listing.places.get(number), listing, known):
            found.append(change)
            if change.carries_on_as:
                taken_over.add(change.carries_on_as.number)
    before = listing.numbers_before or frozenset()
    for number, place in listing.places.items():
        if number not in known and number not in before | taken_over and place.is_in_use:
            found.append(Change(ChangeKind.NEW, number, place.name, since(place), place))
    return sorted(found, key=lambda one: (one.name.casefold(), one.number, one.kind))


def changes_of(known, place, listing, all_known):
    if place is None:
        if listing.names_all_open and not known.was_closed and not known.is_archived:
            reason = "No longer in the list, which has every centre in use."
            yield Change(ChangeKind.CLOSED, known.number, known.name, reason)
    elif not place.is_in_use:
        if not known.was_closed and not known.is_archived:
            yield end_of(known, place, listing, all_known)
    else:
        if known.was_closed:
            reason = f"The list had it as closed; now it is open{on(place.opened_on)}."
            yield Change(ChangeKind.REOPENED, known.number, known.name, reason, place)
        if place.name not in (known.name, known.listed_name):
            reason = f"The list now has it as “{place.name}”."
            yield Change(ChangeKind.RENAMED, known.number, known.name, reason, place)
        if place.site_kind not in (known.site_kind, known.listed_kind):
            was, now = SiteKind(known.site_kind).label, place.site_kind.label
            reason = f"{was} here, {now.lower()} in the list ({place.type_name or 'no type'})."
            yield Change(ChangeKind.KIND_CHANGED, known.number, known.name, reason, place)


def end_of(known, place, listing, all_known):
    """A place that has closed, alone or into another."""
    closed = f"Closed{on(place.closed_on)}"
    after = listing.links.after(known.number)
    if not after:
        return Change(ChangeKind.CLOSED, known.number, known.name, f"{closed}.", place)
    names = [name_of(one, listing) for one in after]
    heir = heir_of(known.number, listing, all_known)
    if heir:
        reason = f"{closed}; carries on as “{heir.name}” ({heir.number}){on(heir.opened_on)}."
    else:
        reason = f"{closed}; succeeded by {' and '.join(names)}."
    return Change(ChangeKind.SUCCEEDED, known.number, known.name, reason, place, heir)


def heir_of(number, listing, all_known):
    """The place in use that this one became by itself, over any number of steps; else None.

    One that is known here already stays a place of its own.
    """
    passed = {number}
    while link := listing.links.carries_on_as(number):
        number = link.number
        place = listing.places.get(number)
        if place is None or number in all_known or number in passed:
            return None
        if place.is_in_use:
            return place
        passed.add(number)
    return None


def name_of(successor, listing):
    place = listing.places.get(successor.number)
    name = place.name if place else successor.name
    return f"“{name}” ({successor.number})" if name else successor.number


def since(place):
    return f"{place.status.label}{on(place.opened_on)}."


def on(day: date | None):
    return f" on {day_and_year(day)}" if day else ""
