"""Two periods or two teams: small differences are not dressed up as change."""

import datetime
import re
from dataclasses import replace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from eitrack.common.periods import Period
from eitrack.indicators.catalogue.definitions import BY_CODE
from eitrack.indicators.figures.compare import Side, difference, verdict
from eitrack.indicators.terms.figures import Coverage, ShownCell
from eitrack.indicators.terms.indicator import Change, Unit
from eitrack.indicators.terms.scope import Scope
from tests.factories.accounts import UserFactory
from tests.factories.directory import ChangeoverFactory, TeamFactory
from tests.indicators.conftest import Q2
from tests.indicators.figures.test_over_time import lines

COUNT, SHARE = BY_CODE["RCH-01"], BY_CODE["VIS-01"]
YEAR_BEFORE = Period.parse("2025-Q2")


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel(datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC), tick=False):
        yield


def cell(figure):
    return ShownCell("All", figure)


def side(period, series=None, is_provisional=False):
    figures = type("Figures", (), {"period": period, "is_provisional": is_provisional})
    figures.coverage = Coverage(90, 100)
    return Side(period.name, figures, series if series is not None else {})


def said(first, second, indicator=COUNT, series=("10", "12") * 3, periods=(Q2, YEAR_BEFORE)):
    shared = {indicator.code: lines(list(series))}
    sides = [side(period, shared) for period in periods]
    return verdict(indicator, *sides, cell(first), cell(second))


class TestDifference:
    @pytest.mark.parametrize(
        ("indicator", "first", "second", "words"),
        [
            (COUNT, "1,230", "1,206", "+24"),
            (COUNT, "10", "12", "−2"),
            (COUNT, "10", "10", "the same"),
            (COUNT, "c", "12", ""),
            (SHARE, "55%", "56%", "−1 point"),
            (SHARE, "58%", "56%", "+2 points"),
            (BY_CODE["VIS-03"], "2.9", "2.8", "+0.1"),
            (replace(COUNT, unit=Unit.HOURS), "120 h", "100 h", "+20 h"),
            (replace(COUNT, unit=Unit.RANGE), "14 to 17", "10 to 12", ""),
        ],
    )
    def test_is_that_of_the_figures_as_printed(self, indicator, first, second, words):
        assert difference(indicator, cell(first), cell(second)) == words


class TestVerdict:
    """The quarters 10 and 12 in turn move between 5.68 and 16.32."""

    def test_a_difference_within_the_limits_is_usual(self):
        assert said("6", "16") == "within its usual range"

    def test_a_figure_outside_is_said_to_be_outside(self):
        assert said("17", "10") == "outside its usual range"
        assert said("10", "5") == "outside its usual range"

    def test_without_six_quarters_there_is_no_usual_range(self):
        assert said("10", "12", series=["10", "12"]) == "no usual range yet"

    def test_nothing_is_said_of_hidden_figures_and_of_years(self):
        assert said("c", "12") == ""
        assert said("10", "12", periods=(Period.parse("2026"), Period.parse("2025"))) == ""

    def test_a_count_of_a_running_quarter_is_not_compared(self):
        shared = {"RCH-01": lines(["10", "12"] * 3)}
        running = side(Q2, shared, is_provisional=True)

        found = verdict(COUNT, running, side(YEAR_BEFORE, shared), cell("3"), cell("12"))

        assert found == "the quarter has not ended"

    def test_a_changed_definition_is_not_compared(self):
        changed = replace(
            COUNT, version=2, changes=(Change(2, datetime.date(2026, 1, 1), "no staff"),)
        )

        assert said("10", "12", changed) == (
            "do not compare: definition version 2 from January 2026"
        )
        assert said("10", "12", changed, periods=(YEAR_BEFORE, YEAR_BEFORE.previous())) != (
            "do not compare: definition version 2 from January 2026"
        )

    def test_before_and_after_a_merge_nothing_is_compared(self, db):
        took_in = ChangeoverFactory(team=TeamFactory(), other=TeamFactory(name="South team"))
        renamed = ChangeoverFactory(team=took_in.team)
        shared = {"RCH-01": lines(["10", "12"] * 3)}

        def said_with(*changeovers, to=YEAR_BEFORE):
            sides = [replace(side(one, shared), changeovers=changeovers) for one in (Q2, to)]
            return verdict(COUNT, *sides, cell("10"), cell("12"))

        said = "do not compare: with the people of South team, since September 2026"
        assert said_with(took_in, renamed) == said
        assert said_with(took_in, to=Q2) == "within its usual range"
        assert said_with(renamed) == "within its usual range"

    def test_of_two_teams_each_figure_lies_within_the_usual_range_of_both(self):
        """North 10 and 12, South 14 and 16 in turn: 5.68 to 16.32 and 9.68 to 20.32."""
        north = side(Q2, {"RCH-01": lines(["10", "12"] * 3)})
        south = side(Q2, {"RCH-01": lines(["14", "16"] * 3)})

        assert verdict(COUNT, north, south, cell("12"), cell("14")) == "within its usual range"
        assert verdict(COUNT, north, south, cell("9"), cell("14")) == "outside its usual range"


