"""People, their roles and teams: given, ended, and never without an administrator."""

from datetime import date

import pytest
from django.utils import timezone

from eitrack.accounts.invitations import LinkState, invite, state_of
from eitrack.accounts.models import User
from eitrack.accounts.roles import Role
from eitrack.audit.models import Entry
from eitrack.directory.models import Team
from eitrack.directory.people import (
    EmailTakenError,
    LastAdministratorError,
    add_user,
    change_user,
    end_role,
    give_role,
    switch_off,
    switch_on,
)
from tests.factories.accounts import PASSWORD, RoleTermFactory, UserFactory
from tests.factories.directory import TeamFactory, TeamManagerFactory

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 22)
FRIDAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def _monday(monday_at_noon):
    """Time stands still."""


def told_of(user):
    """(who, what, why) of the trail about somebody, oldest first."""
    entries = Entry.objects.about(user).order_by("pk")
    return [(entry.by, entry.action, entry.reason) for entry in entries]


def managed_by(user):
    return {str(team) for team in Team.objects.visible_to(User.objects.get(pk=user.pk))}


class TestAddingSomebody:
    def test_gives_roles_teams_and_the_trail_says_by_whom(self, administrator, team):
        ann = User(name="Ann", email="ann@example.org")

        add_user(by=administrator, user=ann, roles=[Role.WORKER, Role.MANAGER], teams=[team])

        assert not ann.has_usable_password()
        assert managed_by(ann) == {"North team"}
        assert told_of(ann) == [
            (administrator, "created", ""),
            (administrator, "role_changed", "given worker"),
            (administrator, "role_changed", "given manager"),
        ]
        assert Entry.objects.about(team).get().by == administrator

    def test_an_officer_answers_for_the_district(self, administrator, team):
        dora = User(name="Dora", email="dora@example.org")

        add_user(by=administrator, user=dora, roles=[Role.DISTRICT], districts=[team.district])

        assert list(dora.districts.all()) == [team.district]

    def test_an_e_mail_that_somebody_has_is_told_and_nothing_is_kept(self, administrator):
        UserFactory(email="ann@example.org")

        with pytest.raises(EmailTakenError):
            add_user(by=administrator, user=User(name="Ann", email="ann@example.org"))

        assert not Entry.objects.filter(action="created").exists()


class TestAnotherEmail:
    def test_ends_a_link_that_went_to_the_old_one(self, administrator):
        ann = UserFactory(email="ann@example.org")
        invite(ann, now=timezone.now())
        ann.email = "ann.smith@example.org"

        change_user(by=administrator, user=ann, now=timezone.now())

        assert state_of(ann.invitations.get(), timezone.now()) == LinkState.WITHDRAWN

    def test_another_name_leaves_the_link(self, administrator):
        ann = UserFactory(email="ann@example.org")
        invite(ann, now=timezone.now())
        ann.name = "Ann Smith"

        change_user(by=administrator, user=ann, now=timezone.now())

        assert state_of(ann.invitations.get(), timezone.now()) == LinkState.OPEN


class TestADeputy:
    def test_manages_teams_between_two_dates(self, administrator, team, time_machine):
        deputy = UserFactory(worker=True)
        give_role(
            by=administrator,
            user=deputy,
            role=Role.MANAGER,
            from_on=MONDAY,
            until_on=FRIDAY,
            teams=[team],
        )

        assert managed_by(deputy) == {"North team"}
        time_machine.move_to("2026-11-28T00:00Z")
        assert managed_by(deputy) == set()

    def test_no_longer_manages_them_once_the_role_was_ended(self, administrator, team):
        """Though they manage a team of their own for good."""
        deputy = UserFactory(manager=True)
        TeamFactory(name="Own team").managers.add(deputy)
        given = {"user": deputy, "role": Role.MANAGER, "until_on": FRIDAY, "teams": [team]}
        term = give_role(by=administrator, **given)

        end_role(by=administrator, term=term, on=SUNDAY, today=MONDAY)

        assert managed_by(deputy) == {"Own team"}

    def test_given_twice_is_given_once(self, administrator, team):
        deputy = UserFactory()
        given = {"user": deputy, "role": Role.MANAGER, "until_on": FRIDAY, "teams": [team]}

        first, second = (give_role(by=administrator, **given) for _ in range(2))

        assert first == second
        assert deputy.role_terms.count() == deputy.named_teams.count() == 1


