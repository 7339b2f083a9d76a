"""What taking each ticked offer of a list writes."""

from dataclasses import dataclass
from datetime import date, timedelta

from eitrack.audit.choices import Action
from eitrack.directory.choices import IdentifierScheme
from eitrack.directory.models import Agency, Site
from eitrack.intake.places.choices import CHANGES, FileKind, Offered
from eitrack.intake.places.known import holders_of, sites_of
from eitrack.intake.places.offers import Offer

ANOTHER = "another"
# No day lies before: schools that closed earlier are archived from here.
EARLIEST = date(1990, 1, 1)


class NotAppliedError(Exception):
    """Nothing was written; the message says why."""


class UndecidedError(NotAppliedError):
    """A ticked place may be here already, and nobody has said whether it is."""


@dataclass
class Chosen:
    """A ticked Offer, and what was said of it.

    `same_as`: what it is here: "", `ANOTHER`, or the key of a candidate; of a session
    `activity_type`, the key of what it is.
    """

    offer: Offer
    same_as: str
    activity_type: str = ""

    @property
    def is_undecided(self):
        if self.offer.session is not None:
            return not self.activity_type
        keys = {key for key, _, _ in self.offer.candidates}
        return bool(keys) and self.same_as not in keys | {ANOTHER}


def take_all(writer, chosen, batch, today):
    """Linked sites last, as they belong to a centre that may come with them."""
    taking = Taking(writer, chosen, batch, today)
    for one in sorted(chosen, key=is_linked):
        if one.offer.what in CHANGES:
            taking.change(one.offer)
        else:
            taking.take(one)


def is_linked(chosen):
    return bool(chosen.offer.place and chosen.offer.place.is_linked_site)


class Taking:
    """The records that the ticked offers are about, loaded once, and what becomes of each."""

    def __init__(self, writer, chosen, batch, today):
        self.writer, self.today = writer, today
        self.is_of_hubs = batch.source == FileKind.HUBS
        self.linked = batch.answers.get("linked", {})
        numbers = {one.offer.number for one in chosen if one.offer.what in CHANGES}
        numbers.update(*(self.linked.get(one.offer.number, ()) for one in chosen))
        self.holders = holders_of(numbers)
        self.agencies = self.joined(Agency, "agency-", chosen)
        self.sites = self.joined(Site, "site-", chosen)
        self.came = {}

    def joined(self, model, prefix, chosen):
        keys = {one.same_as for one in chosen if one.same_as.startswith(prefix)}
        found = model.objects.select_for_update().in_bulk(
            [int(key.removeprefix(prefix)) for key in keys]
        )
        return {f"{prefix}{pk}": one for pk, one in found.items()}

    def take(self, chosen):
        """A place that is new here, or one of ours that gets its number."""
        offer = chosen.offer
        if agency := self.agencies.get(chosen.same_as):
            self.join_agency(offer, agency)
        elif site := self.sites.get(chosen.same_as):
            self.join_site(offer, site)
        elif offer.place.is_linked_site:
            self.add_linked_site(offer)
        else:
            agency = self.add_agency(offer)
            self.identify(offer.place, agency, self.add_site(offer, agency))

    def add_agency(self, offer):
        agency = self.writer.add(
            Agency(
                name=offer.own_name,
                kind=offer.place.agency_kind,
                archived_from_on=self.archived_from(offer.place),
            )
        )
        self.came[offer.number] = agency
        return agency

    def add_site(self, offer, agency):
        return self.writer.add(
            Site(
                name=offer.own_name,
                kind=offer.place.site_kind,
                agency=agency,
                archived_from_on=self.archived_from(offer.place),
            )
        )

    def add_linked_site(self, offer):
        """Of the centre that it is linked to, where that is known; else of no agency yet."""
        site = self.add_site(offer, self.centre_of(offer.number))
        self.writer.identify(IdentifierScheme.URN, offer.number, site=site)
        self.writer.identify(IdentifierScheme.UPRN, offer.place.uprn, site=site)

    def centre_of(self, number):
        for other in self.linked.get(number, ()):
            if other in self.came:
                return self.came[other]
            if other in self.holders:
                return self.holders[other].agency
        return None

    def join_agency(self, offer, agency):
        """A hub gives a centre its name; a number of a list changes nothing else."""
        sites = [site for site in sites_of(agency) if site.is_in_use_on(self.today)]
        if self.is_of_hubs:
            self.rename(agency, sites, offer.own_name)
            return
        self.writer.change(agency, Action.APPROVED, is_provisional=False)
        self.came[offer.number] = agency
        if not sites:
            site = Site(name=agency.name, kind=offer.place.site_kind, agency=agency)
            sites = [self.writer.add(site)]
        self.identify(offer.place, agency, sites[0] if len(sites) == 1 else None)

    def join_site(self, offer, site):
        """A site of no agency gets one; one of a partnership only its number."""
        if site.agency_id and not self.is_of_hubs:
            self.writer.change(site, is_provisional=False)
            self.writer.identify(IdentifierScheme.URN, offer.number, site=site)
            self.writer.identify(IdentifierScheme.UPRN, offer.place.uprn, site=site)
            return
        agency = self.add_agency(offer)
        self.writer.change(site, agency=agency, is_provisional=False)
        self.identify(offer.place, agency, site)

    def identify(self, place, agency, site):
        if self.is_of_hubs:
            return
        self.writer.identify(IdentifierScheme.URN, place.number, agency=agency)
        if site is not None:
            self.writer.identify(IdentifierScheme.UPRN, place.uprn, site=site)

    def change(self, offer):
        holder = self.holders[offer.number]
        sites = sites_of(holder.agency) if holder.agency else [holder.site]
        if offer.what == Offered.RENAMED:
            self.rename(holder.agency or holder.site, sites, offer.own_name)
        elif offer.what == Offered.KIND_CHANGED:
            self.change_kind(holder, offer.place)
        elif offer.what == Offered.REOPENED:
            reopened = {holder.agency, holder.site} - {None}
            for one in reopened:
                self.writer.change(one, archived_from_on=None)
        elif offer.heir:
            self.rename(holder.agency or holder.site, sites, offer.own_name)
            self.change_kind(holder, offer.heir)
            self.pass_on(holder, offer.heir)
        else:
            self.archive([*sites, holder.agency or holder.site], offer.place)

    def archive(self, places, listed):
        """From the day after the last; those that are archived already stay as they are."""
        for one in places:
            if one.is_in_use_on(self.today):
                from_on = self.archived_from(listed) or self.today
                self.writer.change(one, Action.ARCHIVED, archived_from_on=from_on)

    def archived_from(self, place):
        """The first day without it; None for a place in use."""
        if place is None or place.is_in_use:
            return None
        if place.closed_on is None or place.closed_on >= self.today:
            return self.today
        return max(place.closed_on + timedelta(days=1), EARLIEST)

    def rename(self, place, sites, name):
        """The place, and its site of the same name unless that would be a second one of it."""
        named = [site for site in sites if site.name == place.name]
        is_free = not any(site.name == name for site in sites)
        self.writer.change(place, name=name)
        for site in named[:1] if is_free else ():
            self.writer.change(site, name=name)

    def change_kind(self, holder, place):
        if holder.agency:
            self.writer.change(holder.agency, kind=place.agency_kind)
        if holder.site:
            self.writer.change(holder.site, kind=place.site_kind)

    def pass_on(self, holder, heir):
        """The number of what it carries on as; the old one stays, so that it is found by both."""
        of = {"agency": holder.agency} if holder.agency else {"site": holder.site}
        self.writer.identify(IdentifierScheme.URN, heir.number, **of)
