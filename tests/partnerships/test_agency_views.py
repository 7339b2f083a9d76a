import re
from datetime import date

import pytest
from django.urls import reverse

from eitrack.audit.models import Entry
from eitrack.directory.models import Agency, Site
from tests.factories.directory import (
    AgencyFactory,
    LinkWorkerFactory,
    PlacementFactory,
    SiteFactory,
    TeamFactory,
)
from tests.factories.partnerships import ProtocolFactory, ProtocolVersionFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db
LIST = reverse("partnerships:agency_list")
ADD = reverse("partnerships:agency_add")
SITE_ADD = reverse("partnerships:site_add")


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def by_manager(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def by_worker(client, worker):
    client.force_login(worker)
    return client


def words_of(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def rows(response):
    return [row.record.name for row in response.context["table"].rows]


class TestList:
    def test_counts_sites_and_agreements_in_force(self, by_manager, team):
        agency = AgencyFactory(name="Acorn")
        SiteFactory.create_batch(2, agency=agency)
        SiteFactory(agency=agency, archived=True)
        for topic in ("consent", "roles"):
            protocol = ProtocolFactory(district=team.district, agency=agency, topic=topic)
            ProtocolVersionFactory(protocol=protocol, number=1, agreed=True)
        ProtocolVersionFactory(protocol=protocol, number=2, not_needed_from_on=date(2026, 6, 1))

        row = by_manager.get(LIST).context["table"].rows[0]

        assert (row.get_cell("sites"), row.get_cell("agreements")) == (2, 1)

    def test_is_narrowed_by_name_kind_and_standing(self, by_manager):
        AgencyFactory(name="Acorn School")
        AgencyFactory(name="Acorn Police", kind="police", is_provisional=True)

        assert rows(by_manager.get(LIST, {"name": "school"})) == ["Acorn School"]
        assert rows(by_manager.get(LIST, {"kind": "police"})) == ["Acorn Police"]
        assert rows(by_manager.get(LIST, {"standing": "provisional"})) == ["Acorn Police"]
        assert rows(by_manager.get(LIST, {"sort": "agency"})) == ["Acorn Police", "Acorn School"]

    def test_its_filters_have_names(self, by_manager):
        fields = by_manager.get(LIST).context["filter"].form

        assert [field.label for field in fields] == ["Name has", "Kind", "Standing"]

    def test_its_file_holds_what_is_filtered(self, by_manager):
        AgencyFactory(name="Acorn School")
        AgencyFactory(name="Police", kind="police")

        answer = by_manager.get(LIST, {"kind": "police", "_export": "csv"})

        lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
        assert lines == [
            "Name,Kind,Sites,Agreements in force,Standing",
            "Police,Police,0,0,Settled",
        ]
        assert Entry.objects.filter(record_kind="agencies.csv").exists()

    @pytest.mark.parametrize("number", [3, 30])
    def test_costs_the_same_for_any_number(self, number, by_manager, django_assert_max_num_queries):
        SiteFactory.create_batch(number, is_provisional=True, agency=AgencyFactory())
        AgencyFactory.create_batch(number)

        with django_assert_max_num_queries(8):
            by_manager.get(LIST)

    def test_only_a_manager_is_shown_what_is_to_settle(self, client, worker, manager):
        SiteFactory(name="Behind the bakery", is_provisional=True)

        for user, shown in [(worker, False), (manager, True)]:
            client.force_login(user)
            assert ("Behind the bakery" in words_of(client.get(LIST))) is shown


class TestDetail:
    def test_shows_sites_protocols_and_link_workers(self, by_worker):
        agency = AgencyFactory()
        SiteFactory(name="Long Hall", agency=agency)
        LinkWorkerFactory(agency=agency)
        LinkWorkerFactory(agency=agency, name="Long Gone", until_on=date(2026, 6, 30))

        page = words_of(by_worker.get(agency.get_absolute_url()))

        assert "Long Hall" in page
        assert "Client consent None" in page
        assert "Robin Reed, Family link officer" in page
        assert "Long Gone" not in page

    def test_names_those_based_there_to_their_manager_only(self, client, worker, manager, team):
        agency = AgencyFactory()
        hats = {"host": agency, "is_co_located": True, "post__name": "Liaison worker"}
        PlacementFactory(worker__name="Ann Own", team=team, **hats)
        other = TeamFactory(name="Far team")
        PlacementFactory(worker__name="Olga Other", team=other, **hats | {"post__name": "Nurse"})

        client.force_login(worker)
        page = words_of(client.get(agency.get_absolute_url()))
        assert "Liaison worker, North team" in page
        assert "Nurse, Far team" in page
        assert "Ann Own" not in page

        client.force_login(manager)
        page = words_of(client.get(agency.get_absolute_url()))
        assert "Ann Own" in page
        assert "Olga Other" not in page

    def test_costs_the_same_for_any_number(self, by_manager, team, django_assert_max_num_queries):
        agency = AgencyFactory()
        SiteFactory.create_batch(12, agency=agency)
        PlacementFactory.create_batch(12, host=agency, is_co_located=True, team=team)

        with django_assert_max_num_queries(14):
            by_manager.get(agency.get_absolute_url())


class TestAdding:
    def test_what_a_worker_adds_is_provisional(self, by_worker, worker):
        by_worker.post(ADD, {"name": "Acorn", "kind": "school"})

        agency = Agency.objects.get(name="Acorn")
        assert agency.is_provisional
        assert Entry.objects.about(agency).get().by == worker

    def test_what_a_manager_adds_stands(self, by_manager):
        by_manager.post(ADD, {"name": "Acorn", "kind": "school"})

        assert not Agency.objects.get(name="Acorn").is_provisional

    def test_names_that_look_alike_are_pointed_out_first(self, by_worker):
        AgencyFactory(name="Lantern Women's Refuge")
        values = {"name": "Lantern Womens Refuge", "kind": "voluntary"}

        response = by_worker.post(ADD, values)
        assert "Is it one of these?" in words_of(response)
        assert Agency.objects.count() == 1

        by_worker.post(ADD, values | {"is_none_of_these": "on"})
        assert Agency.objects.count() == 2

    def test_the_same_name_is_not_added_twice(self, by_worker):
        values = {"name": "Acorn", "kind": "school", "is_none_of_these": "on"}

        by_worker.post(ADD, values)
        response = by_worker.post(ADD, values)

        assert "There is an agency with this name already." in words_of(response)

    def test_a_site_of_an_agency_begins_with_it(self, by_worker):
        agency = AgencyFactory()

        form = by_worker.get(SITE_ADD, {"agency": agency.pk}).context["form"]
        by_worker.post(SITE_ADD, {"name": "Hall", "kind": "community", "agency": agency.pk})

        assert form["agency"].value() == agency.pk
        assert Site.objects.get(name="Hall").is_provisional

    @pytest.mark.parametrize("asked", ["x", "999999999999999999999", "²"])
    def test_an_odd_agency_in_the_address_is_none(self, asked, by_worker):
        assert by_worker.get(SITE_ADD, {"agency": asked}).status_code == 200


class TestChanging:
    def test_a_manager_renames_and_settles(self, by_manager):
        agency = AgencyFactory(name="Acron", is_provisional=True)
        url = reverse("partnerships:agency_edit", args=[agency.pk])

        by_manager.post(url, form_values(by_manager.get(url)) | {"name": "Acorn"})
        by_manager.post(reverse("partnerships:agency_settle", args=[agency.pk]))

        agency.refresh_from_db()
        assert (agency.name, agency.is_provisional) == ("Acorn", False)
        actions = Entry.objects.about(agency).values_list("action", flat=True)
        assert sorted(actions) == ["approved", "changed"]

    def test_a_clash_is_told_and_nothing_is_lost(self, by_manager):
        agency = AgencyFactory(name="Acorn")
        url = reverse("partnerships:agency_edit", args=[agency.pk])
        values = form_values(by_manager.get(url)) | {"name": "Beech"}
        Agency.objects.update(name="Cedar")

        response = by_manager.post(url, values)

        assert "Name Cedar Beech Use theirs" in words_of(response)
        assert response.context["form"]["name"].value() == "Beech"
        assert Agency.objects.get().name == "Cedar"
        by_manager.post(url, form_values(response))
        assert Agency.objects.get().name == "Beech"

    def test_of_a_site_both_versions_are_shown(self, by_manager):
        site = SiteFactory(name="Oak hall")
        url = reverse("partnerships:site_edit", args=[site.pk])
        values = form_values(by_manager.get(url)) | {"name": "Oak village hall"}
        Site.objects.update(name="The hall")

        told = by_manager.post(url, values)
        taken = by_manager.post(url, form_values(told) | {"take": "name"})

        assert "Name The hall Oak village hall Use theirs" in words_of(told)
        assert taken.context["form"]["name"].value() == "The hall"
        assert Site.objects.get().name == "The hall"

    def test_a_site_is_changed_and_settled(self, by_manager):
        site = SiteFactory(name="Somewhere else", is_provisional=True)
        url = reverse("partnerships:site_edit", args=[site.pk])

        by_manager.post(url, form_values(by_manager.get(url)) | {"name": "The old mill"})
        by_manager.post(reverse("partnerships:site_settle", args=[site.pk]))
        by_manager.post(reverse("partnerships:site_settle", args=[site.pk]))

        site.refresh_from_db()
        assert (site.name, site.is_provisional) == ("The old mill", False)
        assert Entry.objects.about(site).filter(action="approved").count() == 1
