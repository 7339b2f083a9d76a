"""What a directory offers: venues as sites, and what repeats there as series."""

from eitrack.activities.models import Series
from eitrack.directory.choices import IdentifierScheme
from eitrack.directory.models import ExternalIdentifier, Site
from eitrack.intake.places import sessions
from eitrack.intake.places.choices import Offered
from eitrack.intake.places.known import NO_PLACES, remembered_of
from eitrack.intake.places.likeness import Names
from eitrack.intake.places.naming import own_names
from eitrack.intake.places.offers import Offer


def offers_of_directory(listing, authority, today):
    """Each venue by name, followed by what repeats there."""
    before, known = remembered_of(authority), venues_here(listing.places)
    unknown = [one for number, one in listing.places.items() if number not in known]
    names, here = own_names(unknown, taken_names()), Names(sites_here(today))
    planned = series_at([site.pk for site in known.values()])
    found = []
    for number, place in sorted(listing.places.items(), key=lambda pair: pair[1].name.casefold()):
        found.append(venue_offer(place, known, before, names, here))
        for session in listing.sessions.values():
            if session.venue == number and session.first_day(today):
                is_here = number in known and key_of(session, known[number].pk) in planned
                found.append(session_offer(session, place, is_here))
    return found


def venue_offer(place, known, before, names, here):
    if place.number in known:
        return Offer(place.number, Offered.SAME, place.name, place=place)
    what = Offered.UNKNOWN
    if before:
        what = Offered.LEFT_OUT if place.number in before else Offered.NEW
    offer = Offer(place.number, what, place.name, names[place.number], "", place)
    offer.candidates = [
        [one.key, one.name, one.reason] for one in here.suggestions(place.name, place.postcode)
    ]
    return offer


def session_offer(session, place, is_here):
    return Offer(
        session.number,
        Offered.SAME if is_here else Offered.UNKNOWN,
        session.name,
        reason=session.in_words,
        place=place,
        session=sessions.as_json(session),
    )


def venues_here(places):
    """{number of a venue: the site that has it, or its UPRN}."""
    by_uprn = {place.uprn: number for number, place in places.items() if place.uprn}
    found = ExternalIdentifier.objects.filter(site__isnull=False, site__merged_into__isnull=True)
    found = found.select_related("site")
    known = {
        by_uprn[one.value]: one.site
        for one in found.filter(scheme=IdentifierScheme.UPRN, value__in=by_uprn)
    }
    local = found.filter(scheme=IdentifierScheme.LOCAL, value__in=places)
    return known | {one.value: one.site for one in local}


def sites_here(today):
    sites = Site.objects.in_use(today).exclude(kind__in=NO_PLACES)
    return [(f"site-{pk}", name, "") for pk, name in sites.values_list("pk", "name")]


def taken_names():
    """Of sites of no agency, as venues will be."""
    sites = Site.objects.unmerged().filter(agency__isnull=True)
    return {name.casefold() for name in sites.values_list("name", flat=True)}


def series_at(sites):
    """What is planned at these sites, by what tells one series from another."""
    planned = Series.objects.filter(site__in=sites)
    columns = planned.values_list("site", "name", "from_on", "starts_at")
    return {
        (site, name.casefold(), first.weekday(), starts_at)
        for site, name, first, starts_at in columns
    }


def key_of(session, site):
    return site, session.name.casefold(), session.slot.weekday, session.slot.opens_at
