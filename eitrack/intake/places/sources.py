"""Which lists go together, what authorities they name, and the listing of one of them."""

from dataclasses import replace

from eitrack.directory.choices import AgencyKind, SiteKind
from eitrack.intake.places import directory, gias, hubs
from eitrack.intake.places.choices import FileKind, Status
from eitrack.intake.places.difference import Listing
from eitrack.intake.places.links import Links, links_in
from eitrack.intake.places.listed import LONGEST_NAME, Authority, ListedPlace, PlacesFileError

OF_PLACES = {FileKind.SCHOOLS, FileKind.CENTRES}
MOST_NAMED = 3


def source_of(lists):
    """What these ListFiles are together; PlacesFileError if they do not go together."""
    kinds = {one.kind for one in lists}
    if kinds & OF_PLACES and kinds <= OF_PLACES | {FileKind.LINKS}:
        return FileKind.SCHOOLS if FileKind.SCHOOLS in kinds else FileKind.CENTRES
    if len(kinds) > 1:
        names = " and ".join(sorted(f"“{kind.label}”" for kind in kinds))
        raise PlacesFileError(f"Send {names} one after the other.")
    (kind,) = kinds
    if kind == FileKind.LINKS:
        raise PlacesFileError(
            "This says only what succeeded what. Choose the list of schools with it, in one go."
        )
    return kind


def authorities_of(lists):
    """The authorities that the lists name, in the order of names; a directory is its own."""
    found = {}
    for one in lists:
        if one.kind in OF_PLACES:
            named = gias.authorities_in(one.csv)
        elif one.kind == FileKind.HUBS:
            named = hubs.authorities_in(one.csv)
        elif one.kind == FileKind.DIRECTORY:
            named = directory.authorities_in(one)
        else:
            continue
        for authority in named:
            before = found.get(authority.code)
            places = authority.places + (before.places if before else 0)
            found[authority.code] = Authority(authority.code, authority.name, places)
    return sorted(found.values(), key=lambda one: one.name)


def listing_of(lists, code):
    """(Listing of the authority, numbers of lines that could not be read)."""
    listing, broken = Listing({}), []
    for one in lists:
        if one.kind in OF_PLACES:
            read = gias.places_of(one.csv, code)
            listing.places = read.places | listing.places
            broken += read.broken
        elif one.kind == FileKind.HUBS:
            found = hubs.hubs_of(one.csv, code)
            listing.places = {place.number: place for place in map(place_of, found)}
        elif one.kind == FileKind.DIRECTORY:
            directory.add_to(listing, one)
    listing.names_all_open = any(one.kind == FileKind.CENTRES for one in lists)
    listing.links = merged(
        [links_in(one.csv, set(listing.places)) for one in lists if one.kind == FileKind.LINKS]
    )
    return listing, broken


def place_of(hub):
    """A hub as a place; it is known by its name, as it has no number."""
    return ListedPlace(
        number=hub.name.casefold()[:LONGEST_NAME],
        name=hub.name,
        status=Status.OPEN,
        site_kind=SiteKind.CHILDRENS_CENTRE,
        agency_kind=AgencyKind.CHILDRENS_CENTRE,
        type_name="Family hub",
        postcode=hub.postcode,
    )


def merged(several):
    whole = Links()
    for links in several:
        for before, after in links.successors.items():
            for one in after.values():
                whole.add(before, replace(one))
        for one, others in links.linked.items():
            whole.linked.setdefault(one, set()).update(others)
    return whole
