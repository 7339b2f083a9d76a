"""What is known here of the places of a list."""

from dataclasses import dataclass

from django.db.models import F

from eitrack.common.versioned import signature
from eitrack.directory.choices import AgencyKind, IdentifierScheme, SiteKind
from eitrack.directory.models import Agency, ExternalIdentifier, Site
from eitrack.intake.models import RememberedPlace
from eitrack.intake.places.difference import KnownPlace

# A number of their own is of no use to the district's own service.
NOT_IN_LISTS = (AgencyKind.SOCIAL_WORK, AgencyKind.POLICE)
NO_PLACES = (SiteKind.HOME, SiteKind.REMOTE)


@dataclass(frozen=True)
class Holder:
    """The agency that has a number, and the site where it is; either may be missing."""

    agency: Agency | None
    site: Site | None

    @property
    def name(self):
        return (self.agency or self.site).name

    def is_archived_on(self, day):
        return not (self.agency or self.site).is_in_use_on(day)

    @property
    def seen(self):
        """Changes when somebody changes one of the two."""
        return "".join(signature(one)[:8] for one in (self.agency, self.site) if one is not None)


def remembered_of(authority):
    """{number: what its list said of it when it was last applied}."""
    rows = RememberedPlace.objects.standing().filter(authority=authority)
    return {row.number: row for row in rows}


def holders_of(numbers):
    """{number: its Holder} by URN."""
    found = ExternalIdentifier.objects.filter(scheme=IdentifierScheme.URN, value__in=numbers)
    found = found.select_related("agency", "site").prefetch_related("agency__sites")
    return {one.value: holder_of(one) for one in found}


def numbers_passed_on(holders, places):
    """Old numbers of agencies that have carried on under one that is in use."""
    in_use = {
        holder.agency
        for number, holder in holders.items()
        if holder.agency and number in places and places[number].is_in_use
    }
    return {
        number
        for number, holder in holders.items()
        if holder.agency in in_use and not (number in places and places[number].is_in_use)
    }


def holder_of(identifier):
    if identifier.agency is None:
        return Holder(None, identifier.site)
    sites = sites_of(identifier.agency)
    return Holder(identifier.agency, sites[0] if sites else None)


def sites_of(agency):
    """Its sites: first the one with its name, then those that are not archived."""
    sites = [site for site in agency.sites.all() if site.merged_into_id is None]
    return sorted(
        sites,
        key=lambda site: (site.name != agency.name, bool(site.archived_from_on), site.pk),
    )


def known_place(number, holder, remembered, today):
    was = remembered.get(number)
    return KnownPlace(
        number=number,
        name=holder.name,
        site_kind=holder.site.kind if holder.site else "",
        listed_name=was.name if was else "",
        listed_kind=was.kind if was else "",
        was_closed=bool(was) and not was.is_in_use,
        is_archived=holder.is_archived_on(today),
    )


def unnumbered(today):
    """(key, name, postcode) of agencies, and of sites that are no agency's own, that have no URN.

    A partnership of schools is an agency of several sites, of which each is in the lists.
    """
    numbered = ExternalIdentifier.objects.filter(scheme=IdentifierScheme.URN)
    agencies = (
        Agency.objects.in_use(today)
        .exclude(kind__in=NOT_IN_LISTS)
        .exclude(pk__in=numbered.filter(agency__isnull=False).values("agency"))
    )
    sites = (
        Site.objects.in_use(today)
        .exclude(agency__name=F("name"))
        .exclude(agency__in=numbered.filter(agency__isnull=False).values("agency"))
        .exclude(kind__in=NO_PLACES)
        .exclude(pk__in=numbered.filter(site__isnull=False).values("site"))
    )
    return [
        *((f"agency-{pk}", name, "") for pk, name in agencies.values_list("pk", "name")),
        *((f"site-{pk}", name, "") for pk, name in sites.values_list("pk", "name")),
    ]


def taken_names():
    """Names in lower case of agencies, of which no two have the same, and of sites of no agency."""
    agencies = Agency.objects.unmerged().values_list("name", flat=True)
    sites = Site.objects.unmerged().filter(agency__isnull=True).values_list("name", flat=True)
    return {name.casefold() for name in (*agencies, *sites)}
