"""The cast of the study at their browsers, and the day it is."""

import pytest

from tests.factories.accounts import UserFactory
from tests.study.people import Person


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def people():
    return []


@pytest.fixture
def comes(people):
    """Give somebody a browser."""

    def comes(user):
        people.append(Person(user))
        return people[-1]

    return comes


@pytest.fixture
def it_is(time_machine, people):
    """Another day: whoever is there signs in again."""

    def it_is(moment):
        time_machine.move_to(moment, tick=False)
        for person in people:
            person.signs_in()

    return it_is


@pytest.fixture
def wendy(comes, worker):
    """A worker of the North team."""
    return comes(worker)


@pytest.fixture
def mary(comes, manager):
    """The manager of the North team."""
    return comes(manager)


@pytest.fixture
def oscar(comes, outsider):
    """A worker of the South team."""
    return comes(outsider)


@pytest.fixture
def sam(comes, outsider):
    """The manager of the South team."""
    user = UserFactory(manager=True, name="Sam South", email="sam@example.org")
    outsider.hat.team.managers.add(user)
    return comes(user)


@pytest.fixture
def dora(comes, district):
    """An officer of the district."""
    return comes(district)
