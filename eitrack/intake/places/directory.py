"""A council's directory as a listing: its venues are places, what repeats there are sessions."""

from eitrack.directory.choices import AgencyKind, SiteKind
from eitrack.intake.places.choices import Status
from eitrack.intake.places.listed import Authority, ListedPlace
from eitrack.intake.places.open_referral import services_in
from eitrack.intake.places.sessions import Session

CODE = "directory"
NAME = "Directory of services"
NO_VENUE = "It names no venue."


def authorities_in(file):
    """A directory is of one council, which it does not name."""
    venues = {one.venue.key for one in services_of(file) if one.venue}
    return [Authority(CODE, NAME, len(venues))] if venues else []


def services_of(file):
    with file.open() as opened:
        return services_in(opened.read())


def add_to(listing, file):
    for service in services_of(file):
        if service.venue is None:
            listing.left_out.append(f"{service.name}: {NO_VENUE}")
            continue
        listing.places.setdefault(service.venue.key, place_of(service.venue))
        listing.left_out += [f"{service.name}: {reason}" for reason in service.left_out]
        for position, slot in enumerate(service.slots):
            number = f"{service.key} {service.venue.key} {position}"
            listing.sessions[number] = Session(number, service.name, service.venue.key, slot)


def place_of(venue):
    return ListedPlace(
        number=venue.key,
        name=venue.name,
        status=Status.OPEN,
        site_kind=SiteKind.COMMUNITY,
        agency_kind=AgencyKind.OTHER,
        type_name="Venue",
        postcode=venue.postcode,
        uprn=venue.uprn,
    )
