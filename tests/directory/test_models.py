from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from eitrack.accounts.models import User
from eitrack.accounts.roles import Role
from eitrack.directory.models import (
    Changeover,
    Contract,
    District,
    Placement,
    Team,
    TeamManager,
)
from tests.factories.accounts import RoleTermFactory, UserFactory
from tests.factories.directory import (
    AgencyFactory,
    ContractFactory,
    PlacementFactory,
    SiteFactory,
    TeamFactory,
    TeamManagerFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
APRIL = date(2026, 4, 1)


class TestDatedRecords:
    def test_run_from_a_day_until_a_day_both_included(self):
        placement = PlacementFactory(from_on=APRIL, until_on=APRIL + 9 * DAY)

        days = (APRIL - DAY, APRIL, APRIL + 9 * DAY, APRIL + 10 * DAY)
        current = [day for day in days if placement in Placement.objects.current(day)]
        assert current == [APRIL, APRIL + 9 * DAY]

    def test_without_an_end_are_still_running(self):
        PlacementFactory(from_on=APRIL)

        assert Placement.objects.current(date(2099, 1, 1)).exists()

    def test_overlap_a_time_by_a_single_day(self):
        PlacementFactory(from_on=APRIL, until_on=APRIL + 9 * DAY)

        assert Placement.objects.overlapping(APRIL - 5 * DAY, APRIL).exists()
        assert Placement.objects.overlapping(APRIL + 9 * DAY, APRIL + 20 * DAY).exists()
        assert not Placement.objects.overlapping(APRIL + 10 * DAY, APRIL + 20 * DAY).exists()

    @pytest.mark.parametrize("factory", [PlacementFactory, ContractFactory])
    def test_do_not_end_before_they_begin(self, factory):
        with pytest.raises(IntegrityError), transaction.atomic():
            factory(from_on=APRIL, until_on=APRIL - DAY)


class TestReach:
    def test_a_team_is_its_managers(self, team, worker, manager, outsider):
        reach = {user.name for user in (worker, manager, outsider) if reaches(Team, user, team)}

        assert reach == {"Mary Manager"}

    def test_a_deputy_reaches_a_team_while_the_term_runs(self, team, time_machine):
        """Though they manage another team before and after."""
        time_machine.move_to("2026-11-23T12:00Z")
        own = TeamFactory()
        deputy = UserFactory(manager=True)
        own.managers.add(deputy)
        term = RoleTermFactory(
            user=deputy, role=Role.MANAGER, from_on=date(2026, 11, 23), until_on=date(2026, 11, 27)
        )
        TeamManagerFactory(team=team, user=deputy, term=term)

        reached = {}
        for day in ("2026-11-22", "2026-11-23", "2026-11-27", "2026-11-28"):
            time_machine.move_to(f"{day}T12:00Z")
            reached[day] = set(Team.objects.visible_to(User.objects.get(pk=deputy.pk)))

        assert reached == {
            "2026-11-22": {own},
            "2026-11-23": {own, team},
            "2026-11-27": {own, team},
            "2026-11-28": {own},
        }

    def test_a_deputy_named_twice_reaches_the_team_once(self, team, manager):
        term = RoleTermFactory(user=manager, role=Role.MANAGER, until_on=date(2099, 1, 1))
        TeamManagerFactory(team=team, user=manager, term=term)

        assert list(Team.objects.visible_to(manager)) == [team]

    def test_only_who_is_named_and_holds_the_role_acts_as_manager(self, team, manager):
        team.managers.add(UserFactory(worker=True))
        team.managers.add(UserFactory(manager=True, is_active=False))
        ended = RoleTermFactory(role=Role.MANAGER, until_on=date(2020, 1, 1))
        TeamManagerFactory(team=team, user=ended.user, term=ended)

        acting = TeamManager.objects.acting(date(2026, 11, 23))

        assert [named.user for named in acting] == [manager]

    def test_a_team_is_open_until_its_last_day(self, team):
        team.until_on = date(2026, 11, 23)
        team.save()

        assert Team.objects.open_on(date(2026, 11, 23)).exists()
        assert not Team.objects.open_on(date(2026, 11, 24)).exists()

    def test_a_district_is_its_officers_managers_and_workers(
        self, worker, manager, district, administrator
    ):
        for user in (worker, manager, district):
            assert District.objects.visible_to(user).get().slug == "riverside"
        assert not District.objects.visible_to(administrator).exists()

    @pytest.mark.parametrize("model", [Placement, Contract])
    def test_a_hat_and_a_contract_are_their_workers_and_the_managers(
        self, worker, manager, outsider, model
    ):
        [own] = model.objects.filter(worker=worker)

        assert reaches(model, worker, own)
        assert reaches(model, manager, own)
        assert not reaches(model, outsider, own)

    def test_a_manager_of_two_teams_sees_a_worker_of_both_once(self, worker, manager):
        other = TeamFactory()
        other.managers.add(manager)
        PlacementFactory(worker=worker, team=other)

        assert Contract.objects.visible_to(manager).count() == 1

    @pytest.mark.parametrize("factory", [AgencyFactory, SiteFactory])
    def test_places_are_open_to_all_those_archived_too(self, factory, worker):
        place = factory(archived=True)

        assert place in type(place).objects.visible_to(worker)


def reaches(model, user, record):
    return model.objects.visible_to(user).filter(pk=record.pk).exists()


class TestSite:
    def test_is_there_once_in_an_agency(self):
        site = SiteFactory(agency=AgencyFactory())

        with pytest.raises(IntegrityError), transaction.atomic():
            SiteFactory(name=site.name, kind=site.kind, agency=site.agency)
        SiteFactory(name=site.name, kind=site.kind, agency=AgencyFactory())

    def test_is_there_once_without_an_agency(self):
        site = SiteFactory()

        with pytest.raises(IntegrityError), transaction.atomic():
            SiteFactory(name=site.name, kind=site.kind)


class TestPlacement:
    def test_is_named_by_post_and_host(self):
        placement = PlacementFactory(
            post__name="School liaison", host=AgencyFactory(name="Oak School")
        )

        assert str(placement) == "School liaison at Oak School"
        assert str(PlacementFactory(post__name="Assistant")) == "Assistant"

    def test_plans_at_most_60_hours_a_week(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            PlacementFactory(planned_minutes=3601)

    def test_says_so_in_words(self):
        placement = PlacementFactory()
        placement.planned_minutes = 3601

        with pytest.raises(ValidationError, match="at most 60 planned hours"):
            placement.validate_constraints()


def test_a_full_time_contract_is_36_hours_on_five_days():
    contract = ContractFactory()

    assert contract.weekday_minutes == (432, 432, 432, 432, 432, 0, 0)
    assert contract.fte == 1
    assert str(contract).endswith(": 1.00 FTE")


class TestChangeovers:
    def test_a_new_name_has_both_names(self, team):
        renamed = {"kind": "renamed", "team": team, "from_on": APRIL}

        Changeover.objects.create(**renamed, name_before="North team", name_after="Hill team")

        said = str(Changeover.objects.get())
        assert said == "called Hill team, before that North team"
        with pytest.raises(IntegrityError), transaction.atomic():
            Changeover.objects.create(**renamed, name_before="North team")

    def test_teams_that_part_or_merge_name_the_other(self, team):
        with pytest.raises(IntegrityError), transaction.atomic():
            Changeover.objects.create(kind="parted", team=team, from_on=APRIL)

    def test_it_is_of_a_team_or_of_a_funding_stream(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            Changeover.objects.create(
                kind="renamed", from_on=APRIL, name_before="A", name_after="B"
            )
