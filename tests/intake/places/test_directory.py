"""Venues of a council's directory as sites, and what repeats there as series."""

from datetime import UTC, date, datetime, time

import pytest

from eitrack.activities.models import Series
from eitrack.audit.models import Entry
from eitrack.directory.models import Agency, ExternalIdentifier, Site
from eitrack.intake.places.applying import UndecidedError, apply
from eitrack.intake.places.taking import ANOTHER
from eitrack.intake.undo import take_back
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityTypeFactory
from tests.factories.directory import SiteFactory, TeamFactory
from tests.intake.places.made import page_of_services, service, venue
from tests.intake.places.waiting import rows_of, waiting

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TUESDAYS = {"freq": "WEEKLY", "byday": "TU", "opens_at": "10:00", "closes_at": "11:30"}
HALL, SESSION = "3a19", "5c1d 3a19 0"


@pytest.fixture(autouse=True)
def _on_a_monday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def ada(db):
    return UserFactory(administrator=True)


@pytest.fixture
def play(db):
    return ActivityTypeFactory(kind="drop_in", name="Stay and play")


def listed(*services, by):
    found = services or [service(schedules=[TUESDAYS], venues=[venue()])]
    return waiting(page_of_services(*found), by=by, code="directory")


def tick(batch, *numbers, same_as="", activity_type=None, team=None):
    for (number, _), row in rows_of(batch).items():
        if number in numbers:
            row.is_chosen = True
            row.content["same_as"] = same_as
            row.content["activity_type"] = str(activity_type.pk) if activity_type else ""
            row.save()
    if team:
        batch.answers["team"] = str(team.pk)
        batch.save()
    return batch


def take(batch, *numbers, **answers):
    return apply(tick(batch, *numbers, **answers), by=batch.by, now=NOW)


def offered(batch):
    return {number: what for number, what in rows_of(batch)}


def test_each_venue_stands_with_what_repeats_there(ada):
    batch = listed(by=ada)

    rows = list(batch.staged_rows.values_list("content__name", "content__reason"))
    assert rows == [("Elm Green Hall", ""), ("Stay and play", "Tuesdays 10:00 to 11:30")]
    assert batch.counts == {"not here yet": 1, "repeating at a venue": 1}


def test_what_cannot_be_a_series_is_said(ada):
    daily = {**TUESDAYS, "freq": "DAILY"}
    online = service("Advice line", key="5c1e")

    batch = listed(service(schedules=[daily], venues=[venue()]), online, by=ada)

    assert batch.answers["left_out"] == [
        "Stay and play: It repeats daily, every 1: there is no such series here.",
        "Advice line: It names no venue.",
    ]


def test_a_session_that_has_ended_is_not_offered(ada):
    ended = {**TUESDAYS, "valid_to": "2026-07-20"}

    batch = listed(service(schedules=[ended], venues=[venue()]), by=ada)

    assert offered(batch) == {HALL: "unknown"}


def test_a_ticked_venue_becomes_a_site_of_no_agency(ada):
    take(listed(by=ada), HALL)

    site = Site.objects.get()
    assert (site.name, site.kind, site.agency) == ("Elm Green Hall", "community", None)
    assert {str(one) for one in site.identifiers.all()} == {
        "Local number 3a19",
        "UPRN 10092008082",
    }
    assert not Agency.objects.exists()
    assert offered(listed(by=ada)) == {HALL: "same", SESSION: "unknown"}


def test_a_venue_that_is_here_gets_its_identifiers(ada):
    ours = SiteFactory(name="The Elm Green Hall", agency=None, kind="community")

    take(listed(by=ada), HALL, same_as=f"site-{ours.pk}")

    assert Site.objects.get() == ours
    assert ExternalIdentifier.objects.filter(site=ours).count() == 2


def test_a_venue_that_may_be_here_is_never_joined_by_itself(ada):
    SiteFactory(name="The Elm Green Hall", agency=None, kind="community")

    with pytest.raises(UndecidedError):
        take(listed(by=ada), HALL)


def test_a_venue_is_known_by_its_building(ada):
    ours = SiteFactory(name="Village hall", agency=None, kind="community")
    ExternalIdentifier.objects.create(scheme="uprn", value="10092008082", site=ours)

    assert offered(listed(by=ada))[HALL] == "same"


def test_two_venues_of_one_name_get_their_postcode(ada):
    other = venue("Elm Green Hall", key="3b20", addresses=[{"postal_code": "ZZ9 9XX"}])

    take(listed(service(venues=[venue(), other]), by=ada), HALL, "3b20", same_as=ANOTHER)

    names = set(Site.objects.values_list("name", flat=True))
    assert names == {"Elm Green Hall, ZZ1 2BB", "Elm Green Hall, ZZ9 9XX"}


def test_a_ticked_session_becomes_a_series_at_its_venue(ada, play):
    north = TeamFactory(name="North")

    batch = take(listed(by=ada), HALL, SESSION, activity_type=play, team=north)

    series = Series.objects.get()
    assert (series.name, series.activity_type, series.team) == ("Stay and play", play, north)
    assert (series.site.name, series.repeat) == ("Elm Green Hall", "weekly")
    assert (series.from_on, series.starts_at, series.usual_minutes) == (
        date(2026, 11, 24),
        time(10),
        90,
    )
    assert series.history.count() == 1
    assert Entry.objects.about(series).get().by == ada
    assert batch.counts["Series added"] == 1
    assert offered(listed(by=ada)) == {HALL: "same", SESSION: "same"}


def test_a_session_at_a_site_that_is_here_becomes_a_series_there(ada, play):
    take(listed(by=ada), HALL)

    take(listed(by=ada), SESSION, activity_type=play, team=TeamFactory())

    assert Series.objects.get().site == Site.objects.get()


def test_a_session_needs_to_be_said_what_it_is_and_whose(ada, play):
    with pytest.raises(UndecidedError, match="of each session what it is"):
        take(listed(by=ada), HALL, SESSION, team=TeamFactory())
    with pytest.raises(UndecidedError, match="Choose the team"):
        take(listed(by=ada), HALL, SESSION, activity_type=play)

    assert not Site.objects.exists()


def test_a_type_that_was_archived_meanwhile_has_to_be_chosen_anew(ada, play):
    batch = tick(listed(by=ada), HALL, SESSION, activity_type=play, team=TeamFactory())
    play.is_archived = True
    play.save()

    with pytest.raises(UndecidedError, match="Choose it anew"):
        apply(batch, by=ada, now=NOW)


def test_a_session_needs_its_venue(ada, play):
    with pytest.raises(UndecidedError, match="Tick the venue"):
        take(listed(by=ada), SESSION, activity_type=play, team=TeamFactory())


def test_all_of_it_can_be_taken_back(ada, play):
    batch = take(listed(by=ada), HALL, SESSION, activity_type=play, team=TeamFactory())

    assert take_back(batch, by=ada, now=NOW) == []

    assert (Series.objects.count(), Site.objects.count()) == (0, 0)
    assert offered(listed(by=ada)) == {HALL: "unknown", SESSION: "unknown"}
