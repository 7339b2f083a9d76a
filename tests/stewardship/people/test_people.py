"""The list of people and one person's page: everybody's for an administrator, own teams' else."""

import re
from datetime import date

import pytest
from django.urls import reverse

from eitrack.audit.models import Entry
from tests.factories.accounts import UserFactory
from tests.factories.directory import (
    AbsenceFactory,
    ContractFactory,
    PlacementFactory,
    PostFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db
LIST = reverse("stewardship:person_list")


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def elsewhere():
    """Somebody of a team of which the manager knows nothing."""
    return PlacementFactory(
        worker=UserFactory(name="Olive Other", worker=True), team=TeamFactory(name="South")
    ).worker


def page(person):
    return reverse("stewardship:person_detail", args=[person.pk])


def words_of(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def names(response):
    return [row.record.name for row in response.context["table"].rows]


class TestList:
    def test_is_of_everybody_for_an_administrator(self, client, administrator, worker, elsewhere):
        newcomer = UserFactory(name="Nell New", worker=True)
        client.force_login(administrator)

        assert names(client.get(LIST)) == sorted([worker.name, elsewhere.name, newcomer.name])

    def test_is_of_own_teams_for_a_manager(self, client, manager, worker, elsewhere):
        client.force_login(manager)

        assert names(client.get(LIST)) == [worker.name]

    def test_says_what_holds_today(self, client, manager, worker, team):
        worker.hat.post.name = "Liaison"
        worker.hat.post.save()
        PlacementFactory(
            worker=worker, team=team, post=PostFactory(name="Ended"), until_on=date(2026, 11, 22)
        )
        PlacementFactory(worker=worker, post=PostFactory(name="Elsewhere"))
        ContractFactory(worker=worker)
        AbsenceFactory(worker=worker, until_on=date(2026, 11, 27))
        client.force_login(manager)

        (row,) = client.get(LIST).context["table"].rows

        cells = [row.get_cell(name) for name in ("hats", "teams", "contract", "away")]
        assert cells == ["Liaison", team.name, "36 h", "until Fri 27 Nov 2026"]

    def test_finds_who_lacks_a_hat_or_a_contract(self, client, administrator, worker, elsewhere):
        ContractFactory(worker=worker)
        newcomer = UserFactory(name="Nell New", worker=True)
        ContractFactory(worker=newcomer, until_on=date(2026, 11, 22))
        client.force_login(administrator)

        assert names(client.get(LIST, {"lacks": "hat"})) == [newcomer.name]
        assert names(client.get(LIST, {"lacks": "contract"})) == [newcomer.name, elsewhere.name]
        assert names(client.get(LIST, {"team": worker.hat.team_id})) == [worker.name]
        assert names(client.get(LIST, {"name": "olive"})) == [elsewhere.name]

    def test_its_file_stands_in_the_trail(self, client, administrator, worker):
        client.force_login(administrator)

        lines = b"".join(client.get(LIST, {"_export": "csv"})).decode("utf-8-sig").splitlines()

        assert lines[0] == "Name,Hats,Teams,Hours a week,Away now"
        assert lines[1].startswith(worker.name)
        assert Entry.objects.filter(action="exported", record_kind="people.csv").exists()

    def test_costs_the_same_whoever_is_in_it(
        self, client, administrator, django_assert_max_num_queries
    ):
        client.force_login(administrator)
        for _ in range(30):
            hat = PlacementFactory()
            ContractFactory(worker=hat.worker)
            AbsenceFactory(worker=hat.worker)

        with django_assert_max_num_queries(14):
            client.get(LIST)


class TestPerson:
    def test_shows_an_administrator_all_hats_with_pages_of_their_own(
        self, client, administrator, worker
    ):
        PlacementFactory(worker=worker, post=PostFactory(name="Night owl"))
        client.force_login(administrator)

        response = client.get(page(worker))

        assert "Night owl" in words_of(response)
        assert reverse("stewardship:hat_edit", args=[worker.hat.pk]) in response.content.decode()

    def test_shows_a_manager_hats_of_own_teams_with_the_pages_of_these(
        self, client, manager, worker
    ):
        PlacementFactory(worker=worker, post=PostFactory(name="Night owl"))
        client.force_login(manager)

        response = client.get(page(worker))

        assert "Night owl" not in words_of(response)
        address = reverse("workload:placement_edit", args=[worker.hat.pk])
        assert address in response.content.decode()

    def test_shows_a_manager_what_lies_in_the_time_of_the_hat(self, client, manager, worker):
        hat = worker.hat
        hat.until_on = date(2025, 3, 31)
        hat.save()
        worker.contracts.update(until_on=date(2025, 3, 31))
        ContractFactory(worker=worker, monday_minutes=0, from_on=date(2025, 4, 1))
        AbsenceFactory(worker=worker)
        client.force_login(manager)

        context = client.get(page(worker)).context

        assert [hours for _, hours, _, _ in context["contracts"]] == ["36 h"]
        assert context["absences"] == []

    def test_says_weekdays_and_leaves_out_long_ago(self, client, administrator, worker):
        worker.contracts.update(friday_minutes=0)
        AbsenceFactory(worker=worker, from_on=date(2025, 8, 4), until_on=date(2025, 8, 8))
        AbsenceFactory(worker=worker)
        client.force_login(administrator)

        shown = words_of(client.get(page(worker)))

        assert "28 h 48 a week Mon 7 h 12, Tue 7 h 12, Wed 7 h 12, Thu 7 h 12" in shown
        assert "Mon 16 Nov 2026 to Fri 20 Nov 2026 5 days" in shown
        assert "2025" not in shown

    def test_leads_to_the_account_and_back_for_who_keeps_users(
        self, client, administrator, manager, worker
    ):
        account = reverse("stewardship:user_detail", args=[worker.pk])
        client.force_login(manager)
        assert f'href="{account}"' not in client.get(page(worker)).content.decode()

        client.force_login(administrator)
        assert f'href="{account}"' in client.get(page(worker)).content.decode()
        assert f'href="{page(worker)}"' in client.get(account).content.decode()
        own = reverse("stewardship:user_detail", args=[administrator.pk])
        assert "Hats and contracts" not in client.get(own).content.decode()

    def test_a_newcomer_is_any_managers(self, client, manager):
        newcomer = UserFactory(worker=True)
        ContractFactory(worker=newcomer)
        client.force_login(manager)

        assert len(client.get(page(newcomer)).context["contracts"]) == 1

    def test_costs_the_same_whatever_is_kept(
        self, client, administrator, worker, django_assert_max_num_queries
    ):
        client.force_login(administrator)
        for year in range(2000, 2012):
            days = {"from_on": date(year, 1, 1), "until_on": date(year, 12, 31)}
            PlacementFactory(worker=worker, **days)
            ContractFactory(worker=worker, **days)
            AbsenceFactory(worker=worker, from_on=date(2026, 1, 1), until_on=date(2026, 1, 1))

        with django_assert_max_num_queries(12):
            client.get(page(worker))