class TestEndingARole:
    def test_one_that_would_never_have_begun_is_taken_away(self, administrator):
        term = RoleTermFactory(role=Role.WORKER, from_on=FRIDAY)

        end_role(by=administrator, term=term, on=MONDAY, today=MONDAY)

        assert not term.user.role_terms.exists()
        assert told_of(term.user)[-1] == (administrator, "role_changed", "taken worker")

    def test_teams_of_a_manager_do_not_come_back_with_the_role(self, administrator, team, manager):
        end_role(by=administrator, term=manager.role_terms.get(), on=SUNDAY, today=MONDAY)

        give_role(by=administrator, user=manager, role=Role.MANAGER)

        assert managed_by(manager) == set()

    def test_a_manager_with_another_role_without_end_keeps_the_teams(
        self, administrator, team, manager
    ):
        RoleTermFactory(user=manager, role=Role.MANAGER, from_on=MONDAY)
        first = manager.role_terms.get(from_on__isnull=True)

        end_role(by=administrator, term=first, on=SUNDAY, today=MONDAY)

        assert managed_by(manager) == {"North team"}

    def test_a_team_that_both_terms_gave_stays_named_once(self, administrator, team, manager):
        term = manager.role_terms.get()
        TeamManagerFactory(team=team, user=manager, term=term)

        end_role(by=administrator, term=term, on=FRIDAY, today=MONDAY)

        assert [named.term for named in manager.named_teams.all()] == [term]


class TestTheLastAdministrator:
    """`signed_up` is the only one who could let people in."""

    @pytest.fixture
    def signed_up(self):
        return UserFactory(administrator=True, password=PASSWORD)

    def end(self, user):
        end_role(by=user, term=user.role_terms.get(), on=MONDAY, today=MONDAY)

    def test_cannot_be_taken_away(self, signed_up):
        with pytest.raises(LastAdministratorError):
            self.end(signed_up)
        with pytest.raises(LastAdministratorError):
            switch_off(by=None, user=signed_up, now=timezone.now())

        assert signed_up.role_terms.get().until_on is None

    @pytest.mark.parametrize(
        "other",
        [
            {"is_active": False},
            {"last_day_on": FRIDAY},
            {"password": ""},
            {"role__until_on": FRIDAY},
            {"role__from_on": FRIDAY},
        ],
    )
    def test_somebody_who_may_not_stay_is_no_other(self, signed_up, other):
        somebody = UserFactory(administrator=True, **{"password": PASSWORD} | other)
        if not other.get("password", True):
            somebody.set_unusable_password()
            somebody.save()

        with pytest.raises(LastAdministratorError):
            self.end(signed_up)

    def test_of_two_one_may_go(self, signed_up):
        other = UserFactory(administrator=True, password=PASSWORD)

        self.end(signed_up)

        assert signed_up.role_terms.get().until_on == MONDAY
        with pytest.raises(LastAdministratorError):
            self.end(other)

    def test_whoever_else_leaves_is_no_matter(self, signed_up, worker):
        self.end(worker)
        assert switch_off(by=signed_up, user=worker, now=timezone.now())


class TestSwitchingOff:
    def test_ends_sessions_and_links_at_once(self, client, administrator, worker):
        client.force_login(worker)
        invite(worker, now=timezone.now())

        switch_off(by=administrator, user=worker, now=timezone.now())

        assert client.get("/today/").status_code == 302
        assert state_of(worker.invitations.get(), timezone.now()) == LinkState.WITHDRAWN

    def test_no_session_comes_back_when_it_is_switched_on(self, client, administrator, worker):
        client.force_login(worker)
        switch_off(by=administrator, user=worker, now=timezone.now())

        switch_on(by=administrator, user=worker)

        assert client.get("/today/").status_code == 302
        assert [action for _, action, _ in told_of(worker)][-2:] == ["switched_off", "switched_on"]

    def test_done_twice_it_is_told_once(self, administrator, worker):
        switched = [switch_off(by=administrator, user=worker, now=timezone.now()) for _ in "12"]

        assert switched == [True, False]
        assert [what for _, what, _ in told_of(worker)].count("switched_off") == 1
