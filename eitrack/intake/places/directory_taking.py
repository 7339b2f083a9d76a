"""What taking venues and sessions of a directory writes."""

from eitrack.activities.models import ActivityType, Series
from eitrack.activities.series.form import SERIES_KINDS
from eitrack.directory.choices import IdentifierScheme
from eitrack.directory.models import Site, Team
from eitrack.intake.places import sessions
from eitrack.intake.places.directory_offers import venues_here
from eitrack.intake.places.taking import UndecidedError

MOST_MINUTES = 960


def types_of_series():
    """The activity types that a session may be."""
    return ActivityType.objects.in_use().filter(kind__in=SERIES_KINDS)


def refuse_incomplete(chosen, batch):
    """UndecidedError where a ticked session has no team, no venue, or is nothing any more."""
    ticked = [one for one in chosen if one.offer.session is not None]
    if ticked and not Team.objects.filter(pk=batch.answers.get("team") or 0).exists():
        raise UndecidedError("Choose the team that the ticked sessions are of.")
    if {int(one.activity_type) for one in ticked} - set(types_of_series().in_bulk()):
        raise UndecidedError("What a session was is not in use any more. Choose it anew.")
    places = {one.offer.place.number: one.offer.place for one in ticked}
    venues = {one.offer.number for one in chosen if one.offer.session is None}
    if places.keys() - venues_here(places).keys() - venues:
        raise UndecidedError("Tick the venue of each ticked session.")


def take_directory(writer, chosen, batch, today):
    venues = [one for one in chosen if one.offer.session is None]
    ticked = [one for one in chosen if one.offer.session is not None]
    sites = venues_here({one.offer.place.number: one.offer.place for one in ticked})
    joined = sites_joined(venues)
    for one in venues:
        sites[one.offer.number] = take_venue(writer, one, joined)
    types = types_of_series().in_bulk([int(one.activity_type) for one in ticked])
    team = Team.objects.get(pk=batch.answers["team"]) if ticked else None
    for one in ticked:
        session = sessions.from_json(one.offer.session)
        site = sites[session.venue]
        writer.add(series_of(session, site, team, types[int(one.activity_type)], today))


def sites_joined(venues):
    pks = [int(one.same_as.removeprefix("site-")) for one in venues if is_joined(one)]
    return Site.objects.select_for_update().in_bulk(pks)


def is_joined(venue):
    return venue.same_as.startswith("site-")


def take_venue(writer, venue, joined):
    """A site of no agency, or one of ours that gets its identifiers."""
    offer = venue.offer
    if is_joined(venue):
        site = joined[int(venue.same_as.removeprefix("site-"))]
    else:
        site = writer.add(Site(name=offer.own_name, kind=offer.place.site_kind))
    writer.identify(IdentifierScheme.LOCAL, offer.number, site=site)
    writer.identify(IdentifierScheme.UPRN, offer.place.uprn, site=site)
    return site


def series_of(session, site, team, activity_type, today):
    slot = session.slot
    return Series(
        name=session.name,
        activity_type=activity_type,
        site=site,
        team=team,
        repeat=slot.repeat,
        starts_at=slot.opens_at,
        usual_minutes=slot.minutes if slot.minutes and slot.minutes <= MOST_MINUTES else None,
        from_on=session.first_day(today),
        until_on=slot.until_on,
    )
