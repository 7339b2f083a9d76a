"""What the list of family hubs offers: hubs that are not here by their name."""

from django.db.models import Q

from eitrack.directory.choices import AgencyKind, SiteKind
from eitrack.directory.models import Agency, Site
from eitrack.intake.models import RememberedPlace
from eitrack.intake.places.choices import Offered
from eitrack.intake.places.known import remembered_of, taken_names
from eitrack.intake.places.likeness import Names
from eitrack.intake.places.listed import LONGEST_NAME
from eitrack.intake.places.naming import own_names
from eitrack.intake.places.offers import Offer

CENTRES = (SiteKind.CHILDRENS_CENTRE, SiteKind.EARLY_YEARS, SiteKind.SURE_START)


def offers_of_hubs(listing, authority, today):
    """One Offer for each hub; which centre it may be is suggested by postcode and name."""
    before = remembered_of(authority)
    agencies = Agency.objects.unmerged().values_list("name", flat=True)
    here = {name.casefold()[:LONGEST_NAME] for name in agencies}
    names = own_names(list(listing.places.values()), taken_names())
    centres, found = Names(centres_here(today)), []
    for number, place in listing.places.items():
        if number in here:
            found.append(Offer(number, Offered.SAME, place.name, place=place))
            continue
        what = Offered.LEFT_OUT if number in before else Offered.UNKNOWN
        if before and what == Offered.UNKNOWN:
            what = Offered.NEW
        candidates = [
            [one.key, one.name, one.reason]
            for one in centres.suggestions(place.name, place.postcode)
        ]
        found.append(Offer(number, what, place.name, names[number], "", place, None, candidates))
    return sorted(found, key=lambda one: one.name.casefold())


def centres_here(today):
    """(key, name, postcode) of centres; a postcode is known from the list that they came from."""
    sites = Site.objects.in_use(today).filter(kind__in=CENTRES, agency__isnull=False)
    is_centre = Q(kind=AgencyKind.CHILDRENS_CENTRE) | Q(pk__in=sites.values("agency"))
    centres = list(Agency.objects.in_use(today).filter(is_centre).prefetch_related("identifiers"))
    numbers = {one.value for centre in centres for one in centre.identifiers.all()}
    remembered = RememberedPlace.objects.standing().filter(number__in=numbers)
    postcodes = dict(remembered.values_list("number", "postcode"))
    return [(f"agency-{one.pk}", one.name, postcode_of(one, postcodes)) for one in centres]


def postcode_of(centre, postcodes):
    held = (postcodes.get(one.value) for one in centre.identifiers.all())
    return next((postcode for postcode in held if postcode), "")
