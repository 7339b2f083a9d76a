"""The administrator's pages of agencies and sites."""

import datetime
import re

import pytest
from django.urls import reverse

from eitrack.audit.models import Entry
from eitrack.common.versioned import signature
from eitrack.directory.models import Agency, Site
from eitrack.partnerships.agency_actions import change_partner
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory
from tests.factories.directory import AgencyFactory, ExternalIdentifierFactory, SiteFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db
AGENCIES = reverse("stewardship:place_list", args=["agencies"])
SITES = reverse("stewardship:place_list", args=["sites"])
TODAY = datetime.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


def url_of(place, action="detail"):
    kind = "agencies" if isinstance(place, Agency) else "sites"
    return reverse(f"stewardship:place_{action}", args=[kind, place.pk])


def words_of(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def names(response):
    return [row.record.name for row in response.context["table"].rows]


def trail_of(place):
    return list(Entry.objects.about(place).values_list("action", "reason", "by__name"))


class TestLists:
    def test_show_those_in_use_unless_asked_otherwise(self, signed_in):
        stays = SiteFactory(name="A school")
        SiteFactory(name="B in a hurry", is_provisional=True)
        SiteFactory(name="C gone", archived=True)
        SiteFactory(name="D going", archived_from_on=datetime.date(2026, 11, 24))
        SiteFactory(name="E merged", archived=True, merged_into=stays)

        def found(standing):
            return names(signed_in.get(SITES, {"standing": standing}))

        assert found("") == ["A school", "B in a hurry", "D going"]
        assert found("provisional") == ["B in a hurry"]
        assert found("settled") == ["A school", "D going"]
        assert found("archived") == ["C gone"]
        assert found("merged") == ["E merged"]
        assert len(found("all")) == 5

    def test_are_narrowed_by_name_kind_agency_and_number(self, signed_in):
        oak = AgencyFactory(name="Oak")
        hall = SiteFactory(name="Oak hall", kind="community", agency=oak)
        SiteFactory(name="Ash hall")
        ExternalIdentifierFactory(scheme="uprn", value="10000000001", site=hall)

        def found(**query):
            return names(signed_in.get(SITES, query))

        assert found(name="oak") == found(kind="community") == found(agency=oak.pk) == ["Oak hall"]
        assert found(number="10000000001") == ["Oak hall"]
        assert found(agency="none") == ["Ash hall"]
        assert found(sort="-name") == ["Oak hall", "Ash hall"]

    def test_say_what_is_wrong_with_a_filter_and_show_no_rows(self, signed_in):
        SiteFactory()

        response = signed_in.get(SITES, {"standing": "lost", "_export": "csv"})

        assert names(response) == []
        assert "There is a problem" in words_of(response)

    def test_their_files_hold_what_is_filtered_and_stand_in_the_trail(self, signed_in):
        oak = AgencyFactory(name="Oak school", archived_from_on=datetime.date(2026, 9, 7))
        ExternalIdentifierFactory(scheme="urn", value="100001", agency=oak)
        AgencyFactory(name="Elm school")

        response = signed_in.get(AGENCIES, {"standing": "archived", "_export": "csv"})

        head, *rows = b"".join(response).decode("utf-8-sig").splitlines()
        assert head == "Name,Kind,Standing,Numbers,Sites"
        assert rows == ["Oak school,School,Archived from Mon 7 Sep 2026,URN 100001,0"]
        assert Entry.objects.filter(action="exported", record_kind="agencies.csv").exists()

    @pytest.mark.parametrize("url", [AGENCIES, SITES])
    def test_cost_the_same_whatever_they_hold(self, signed_in, url, django_assert_max_num_queries):
        for number in range(30):
            agency = AgencyFactory(name=f"Agency {number:02}")
            site = SiteFactory(name=f"Site {number:02}", agency=agency)
            ActivityFactory(site=site)
            ExternalIdentifierFactory(agency=agency)

        with django_assert_max_num_queries(12):
            signed_in.get(url)

    def test_count_what_is_to_settle(self, signed_in):
        SiteFactory.create_batch(2, is_provisional=True)
        SiteFactory(is_provisional=True, archived=True)

        assert signed_in.get(SITES).context["to_settle"] == 2

    def test_another_kind_of_place_is_not_found(self, signed_in):
        assert signed_in.get("/stewardship/places/people/").status_code == 404


class TestOnePlace:
    def test_says_what_names_it_by_kind(self, signed_in):
        site = SiteFactory(agency=AgencyFactory())
        ActivityFactory.create_batch(2, site=site)

        records = signed_in.get(url_of(site)).context["records"]
        of_agency = signed_in.get(url_of(site.agency)).context["records"]

        assert records == ["2 activities there"]
        assert of_agency == ["1 site of theirs"]

    def test_a_provisional_one_shows_names_that_look_like_it(self, signed_in):
        hurry = SiteFactory(name="Bells Lane", is_provisional=True)
        known = SiteFactory(name="Bells Lane Primary School")

        response = signed_in.get(url_of(hurry))

        assert response.context["similar"] == [known]
        assert f"{url_of(hurry, 'merge')}?into={known.pk}" in response.content.decode()

    def test_costs_the_same_whatever_names_it(self, signed_in, django_assert_max_num_queries):
        agency = AgencyFactory()
        for _ in range(5):
            ActivityFactory(agency=agency, site=SiteFactory(agency=agency))
            ExternalIdentifierFactory(agency=agency)

        with django_assert_max_num_queries(30):
            signed_in.get(url_of(agency))


class TestChanging:
    def test_what_an_administrator_adds_is_settled(self, signed_in, administrator):
        agency = AgencyFactory()
        url = f"{reverse('stewardship:place_add', args=['sites'])}?agency={agency.pk}"

        values = form_values(signed_in.get(url)) | {"name": "Oak hall", "kind": "community"}
        response = signed_in.post(url, values)

        site = Site.objects.get(name="Oak hall")
        assert response.url == url_of(site)
        assert (site.agency, site.is_provisional) == (agency, False)
        assert trail_of(site) == [("created", "", administrator.name)]

    def test_a_change_by_somebody_else_is_told_once(self, signed_in):
        site = SiteFactory(name="Oak hall")
        url = url_of(site, "edit")
        values = form_values(signed_in.get(url)) | {"name": "Oak village hall"}
        Site.objects.filter(pk=site.pk).update(name="The hall")

        told = signed_in.post(url, values)
        values["seen"] = told.context["form"]["seen"].value()
        saved = signed_in.post(url, values)

        assert "Name The hall Oak village hall Use theirs" in words_of(told)
        assert saved.status_code == 302
        assert Site.objects.get(pk=site.pk).name == "Oak village hall"

    def test_what_somebody_else_typed_can_be_taken_over(self, signed_in, manager):
        site = SiteFactory(name="Oak hall", kind="community")
        url = url_of(site, "edit")
        typed = {"name": "Oak village hall", "kind": "other"}
        values = form_values(signed_in.get(url)) | typed
        theirs = Site.objects.get(pk=site.pk)
        theirs.name = "The hall"
        seen = signature(Site.objects.get(pk=site.pk))
        change_partner(by=manager, partner=theirs, seen=seen)

        told = signed_in.post(url, values)
        taken = signed_in.post(url, form_values(told) | {"take": "name"})
        signed_in.post(url, form_values(taken))

        assert "Saved by Mary Manager" in words_of(told)
        assert [one.name for one in taken.context["clash"].differences] == ["kind"]
        site.refresh_from_db()
        assert (site.name, site.kind) == ("The hall", "other")

    def test_whoever_is_slower_by_a_moment_sees_both_too(self, signed_in, monkeypatch):
        """Somebody else saves between the look at the record and the save."""
        site = SiteFactory(name="Oak hall")
        url = url_of(site, "edit")
        values = form_values(signed_in.get(url)) | {"name": "Oak village hall"}

        def faster(**options):
            Site.objects.filter(pk=site.pk).update(name="The hall")
            return change_partner(**options)

        monkeypatch.setattr("eitrack.stewardship.places.views.change_partner", faster)

        told = signed_in.post(url, values)

        assert "Name The hall Oak village hall Use theirs" in words_of(told)
        assert Site.objects.get(pk=site.pk).name == "The hall"

    def test_settling_stands_in_the_trail_once(self, signed_in, administrator):
        site = SiteFactory(is_provisional=True)

        for _ in range(2):
            signed_in.post(url_of(site, "settle"))

        site.refresh_from_db()
        assert not site.is_provisional
        assert trail_of(site) == [("approved", "", administrator.name)]

    def test_what_was_merged_is_changed_no_more(self, signed_in):
        site = SiteFactory(archived=True, merged_into=SiteFactory())

        assert signed_in.get(url_of(site)).status_code == 200
        for action in ("edit", "archive", "merge"):
            assert signed_in.get(url_of(site, action)).status_code == 404
        for action in ("settle", "reopen"):
            assert signed_in.post(url_of(site, action)).status_code == 404


class TestArchiving:
    def archive(self, client, place, **values):
        url = url_of(place, "archive")
        return client.post(url, form_values(client.get(url)) | values)

    def test_is_from_a_day_on_and_can_be_taken_back(self, signed_in, administrator):
        site = SiteFactory()

        self.archive(signed_in, site, archived_from_on="2026-09-07")
        site.refresh_from_db()
        archived_from_on = site.archived_from_on
        signed_in.post(url_of(site, "reopen"))

        site.refresh_from_db()
        assert archived_from_on == datetime.date(2026, 9, 7)
        assert site.archived_from_on is None
        assert [line[:2] for line in trail_of(site)] == [
            ("changed", "in_use_again"),
            ("archived", ""),
        ]

    def test_takes_the_sites_of_an_agency_with_it_unless_told_not_to(self, signed_in):
        oak, elm = AgencyFactory(), AgencyFactory()
        of_oak, of_elm = SiteFactory(agency=oak), SiteFactory(agency=elm)

        self.archive(signed_in, oak, archived_from_on="2026-11-23")
        self.archive(signed_in, elm, archived_from_on="2026-11-23", with_sites="")

        for site in (of_oak, of_elm):
            site.refresh_from_db()
        assert (of_oak.archived_from_on, of_elm.archived_from_on) == (TODAY, None)

    def test_two_at_once_learn_of_each_other(self, signed_in):
        site = SiteFactory()
        url = url_of(site, "archive")
        values = form_values(signed_in.get(url)) | {"archived_from_on": "2026-09-07"}
        Site.objects.filter(pk=site.pk).update(archived_from_on=datetime.date(2026, 7, 24))

        told = signed_in.post(url, values)
        again = {**values, "opened": told.context["form"]["opened"].value()}
        saved = signed_in.post(url, again)

        assert "it is archived from Fri 24 Jul 2026" in words_of(told)
        assert told.context["form"]["archived_from_on"].value() == "2026-09-07"
        assert saved.status_code == 302
        site.refresh_from_db()
        assert site.archived_from_on == datetime.date(2026, 9, 7)

    def test_a_day_that_cannot_be_is_refused_beside_it(self, signed_in):
        response = self.archive(signed_in, SiteFactory(), archived_from_on="2126-01-01")

        assert response.context["form"].has_error("archived_from_on")


class TestPartnerPages:
    @pytest.mark.parametrize("role", ["worker", "manager"])
    def test_show_numbers_of_the_agency_and_its_sites(self, client, role):
        client.force_login(UserFactory(**{role: True}))
        site = SiteFactory(agency=AgencyFactory())
        ExternalIdentifierFactory(scheme="urn", value="100001", agency=site.agency)
        ExternalIdentifierFactory(scheme="uprn", value="10000000001", site=site)

        page = words_of(client.get(reverse("partnerships:agency_detail", args=[site.agency_id])))

        assert "URN 100001" in page
        assert "UPRN 10000000001" in page

    def test_of_a_merged_agency_lead_to_the_one_that_stays(self, client, worker):
        client.force_login(worker)
        stays = AgencyFactory(name="Oak School")
        gone = AgencyFactory(archived=True, merged_into=stays)

        page = client.get(reverse("partnerships:agency_detail", args=[gone.pk])).content.decode()

        assert f'<a href="{stays.get_absolute_url()}">Oak School</a>' in page
