"""What a list offers, and what *Apply* writes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from eitrack.audit.choices import Action
from eitrack.audit.models import Entry
from eitrack.directory.models import Agency, ExternalIdentifier, Site
from eitrack.intake.models import BroughtRecord, RememberedPlace, StagedFile, StagedRow
from eitrack.intake.places.applying import (
    ChangedMeanwhileError,
    NotAppliedError,
    UndecidedError,
    apply,
)
from eitrack.intake.places.offers import from_json
from eitrack.intake.places.staging import choose_authority, stage_again
from eitrack.intake.places.taking import ANOTHER
from eitrack.intake.undo import take_back, would_stay
from tests.factories.accounts import UserFactory
from tests.factories.directory import AgencyFactory, SiteFactory
from tests.intake.places.made import centre, gias_bytes, hubs_bytes, links_bytes, place
from tests.intake.places.waiting import rows_of, schools, take, tick, waiting

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ELM = place(100001, "Elm Green Primary School", UPRN="10001")
IVY = place(100002, "Ivy Bank School")


@pytest.fixture
def ada(db):
    return UserFactory(administrator=True, name="Ada Administrator")


def offered(batch):
    return {number: what for number, what in rows_of(batch)}


def said(batch):
    return {
        (number, what): row.content["reason"]
        for (number, what), row in rows_of(batch).items()
        if what != "same"
    }


class TestFirstList:
    def test_places_in_use_are_offered_and_nothing_is_ticked(self, ada):
        batch = schools(
            ELM,
            place(100003, "Jay Wood", "Closed"),
            place(100004, "Gorse Hill", "Proposed to open"),
            by=ada,
        )

        assert offered(batch) == {"100001": "unknown", "100003": "gone", "100004": "proposed"}
        assert not batch.staged_rows.filter(is_chosen=True).exists()

    def test_only_rows_of_the_authority_are_kept(self, ada):
        elsewhere = place(100009, "Far Away", **{"LA (code)": "398", "LA (name)": "Corley"})

        batch = schools(ELM, elsewhere, by=ada)

        assert offered(batch) == {"100001": "unknown"}
        assert "Far Away" not in str(list(StagedRow.objects.values()))
        assert not StagedFile.objects.exists()

    def test_an_authority_that_was_chosen_already_is_not_chosen_again(self, ada):
        batch = schools(ELM, by=ada)
        tick(batch)

        choose_authority(batch, "399", date(2026, 11, 23))

        assert batch.staged_rows.get().is_chosen

    def test_a_ticked_school_becomes_an_agency_with_a_site_of_its_name(self, ada):
        take(schools(ELM, IVY, by=ada), 100001)

        agency = Agency.objects.get()
        site = Site.objects.get()
        assert (agency.name, agency.kind) == ("Elm Green Primary School", "school")
        assert (site.name, site.kind, site.agency) == (agency.name, "primary_school", agency)
        assert not agency.is_provisional
        assert {str(one) for one in agency.identifiers.all()} == {"URN 100001"}
        assert {str(one) for one in site.identifiers.all()} == {"UPRN 10001"}

    def test_everything_is_in_the_trail(self, ada):
        batch = take(schools(ELM, by=ada))

        entries = Entry.objects.filter(by=ada).order_by("pk")
        written = [(one.by, one.action, one.record_kind) for one in entries]
        assert written == [
            (ada, Action.CREATED, "directory.Agency"),
            (ada, Action.CREATED, "directory.Site"),
            (ada, Action.IMPORTED, "intake.Batch"),
        ]
        assert Entry.objects.about(batch).get().action == Action.IMPORTED

    def test_what_was_read_is_gone_afterwards(self, ada):
        batch = take(schools(ELM, by=ada))

        assert (batch.state, StagedRow.objects.count()) == ("imported", 0)
        assert batch.counts == {"Agencies added": 1, "Sites added": 1, "Identifiers added": 2}

    def test_a_closed_school_comes_archived(self, ada):
        take(schools(place(100003, "Jay Wood", "Closed", CloseDate="31-08-2019"), by=ada))

        days = [one.objects.get().archived_from_on for one in (Agency, Site)]
        assert days == [date(2019, 9, 1), date(2019, 9, 1)]

    @pytest.mark.parametrize(
        ("closed", "archived"),
        [("31-08-1985", date(1990, 1, 1)), ("", date(2026, 11, 23))],
    )
    def test_a_school_closed_long_ago_or_on_no_day_comes_archived_too(self, ada, closed, archived):
        take(schools(place(100003, "Jay Wood", "Closed", CloseDate=closed), by=ada), now=NOW)

        assert Agency.objects.get().archived_from_on == archived

    def test_several_schools_of_one_name_get_their_town_or_number(self, ada):
        names = ["Brindley", "Corley Town", "Corley Town"]
        same = [
            place(100010 + number, "St Brigid’s School", Town=town)
            for number, town in enumerate(names)
        ]
        closed = place(100020, "St Brigid’s School", "Closed")

        take(schools(*same, closed, by=ada))

        assert set(Agency.objects.values_list("name", flat=True)) == {
            "St Brigid’s School, Brindley",
            "St Brigid’s School, Corley Town",
            "St Brigid’s School (100012)",
            "St Brigid’s School (100020)",
        }

    def test_two_schools_in_one_building_share_no_identifier(self, ada):
        infants = place(100005, "Elm Green Infant School", UPRN="10001")

        take(schools(ELM, infants, by=ada), same_as=ANOTHER)

        assert ExternalIdentifier.objects.filter(scheme="uprn").count() == 1
        assert ExternalIdentifier.objects.filter(scheme="urn").count() == 2

    def test_a_linked_site_belongs_to_its_centre(self, ada):
        content = gias_bytes(
            centre(100006, "Elm Green Children's Centre"),
            centre(100007, "Elm Green at the Library") | {"TypeOfEstablishment (code)": "48"},
            centre(100008, "Gorse Hill at the Hall") | {"TypeOfEstablishment (code)": "48"},
        )
        links = links_bytes(("100007", "100006", "Elm Green", "Children's Centre Link", ""))

        take(waiting(content, links, by=ada))

        library = Site.objects.get(name="Elm Green at the Library")
        assert library.agency == Agency.objects.get()
        assert str(library.identifiers.get()) == "URN 100007"
        assert Site.objects.get(name="Gorse Hill at the Hall").agency is None

    def test_nothing_ticked_is_nothing_done(self, ada):
        with pytest.raises(NotAppliedError, match="Tick what is to be applied"):
            apply(schools(ELM, by=ada), by=ada, now=NOW)

    def test_a_list_is_applied_once(self, ada):
        batch = take(schools(ELM, by=ada))

        with pytest.raises(NotAppliedError, match="not waiting any more: Imported"):
            apply(batch, by=ada, now=NOW)

        assert Agency.objects.count() == 1


class TestPerhapsHere:
    def test_it_has_to_be_said_whether_it_is(self, ada):
        ours = AgencyFactory(name="Elm Green Primary", kind="school")
        batch = schools(ELM, by=ada)

        with pytest.raises(UndecidedError):
            take(batch)

        (row,) = rows_of(batch).values()
        assert row.content["candidates"] == [
            [f"agency-{ours.pk}", "Elm Green Primary", "similar name"]
        ]
        assert Agency.objects.get() == ours

    def test_the_same_place_gets_its_number_and_keeps_its_name(self, ada):
        ours = AgencyFactory(name="Elm Green Primary", kind="school", is_provisional=True)
        site = SiteFactory(agency=ours, name="Elm Green")

        take(schools(ELM, by=ada), same_as=f"agency-{ours.pk}")

        ours.refresh_from_db()
        assert (ours.name, ours.is_provisional) == ("Elm Green Primary", False)
        assert Site.objects.get() == site
        assert {str(one) for one in ours.identifiers.all()} == {"URN 100001"}
        assert {str(one) for one in site.identifiers.all()} == {"UPRN 10001"}

    def test_a_school_of_a_partnership_gets_its_number_and_stays_there(self, ada):
        several = AgencyFactory(name="Hedge Lane Schools Partnership")
        site = SiteFactory(name="Elm Green Primary", agency=several)
        batch = schools(ELM, by=ada)

        [[key, name, _]] = batch.staged_rows.get().content["candidates"]
        take(batch, same_as=key)

        assert (key, name) == (f"site-{site.pk}", "Elm Green Primary")
        assert (Agency.objects.get(), Site.objects.get().agency) == (several, several)
        assert {str(one) for one in site.identifiers.all()} == {"URN 100001", "UPRN 10001"}
        assert schools(ELM, by=ada).counts == {"as they are here": 1}

    def test_a_site_of_no_agency_gets_one(self, ada):
        site = SiteFactory(
            agency=None, name="Elm Green", kind="primary_school", is_provisional=True
        )

        take(schools(ELM, by=ada), same_as=f"site-{site.pk}")

        site.refresh_from_db()
        assert (site.agency.name, site.is_provisional) == ("Elm Green Primary School", False)
        assert Site.objects.count() == 1

    def test_two_places_are_not_one_site(self, ada):
        site = SiteFactory(agency=None, name="Elm Green", kind="primary_school")
        infants = place(100005, "Elm Green Infant School")

        with pytest.raises(UndecidedError, match="said to be one site"):
            take(schools(ELM, infants, by=ada), same_as=f"site-{site.pk}")

    def test_another_place_is_added(self, ada):
        AgencyFactory(name="Elm Green Primary", kind="school")

        take(schools(ELM, by=ada), same_as=ANOTHER)

        assert Agency.objects.count() == 2

    def test_a_place_with_a_number_is_no_candidate(self, ada):
        take(schools(ELM, by=ada))

        batch = schools(ELM, place(100005, "Elm Green Infant School"), by=ada)

        assert rows_of(batch)["100005", "new"].content["candidates"] == []


class TestNextList:
    @pytest.fixture
    def elm(self, ada):
        take(schools(ELM, IVY, by=ada), 100001)
        return Agency.objects.get()

    def test_says_only_what_differs(self, ada, elm):
        batch = schools(ELM, IVY, place(100003, "Jay Wood"), by=ada)

        assert offered(batch) == {"100001": "same", "100002": "left_out", "100003": "new"}

    def test_changes_nothing_before_apply(self, ada, elm):
        schools({**ELM, "EstablishmentName": "Elm Green Junior School"}, by=ada)

        elm.refresh_from_db()
        assert elm.name == "Elm Green Primary School"

    def test_a_new_name_is_taken_by_agency_and_site(self, ada, elm):
        batch = schools({**ELM, "EstablishmentName": "Elm Green Junior School"}, by=ada)

        take(batch)

        elm.refresh_from_db()
        assert elm.name == "Elm Green Junior School"
        assert elm.sites.get().name == "Elm Green Junior School"
        assert Entry.objects.about(elm).first().action == Action.CHANGED

    def test_a_site_with_a_name_of_its_own_keeps_it(self, ada, elm):
        elm.sites.update(name="Elm Green hall")

        take(schools({**ELM, "EstablishmentName": "Elm Green Junior School"}, by=ada))

        assert elm.sites.get().name == "Elm Green hall"

    def test_a_change_that_was_left_out_is_offered_again(self, ada, elm):
        renamed = {**ELM, "EstablishmentName": "Elm Green Junior School"}
        take(schools(renamed, place(100003, "Jay Wood"), by=ada), 100003)

        assert ("100001", "renamed") in rows_of(schools(renamed, by=ada))

    def test_a_name_of_ones_own_is_no_change(self, ada, elm):
        elm.name = "Elm Green"
        elm.save()

        assert offered(schools(ELM, by=ada)) == {"100001": "same"}

    def test_another_kind_is_taken_by_the_site(self, ada, elm):
        batch = schools({**ELM, "PhaseOfEducation (name)": "Secondary"}, by=ada)

        take(batch)

        assert elm.sites.get().kind == "secondary_school"

    def test_a_closed_school_is_archived_with_its_sites_and_opens_again(self, ada, elm):
        closed = place(100001, "Elm Green Primary School", "Closed", CloseDate="31-08-2026")
        batch = schools(closed, by=ada)
        assert said(batch) == {("100001", "closed"): "Closed on Mon 31 Aug 2026."}

        take(batch)

        elm.refresh_from_db()
        last = date(2026, 9, 1)
        assert (elm.archived_from_on, elm.sites.get().archived_from_on) == (last, last)
        assert Entry.objects.about(elm).first().action == Action.ARCHIVED
        assert offered(schools(closed, by=ada)) == {"100001": "same"}

        take(schools(ELM, by=ada))

        elm.refresh_from_db()
        assert (elm.archived_from_on, elm.sites.get().archived_from_on) == (None, None)

    def test_an_academy_carries_on_the_agency_of_its_school(self, ada, elm):
        closed = {**ELM, "EstablishmentStatus (code)": "2"}
        academy = place(145001, "Elm Green Academy", StatutoryHighAge="18") | {
            "PhaseOfEducation (name)": "All-through"
        }
        links = links_bytes(("100001", "145001", "Elm Green Academy", "Successor", "01-09-2026"))
        batch = waiting(gias_bytes(closed, academy), links, by=ada)
        assert offered(batch) == {"100001": "succeeded", "145001": "same"}

        take(batch)

        elm.refresh_from_db()
        assert (elm.name, elm.archived_from_on) == ("Elm Green Academy", None)
        assert {one.value for one in elm.identifiers.all()} == {"100001", "145001"}
        assert (elm.sites.get().name, elm.sites.get().kind) == ("Elm Green Academy", "other")
        again = waiting(gias_bytes(closed, academy), links, by=ada)
        assert offered(again) == {"100001": "same", "145001": "same"}

    def test_a_centre_that_left_the_list_is_archived(self, ada):
        elm_centre = centre(100006, "Elm Green Children's Centre")
        other = centre(100007, "Ivy Bank Children's Centre")
        take(schools(elm_centre, other, by=ada), 100006)
        batch = schools(other, by=ada)
        assert said(batch)["100006", "closed"].startswith("No longer in the list")

        take(batch, 100006)

        assert Agency.objects.get().archived_from_on == timezone.localdate()
        assert offered(schools(other, by=ada)) == {"100007": "left_out"}

    def test_a_list_of_schools_says_nothing_of_centres(self, ada):
        take(schools(centre(100006, "Elm Green Children's Centre"), by=ada))

        assert offered(schools(ELM, by=ada)) == {"100001": "new"}

    def test_another_authority_is_not_compared(self, ada, elm):
        elsewhere = place(100009, "Far Away", **{"LA (code)": "398", "LA (name)": "Corley"})

        batch = waiting(gias_bytes(elsewhere), by=ada, code="398")

        assert offered(batch) == {"100009": "unknown"}


class TestTwoAtOnce:
    def test_the_second_is_told_and_nothing_is_written(self, ada):
        bea = UserFactory(administrator=True)
        first, second = schools(ELM, IVY, by=ada), schools(ELM, IVY, by=bea)
        take(first, 100001)

        with pytest.raises(ChangedMeanwhileError, match="Somebody changed"):
            take(second)

        assert Agency.objects.count() == 1
        second.refresh_from_db()
        assert second.state == "ready"

    def test_compared_again_the_ticks_are_still_there(self, ada):
        first, second = schools(ELM, IVY, by=ada), schools(ELM, IVY, by=ada)
        take(first, 100001)
        tick(second)

        stage_again(second, date(2026, 11, 23))

        rows = rows_of(second)
        assert not rows["100001", "same"].is_chosen
        assert rows["100002", "left_out"].is_chosen

    @pytest.mark.parametrize("own_name", ["Elm Green Primary School", "Elm Green"])
    def test_what_both_write_in_one_moment_is_written_once(self, ada, monkeypatch, own_name):
        first, second = schools(ELM, IVY, by=ada), schools(ELM, IVY, by=ada)
        take(first, 100001)
        Agency.objects.update(name=own_name)
        # The second had looked before the first was done.
        monkeypatch.setattr(
            "eitrack.intake.places.applying.offers_now",
            lambda batch, contents, today: [from_json(content) for content in contents],
        )

        with pytest.raises(ChangedMeanwhileError):
            take(second)

        assert Agency.objects.count() == 1
        assert not BroughtRecord.objects.filter(batch=second).exists()

    def test_a_place_changed_by_hand_meanwhile_is_not_overwritten(self, ada):
        take(schools(ELM, by=ada))
        batch = schools({**ELM, "EstablishmentName": "Elm Green Junior School"}, by=ada)
        Agency.objects.update(name="Elm Green at last")

        with pytest.raises(ChangedMeanwhileError):
            take(batch)

        assert Agency.objects.get().name == "Elm Green at last"


class TestTakingBack:
    def test_everything_goes_and_the_list_is_new_again(self, ada):
        batch = take(schools(ELM, IVY, by=ada), 100001, now=NOW)

        assert take_back(batch, by=ada, now=NOW) == []

        assert (Agency.objects.count(), Site.objects.count()) == (0, 0)
        assert not ExternalIdentifier.objects.exists()
        assert offered(schools(ELM, IVY, by=ada)) == {"100001": "unknown", "100002": "unknown"}

    def test_what_is_in_use_stays_and_is_said(self, ada):
        batch = take(schools(ELM, IVY, by=ada), now=NOW)
        site = Site.objects.get(name="Elm Green Primary School")
        SiteFactory(agency=site.agency, name="The hall")

        staying = would_stay(batch, by=ada, now=NOW)

        assert [(one.record, one.why) for one in staying] == [(site.agency, "It is in use.")]

    def test_a_changed_place_is_as_it_was(self, ada):
        take(schools(ELM, by=ada), now=NOW)
        renamed = {**ELM, "EstablishmentName": "Elm Green Junior School"}
        later = NOW + timedelta(hours=1)
        batch = take(schools(renamed, by=ada), now=later)

        take_back(batch, by=ada, now=later)

        assert Agency.objects.get().name == "Elm Green Primary School"
        assert ("100001", "renamed") in rows_of(schools(renamed, by=ada))

    def test_a_site_that_was_given_an_agency_has_none_again(self, ada):
        site = SiteFactory(agency=None, name="Elm Green", kind="primary_school")
        batch = take(schools(ELM, by=ada), same_as=f"site-{site.pk}", now=NOW)

        assert take_back(batch, by=ada, now=NOW) == []

        site.refresh_from_db()
        assert site.agency is None
        assert not Agency.objects.exists()


class TestRemembering:
    def test_what_newer_lists_say_anew_is_removed_in_the_end(self, ada):
        for days in (9, 5, 0):
            take(schools(ELM, place(100003 + days, "Jay Wood"), by=ada), now=NOW - timedelta(days))
            Agency.objects.filter(identifiers__value="100001").update(name=f"Elm {days}")

        kept = RememberedPlace.objects.filter(number="100001")
        assert kept.count() == 2
        assert BroughtRecord.objects.exists()


class TestHubs:
    @pytest.fixture
    def centre_here(self, ada):
        take(schools(centre(100006, "Elm Green Children's Centre", Postcode="ZZ1 1AA"), by=ada))
        return Agency.objects.get()

    def hubs(self, ada, *hubs):
        lines = [("Brindley", name, postcode) for name, postcode in hubs]
        return waiting(hubs_bytes(*lines), by=ada, code="Brindley")

    def test_a_centre_of_the_same_postcode_is_suggested(self, ada, centre_here):
        batch = self.hubs(ada, ("The Hub at the Park", "zz1 1aa"))

        (row,) = rows_of(batch).values()
        assert row.content["candidates"] == [
            [
                f"agency-{centre_here.pk}",
                "Elm Green Children's Centre",
                "same postcode, another name",
            ]
        ]

    def test_it_is_not_joined_by_itself(self, ada, centre_here):
        with pytest.raises(UndecidedError):
            take(self.hubs(ada, ("Elm Green Family Hub", "ZZ1 1AA")))

    def test_a_centre_that_is_a_hub_takes_its_name(self, ada, centre_here):
        batch = self.hubs(ada, ("Elm Green Family Hub", "ZZ1 1AA"))

        take(batch, same_as=f"agency-{centre_here.pk}")

        centre_here.refresh_from_db()
        assert centre_here.name == "Elm Green Family Hub"
        assert centre_here.sites.get().name == "Elm Green Family Hub"
        assert [str(one) for one in centre_here.identifiers.all()] == ["URN 100006"]
        again = self.hubs(ada, ("Elm Green Family Hub", "ZZ1 1AA"))
        assert offered(again) == {"elm green family hub": "same"}

    def test_another_hub_is_added_without_an_identifier(self, ada):
        take(self.hubs(ada, ("Ivy Bank Family Hub", "ZZ1 2BB")))

        agency = Agency.objects.get()
        assert (agency.name, agency.kind) == ("Ivy Bank Family Hub", "childrens_centre")
        assert not ExternalIdentifier.objects.exists()

    def test_a_very_long_name_is_cut(self, ada):
        long = ("Straße " * 40, "")

        take(self.hubs(ada, long))

        assert len(Agency.objects.get().name) <= 120
        assert list(offered(self.hubs(ada, long)).values()) == ["same"]

    def test_one_that_was_left_out_is_not_new(self, ada):
        hubs = [("Ivy Bank Family Hub", "ZZ1 2BB"), ("Jay Wood Hub", "ZZ1 3CC")]
        take(self.hubs(ada, *hubs), "ivy bank family hub")

        batch = self.hubs(ada, *hubs, ("Gorse Hill Hub", ""))

        assert offered(batch) == {
            "ivy bank family hub": "same",
            "jay wood hub": "left_out",
            "gorse hill hub": "new",
        }
