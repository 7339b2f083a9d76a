"""Giving a role, for a deputy between two dates, and ending one."""

import re
from datetime import date

import pytest

from eitrack.accounts.models import User
from eitrack.accounts.roles import Role
from eitrack.directory.models import Team
from tests.factories.accounts import PASSWORD, RoleTermFactory, UserFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(monday_at_noon):
    """Time stands still."""


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def said(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def give(client, user, **typed):
    return client.post(f"/stewardship/users/{user.pk}/roles/add/", typed)


def end_url(user, **term):
    return f"/stewardship/roles/{user.role_terms.get(**term).pk}/end/"


class TestGiving:
    def test_a_deputy_manages_teams_until_the_last_day(self, admin, worker, team, time_machine):
        dates = {"from_on": "2026-11-23", "until_on": "2026-11-27"}

        give(admin, worker, role="manager", teams=[team.pk], **dates)

        assert list(Team.objects.visible_to(User.objects.get(pk=worker.pk))) == [team]
        time_machine.move_to("2026-11-28T00:01Z")
        assert not Team.objects.visible_to(User.objects.get(pk=worker.pk)).exists()

    @pytest.mark.parametrize(
        ("typed", "complaint"),
        [
            ({}, "Choose a role"),
            ({"role": "worker", "until_on": "2026-11-27"}, "has this role already"),
            (
                {"role": "district", "from_on": "2026-11-27", "until_on": "2026-11-26"},
                "cannot end before it begins",
            ),
            ({"role": "district", "until_on": "2026-11-22"}, "This day has passed"),
            ({"role": "district", "until_on": "soon"}, "Type the day as 2026-11-23"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_given(self, admin, worker, typed, complaint):
        assert complaint in said(give(admin, worker, **typed))
        assert worker.role_terms.count() == 1

    def test_a_role_that_is_held_until_a_day_can_be_given_from_the_next(self, admin, worker):
        worker.role_terms.update(until_on=date(2026, 11, 27))

        assert "has this role already until Fri 27 Nov 2026" in said(
            give(admin, worker, role="worker")
        )
        give(admin, worker, role="worker", from_on="2026-11-28")

        assert worker.role_terms.count() == 2

    def test_sent_twice_is_one_role(self, admin, worker):
        for _ in range(2):
            assert give(admin, worker, role="district").status_code == 302

        assert worker.role_terms.filter(role="district").count() == 1


class TestEnding:
    def test_by_its_last_day(self, admin, worker):
        url = end_url(worker)

        admin.post(url, form_values(admin.get(url)) | {"until_on": "2026-11-22"})

        assert worker.role_terms.get().until_on == date(2026, 11, 22)
        assert not User.objects.get(pk=worker.pk).permissions

    def test_a_day_before_it_began_takes_it_away(self, admin):
        term = RoleTermFactory(role=Role.WORKER, from_on=date(2026, 11, 30))
        url = f"/stewardship/roles/{term.pk}/end/"

        admin.post(url, form_values(admin.get(url)) | {"until_on": "2026-11-23"})

        assert not term.user.role_terms.exists()

    def test_the_own_role_of_an_administrator_is_not_ended_by_mistake(self, admin, administrator):
        UserFactory(administrator=True, password=PASSWORD)
        url = end_url(administrator)
        typed = form_values(admin.get(url)) | {"until_on": "2026-11-23"}

        assert "It is your own" in said(admin.post(url, typed))
        assert administrator.role_terms.get().until_on is None

        admin.post(url, typed | {"is_meant": "on"})
        assert administrator.role_terms.get().until_on == date(2026, 11, 23)

    def test_the_last_administrator_stays(self, client):
        last = UserFactory(administrator=True, password=PASSWORD)
        client.force_login(
            RoleTermFactory(role=Role.ADMINISTRATOR, until_on=date(2026, 11, 27)).user
        )
        url = end_url(last)

        response = client.post(url, form_values(client.get(url)) | {"until_on": "2026-11-23"})

        assert "Somebody has to be left who lets people in" in said(response)
        assert last.role_terms.get().until_on is None

    def test_of_two_who_end_it_the_second_sees_the_first(self, admin, worker):
        url = end_url(worker)
        mine = form_values(admin.get(url)) | {"until_on": "2026-11-30"}
        admin.post(url, mine | {"until_on": "2026-11-27"})

        page = said(admin.post(url, mine))

        assert "Fri 27 Nov 2026 Mon 30 Nov 2026" in page
        assert worker.role_terms.get().until_on == date(2026, 11, 27)