@pytest.mark.django_db
class TestPage:
    def page(self, client, user, **query):
        client.force_login(user)
        return client.get(reverse("indicators:indicator_compare", query=query))

    @pytest.fixture
    def both(self, service):
        user = UserFactory(manager=True)
        service.north.managers.add(user)
        service.south.managers.add(user)
        return user

    def line(self, page, code):
        return next(
            line
            for _, lines in page.context["tables"]
            for line in lines
            if line.indicator.code == code
        )

    def test_without_asking_it_is_the_same_quarter_of_the_year_before(self, client, service, held):
        held(attendance=14)
        held(attendance=9, date=datetime.date(2025, 9, 15))

        page = self.page(client, service.ann.worker)

        line = self.line(page, "RCH-01")
        assert page.context["to_period"].code == "2025-Q2"
        assert (line.first.figure, line.second.figure, line.difference) == ("14", "9", "+5")
        assert "± 2.66 × the mean difference" in page.content.decode()

    def test_team_beside_team(self, client, service, held, both):
        held(attendance=14)
        held(service.cem, attendance=3)

        page = self.page(
            client, both, scope=Scope.of(service.north).code, to=Scope.of(service.south).code
        )

        line = self.line(page, "RCH-01")
        assert (line.first.figure, line.second.figure) == ("14", "3")
        assert [name for name, _ in page.context["charts"]] == ["North", "South"]

    def test_a_team_that_is_not_ones_own_is_not_found(self, client, service):
        query = {"scope": Scope.of(service.north).code, "to": Scope.of(service.south).code}

        assert self.page(client, service.ann.worker, **query).status_code == 404

    def test_workers_are_never_set_side_by_side(self, client, service, both):
        """Rule 13: no address compares one worker with another."""
        query = {
            "scope": Scope.of(service.ann.worker).code,
            "to": Scope.of(service.ben.worker).code,
        }

        page = self.page(client, both, **query)

        assert page.context["to_scope"] == page.context["scope"]
        offered = re.findall(r'value="(worker:\d+)"', page.content.decode())
        assert set(offered) == {query["scope"]}

    def test_the_district_office_compares_what_is_published(self, client, service, held, district):
        held(attendance=14)

        page = self.page(client, district)

        assert self.line(page, "RCH-01").first.figure == "15"
        assert "Publish view" in page.content.decode()

    def test_a_manager_without_a_team_has_nothing_to_compare(self, client):
        page = self.page(client, UserFactory(manager=True))

        assert "Nothing to compare" in page.content.decode()

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ({"period": "2026-Q9"}, "is no period"),
            ({"to": "rubbish"}, "is no period"),
            ({"to": "2030-Q1"}, "has not begun yet"),
            ({"to": "team:1"}, "A team is compared with a team"),
        ],
    )
    def test_a_wrong_address_is_explained(self, client, service, query, words):
        assert words in self.page(client, service.ann.worker, **query).content.decode()

    @pytest.mark.parametrize("to", ["2026-Q2", "", "2024", "2026-Q3"])
    def test_any_period_offered_can_be_compared(self, client, service, held, to):
        held(attendance=14)

        page = self.page(client, service.ann.worker, to=to, chart="LOD-05")

        assert page.status_code == 200
        assert page.context["to_period"] != page.context["period"]

    def test_queries_do_not_grow_with_records(self, client, service, held, both):
        query = {"scope": Scope.of(service.north).code, "to": Scope.of(service.south).code}
        held(attendance=3)
        few = self.queries(client, both, query)
        for number in range(20):
            held(attendance=number)
            held(service.cem, attendance=number, kind="outreach")

        assert self.queries(client, both, query) == few
        # Every loader of the catalogue for each of the two sides, and one read of the sums of each.
        assert few <= 70

    def queries(self, client, user, query):
        """Of the second time, when the months are stored."""
        self.page(client, user, **query)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("indicators:indicator_compare", query=query))
        return len(captured)
