"""What a list offers: places to take, and changes of those that are known, one row each."""

from dataclasses import asdict, dataclass, field
from datetime import date

from eitrack.directory.choices import AgencyKind, SiteKind
from eitrack.intake.places import sessions
from eitrack.intake.places.choices import CHANGES, ChangeKind, Offered, Status
from eitrack.intake.places.difference import Listing, difference
from eitrack.intake.places.known import (
    holders_of,
    known_place,
    numbers_passed_on,
    remembered_of,
    taken_names,
    unnumbered,
)
from eitrack.intake.places.likeness import Names
from eitrack.intake.places.links import Links, Successor
from eitrack.intake.places.listed import ListedPlace
from eitrack.intake.places.naming import own_names


@dataclass
class Offer:
    """One row: a place of the list, or one change of a place that is known.

    `own_name` is the name it would get, `candidates` are [key, name, reason] of what it may be
    here already. `seen` is the state of the known place, by which a change meanwhile is noticed.
    With a `session` (as JSON has it) it is a series at `place`.
    """

    number: str
    what: Offered
    name: str
    own_name: str = ""
    reason: str = ""
    place: ListedPlace | None = None
    heir: ListedPlace | None = None
    candidates: list = field(default_factory=list)
    seen: str = ""
    session: dict | None = None

    @property
    def key(self):
        """What makes it the same offer when the list is compared anew."""
        return self.number, str(self.what) if self.what in CHANGES else "take"


def offers_of(listing, authority, today):
    """The Offers of a listing: changes of known places first, each group by name."""
    remembered = remembered_of(authority)
    if remembered:
        listing.numbers_before = frozenset(remembered)
    expected = set(remembered) if listing.names_all_open else set()
    holders = holders_of({*listing.places, *expected})
    passed_on = numbers_passed_on(holders, listing.places)
    known = {
        number: known_place(number, one, remembered, today)
        for number, one in holders.items()
        if number not in passed_on
    }
    changes = [one for one in difference(listing, known) if one.kind != ChangeKind.NEW]
    names = names_for(listing, holders, changes)
    found, heirs = [], set()
    for change in changes:
        heir = change.carries_on_as
        heirs.update({heir.number} if heir else ())
        found.append(
            Offer(
                number=change.number,
                what=Offered(change.kind),
                name=change.name,
                own_name=names.get(heir.number if heir else change.number, ""),
                reason=change.reason,
                place=change.place,
                heir=heir,
                seen=holders[change.number].seen,
            )
        )
    changed = {one.number for one in found}
    here = Names(unnumbered(today))
    return found + rest_of(listing, holders.keys() | heirs, names, changed, here)


def names_for(listing, holders, changes):
    """{number: the name it would get} of places that are not known, or are renamed."""
    renamed = {one.number for one in changes if one.kind == ChangeKind.RENAMED}
    places = [
        one for one in listing.places.values() if one.number in renamed or one.number not in holders
    ]
    own = {holders[number].name.casefold() for number in renamed}
    return own_names(places, taken_names() - own)


def rest_of(listing, known, names, changed, here):
    """Places that are not known, and those that are as they were; by name."""
    found = []
    for number, place in listing.places.items():
        if number in changed:
            continue
        what = what_of(place, number in known, listing.numbers_before)
        offer = Offer(number, what, place.name, names.get(number, ""), "", place)
        if what != Offered.SAME and place.is_in_use:
            offer.candidates = [
                [one.key, one.name, one.reason]
                for one in here.suggestions(place.name, place.postcode)
            ]
        found.append(offer)
    return sorted(found, key=lambda one: (one.name.casefold(), one.number))


def what_of(place, is_known, numbers_before):
    if is_known:
        return Offered.SAME
    if place.status == Status.PROPOSED:
        return Offered.PROPOSED
    if not place.is_in_use:
        return Offered.GONE
    if numbers_before is None:
        return Offered.UNKNOWN
    return Offered.LEFT_OUT if place.number in numbers_before else Offered.NEW


def as_json(offer):
    """The content of a staged row."""
    content = asdict(offer)
    for name in ("place", "heir"):
        content[name] = place_as_json(getattr(offer, name))
    return content


def place_as_json(place):
    if place is None:
        return None
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(place).items()
    }


def from_json(content):
    """The Offer of a staged row."""
    held = {name: content[name] for name in Offer.__dataclass_fields__}
    held["what"] = Offered(held["what"])
    held["place"], held["heir"] = place_from(held["place"]), place_from(held["heir"])
    return Offer(**held)


def place_from(content):
    if content is None:
        return None
    days = {
        name: date.fromisoformat(content[name]) if content[name] else None
        for name in ("opened_on", "closed_on")
    }
    return ListedPlace(
        **content
        | days
        | {
            "status": Status(content["status"]),
            "site_kind": SiteKind(content["site_kind"]),
            "agency_kind": AgencyKind(content["agency_kind"]),
        }
    )


def links_as_json(links):
    return [
        [before, one.number, one.name, one.since_on and one.since_on.isoformat(), one.is_plain]
        for before, after in links.successors.items()
        for one in after.values()
    ]


def listing_from(contents, answers):
    """The Listing that staged rows were made from."""
    links = Links(linked={one: set(others) for one, others in answers.get("linked", {}).items()})
    for before, number, name, since, is_plain in answers.get("links", ()):
        since_on = date.fromisoformat(since) if since else None
        links.add(before, Successor(number, name, since_on, is_plain))
    listing = Listing({}, links, names_all_open=answers.get("names_all_open", False))
    for content in contents:
        if place := place_from(content["place"]):
            listing.places[place.number] = place
        if content["session"]:
            session = sessions.from_json(content["session"])
            listing.sessions[session.number] = session
    return listing
