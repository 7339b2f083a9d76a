"""An empty service shows each role what comes first; the list ticks itself off, and goes."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.invitations import invite
from eitrack.accounts.models import User
from eitrack.directory.models import ClosedQuarter
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory
from tests.factories.directory import (
    ContractFactory,
    DistrictFactory,
    PlacementFactory,
    SchoolTermFactory,
    SiteFactory,
    TeamFactory,
)
from tests.factories.partnerships import ProtocolFactory
from tests.factories.returns import ReturnFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-23T12:00Z")


def steps_of(client, user, page):
    """{words: whether it is done} as the page shows them; {} without a list."""
    client.force_login(user)
    response = client.get(reverse(page))
    steps = response.context["first_steps"]
    assert ("First things first" in response.content.decode()) == bool(steps)
    return {step.words: step.is_done for step in steps}


class TestAdministrator:
    PAGE = "stewardship:service_detail"

    def test_begins_with_an_empty_service(self, client):
        steps = steps_of(client, UserFactory(administrator=True), self.PAGE)

        assert len(steps) == 9
        assert not any(steps.values())

    def test_sees_what_is_done_and_no_list_once_all_is(self, client):
        administrator = UserFactory(administrator=True)
        team = TeamFactory()
        team.managers.add(UserFactory(manager=True))
        hat = PlacementFactory(team=team, from_on=date(2026, 9, 1))
        ContractFactory(worker=hat.worker, from_on=date(2026, 9, 1))
        SiteFactory()
        newcomer = User.objects.create_user("new@example.org", name="Newcomer")

        before = steps_of(client, administrator, self.PAGE)
        SchoolTermFactory(from_on=date(2026, 9, 1), until_on=date(2026, 12, 18))
        team.district.officers.add(UserFactory(district=True))
        ActivityFactory(by=hat)
        invite(newcomer, now=timezone.now())
        after = steps_of(client, administrator, self.PAGE)

        assert [words for words, is_done in before.items() if not is_done] == [
            "The school terms to come",
            "Somebody in the district office",
            "A link for everybody, by which they choose a password",
            "The first activity, logged by a worker",
        ]
        assert after == {}


class TestWorker:
    PAGE = "daybook:today"

    def test_logs_first_and_sees_no_list_afterwards(self, client):
        worker = UserFactory(worker=True)
        hat = PlacementFactory(worker=worker, from_on=date(2026, 9, 1))

        before = steps_of(client, worker, self.PAGE)
        ActivityFactory(by=hat, date=date(2026, 11, 20))
        after = steps_of(client, worker, self.PAGE)

        assert before == {
            "Your hats are there: look whether they are right": True,
            "Your hours of work are there": False,
            "Log the last talk you had": False,
        }
        assert after == {}

    def test_who_has_logged_long_ago_is_not_new(self, client, worker):
        hat = PlacementFactory(worker=worker, from_on=date(2025, 9, 1))
        ActivityFactory(by=hat, date=date(2025, 10, 1))

        assert steps_of(client, worker, self.PAGE) == {}


class TestManager:
    PAGE = "workload:team_list"

    def test_sees_the_list_until_the_team_has_logged(self, client, manager):
        team = TeamFactory(district=DistrictFactory())
        team.managers.add(manager)
        hat = PlacementFactory(team=team, from_on=date(2026, 9, 1))
        ProtocolFactory(district=team.district)

        before = steps_of(client, manager, self.PAGE)
        ActivityFactory(by=hat, date=date(2026, 11, 20))
        after = steps_of(client, manager, self.PAGE)

        assert list(before.values()) == [True, False, True, False]
        assert after == {}


class TestDistrictOffice:
    PAGE = "returns:return_list"

    def test_sees_the_list_until_a_return_is_released(self, client, district):
        home = DistrictFactory()
        home.officers.add(district)
        ClosedQuarter.objects.create(district=home, quarter="2026-Q2")

        before = steps_of(client, district, self.PAGE)
        ReturnFactory(district=home, released=True)
        after = steps_of(client, district, self.PAGE)

        assert list(before.values()) == [False, True, False, False]
        assert after == {}
