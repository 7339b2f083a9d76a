"""Whose figures one may ask for, and in which view."""

import pytest
from django.core.exceptions import PermissionDenied

from eitrack.directory.models import District, Team
from eitrack.indicators.figures.access import figures_for
from eitrack.indicators.terms.figures import ExactFigures, PublishedFigures
from eitrack.indicators.terms.scope import Scope
from tests.factories.directory import DistrictFactory
from tests.indicators.conftest import Q2, TODAY


def test_a_worker_has_own_figures_exact(worker):
    assert isinstance(figures_for(worker, Scope.of(worker), Q2, today=TODAY), ExactFigures)


def test_a_worker_has_the_totals_of_the_own_team(worker, team):
    assert isinstance(figures_for(worker, Scope.of(team), Q2, today=TODAY), ExactFigures)


def test_a_worker_has_no_figures_of_the_service(worker):
    with pytest.raises(PermissionDenied):
        figures_for(worker, Scope.of(District.objects.get()), Q2, today=TODAY)


def test_a_manager_has_own_teams_and_workers_exact_and_the_service_published(manager, worker, team):
    service = Scope.of(District.objects.get())

    assert isinstance(figures_for(manager, Scope.of(team), Q2, today=TODAY), ExactFigures)
    assert isinstance(figures_for(manager, Scope.of(worker), Q2, today=TODAY), ExactFigures)
    assert isinstance(figures_for(manager, service, Q2, today=TODAY), PublishedFigures)


def test_the_district_office_has_the_publish_view_always(district, team):
    service = Scope.of(District.objects.get())

    assert isinstance(figures_for(district, service, Q2, today=TODAY), PublishedFigures)


@pytest.mark.parametrize("who", ["worker", "manager", "district", "administrator"])
def test_nobody_has_figures_of_another_team_or_worker(who, request, outsider, team):
    user = request.getfixturevalue(who)

    for scope in (Scope.of(Team.objects.get(slug="south")), Scope.of(outsider)):
        with pytest.raises(PermissionDenied):
            figures_for(user, scope, Q2, today=TODAY)


def test_an_officer_of_another_district_has_nothing(district, team):
    other = DistrictFactory(name="Hillside", slug="hillside")

    with pytest.raises(PermissionDenied):
        figures_for(district, Scope.of(other), Q2, today=TODAY)


def test_the_administrator_has_definitions_but_no_figures(administrator, team):
    with pytest.raises(PermissionDenied):
        figures_for(administrator, Scope.of(team), Q2, today=TODAY)
