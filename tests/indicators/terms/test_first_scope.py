"""Pages of figures open for everybody who may open them, whatever else they are or were."""

import datetime

import pytest

from tests.factories.accounts import UserFactory
from tests.factories.directory import DistrictFactory, PlacementFactory, TeamFactory

pytestmark = pytest.mark.django_db
ELSEWHERE = {"name": "A district first by name", "slug": "elsewhere"}


def test_an_administrator_who_is_named_as_manager_reads_the_definition(client, administrator, team):
    team.managers.add(administrator)
    client.force_login(administrator)

    response = client.get("/indicators/VIS-01/")

    assert response.status_code == 200
    assert "page" not in response.context


def test_an_officer_who_managed_a_team_once_has_the_district(client, district, team):
    team.managers.add(district)
    client.force_login(district)

    response = client.get("/indicators/VIS-01/")

    assert response.context["page"].scope.name == team.district.name
    assert not response.context["page"].is_exact


@pytest.mark.parametrize("role", ["district", "manager"])
def test_who_was_placed_in_another_district_has_the_own_summary(client, role, team):
    user = UserFactory(**{role: True})
    (team.managers if role == "manager" else team.district.officers).add(user)
    other = TeamFactory(district=DistrictFactory(**ELSEWHERE))
    PlacementFactory(worker=user, team=other, until_on=datetime.date(2025, 1, 1))
    client.force_login(user)

    response = client.get("/summary/")

    assert response.status_code == 200
    assert team.district.name in response.content.decode()
