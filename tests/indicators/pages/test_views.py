import datetime
from dataclasses import replace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from eitrack.directory.models import District
from eitrack.indicators.catalogue.definitions import BY_CODE, INDICATORS
from eitrack.indicators.terms.breakdowns import PUBLISHED
from eitrack.indicators.terms.indicator import Change
from eitrack.indicators.terms.scope import Scope
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ChangeoverFactory, PlacementFactory, SiteFactory

pytestmark = pytest.mark.django_db
# Session, user and roles (3), scopes (3), the figure with its quarters (11), comments and frame.
MOST_QUERIES = 22


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel(datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC), tick=False):
        yield


class TestIndicatorList:
    def test_prints_every_definition(self, client, administrator):
        client.force_login(administrator)

        page = client.get(reverse("indicators:indicator_list")).content.decode()

        for indicator in INDICATORS:
            assert indicator.code in page
            assert indicator.definition in page.replace("&#x27;", "'")


class TestIndicatorDetail:
    def url(self, code="RCH-01", **query):
        return reverse("indicators:indicator_detail", args=[code], query=query)

    def test_an_unknown_code_is_not_found(self, client, worker):
        client.force_login(worker)

        assert client.get(self.url("XXX-99")).status_code == 404

    def test_a_worker_sees_own_figure_for_the_last_quarter_that_ended(self, client, worker):
        ActivityFactory(by=worker.hat, date=datetime.date(2026, 9, 1), attendance=14)
        ActivityFactory(date=datetime.date(2026, 9, 1), attendance=500)
        client.force_login(worker)

        response = client.get(self.url())

        assert response.context["page"].shown.total.figure == "at least 14"
        assert response.context["period"].code == "2026-Q2"

    def test_the_district_sees_the_publish_view(self, client, worker, district):
        ActivityFactory(by=worker.hat, date=datetime.date(2026, 9, 1), attendance=14)
        client.force_login(district)

        assert client.get(self.url()).context["page"].shown.total.figure == "15"

    def test_by_site_it_has_the_rows_of_the_summary(self, client, worker, district):
        """VIS-02 alone does not say how busy a site is (D11): 40 attendances of each here."""
        for name in ("Park School", "Mill School"):
            site = SiteFactory(name=name)
            for _ in range(2):
                day = datetime.date(2026, 9, 1)
                ActivityFactory(by=worker.hat, site=site, date=day, attendance=20)
        client.force_login(district)

        page = client.get(self.url("VIS-02", by="site")).context["page"]

        assert {row.label for row in page.shown.rows} >= {"Park School", "Mill School"}
        assert [page.shown.indicator.code] == ["VIS-02"]

    def test_the_line_of_a_team_says_where_it_is_another_than_before(self, client, worker, manager):
        team = worker.hat.team
        ChangeoverFactory(team=team, from_on=datetime.date(2026, 5, 1))
        ActivityFactory(by=worker.hat, date=datetime.date(2026, 9, 1), attendance=14)
        client.force_login(manager)

        response = client.get(self.url(scope=f"team:{team.pk}"))

        assert response.context["page"].line.notes == (
            "A, from Quarter 1 of 2026/27: called New name, before that Old name, "
            "since Fri 1 May 2026",
        )

    def test_the_administrator_sees_the_definition_and_no_figure(self, client, administrator):
        client.force_login(administrator)

        response = client.get(self.url())

        assert "page" not in response.context
        assert "Footfall at what we run." in response.content.decode()

    def test_a_wrong_period_is_explained_and_nothing_breaks(self, client, worker):
        client.force_login(worker)

        page = client.get(self.url(period="2026-Q9")).content.decode()

        assert "“2026-Q9” is no period" in page

    def test_an_address_out_of_reach_is_not_found(self, client, worker, outsider):
        client.force_login(worker)

        for code in ("worker:999999", "team:x", "rubbish", Scope.of(outsider).code):
            assert client.get(self.url(scope=code)).status_code == 404

    def test_the_choice_is_whose_figures_one_may_ask_for(
        self, client, worker, manager, district, team
    ):
        service = Scope.of(District.objects.get())
        own = [Scope.of(worker), Scope.of(team)]

        for user, scopes in (
            (worker, own),
            (manager, [Scope.of(team), service]),
            (district, [service]),
        ):
            client.force_login(user)
            assert client.get(self.url()).context["scopes"] == scopes

    def test_a_manager_may_ask_for_a_worker_of_the_team(self, client, worker, manager):
        ActivityFactory(by=worker.hat, date=datetime.date(2026, 9, 1), attendance=14)
        client.force_login(manager)

        page = client.get(self.url(scope=Scope.of(worker).code)).context["page"]

        assert page.shown.total.figure == "at least 14"

    def test_twelve_quarters_in_a_line(self, client, worker):
        for year, attendance in ((2023, 99), (2024, 5), (2026, 14)):
            ActivityFactory(by=worker.hat, date=datetime.date(year, 9, 1), attendance=attendance)
        client.force_login(worker)

        line = client.get(self.url()).context["page"].line

        assert [row[0] for row in line.table.rows][::11] == [
            "Quarter 3 of 2023/24",
            "Quarter 2 of 2026/27",
        ]
        assert [row[1] for row in line.table.rows if row[1][-1] not in "0–"] == [
            "at least 5",
            "at least 14",
        ]

    def test_of_a_running_quarter_the_service_shows_resources_only(self, client, worker, district):
        for _ in range(5):
            hat = PlacementFactory(team=worker.hat.team)
            ActivityFactory(by=hat, date=datetime.date(2026, 10, 1), minutes=600, attendance=14)
        client.force_login(district)

        attendances = client.get(self.url(period="2026-Q3")).context["page"]
        share = client.get(self.url("VIS-01", period="2026-Q3", by="team")).context["page"]

        assert attendances.shown.total.figure == "x"
        assert attendances.line.table.rows[-1][1] == "x"
        assert share.shown.total.figure == "100%"
        assert [cell.figure for cell in share.shown.rows] == ["100%"]

    def test_a_breakdown_as_bars_with_the_way_to_its_records(self, client, worker):
        activity = ActivityFactory(by=worker.hat, date=datetime.date(2026, 9, 1), attendance=14)
        client.force_login(worker)

        page = client.get(self.url(by="site_kind", period="2026-Q2")).context["page"]

        (bar,) = page.bars.bar_rows
        assert (bar.label, bar.cells[0].text) == (activity.site.get_kind_display(), "at least 14")
        records = client.get(bar.url)
        assert records.context["found"].amount == 14

    def test_the_service_is_broken_down_only_by_what_is_published(self, client, worker, district):
        client.force_login(district)

        response = client.get(self.url(by="programme"))

        assert "not broken down like that here" in response.content.decode()
        offered = [each.code for each in response.context["breakdowns_offered"]]
        assert offered
        assert set(offered) <= set(PUBLISHED)
        assert response.context["page"].records_url == ""

    def test_a_worker_has_of_the_team_totals_only(self, client, worker, manager, team):
        for user, is_offered in ((worker, False), (manager, True)):
            client.force_login(user)
            response = client.get(self.url(scope=Scope.of(team).code, by="post"))
            assert bool(response.context["breakdowns_offered"]) == is_offered

    def test_the_district_office_has_no_way_to_records(self, client, worker, district):
        ActivityFactory(by=worker.hat, date=datetime.date(2026, 9, 1), attendance=14)
        client.force_login(district)

        page = client.get(self.url(by="team")).content.decode()

        assert "/records/" not in page

    def test_under_80_percent_of_the_days_a_count_is_at_least(self, client, worker):
        ActivityFactory(by=worker.hat, date=datetime.date(2026, 9, 1), attendance=14)
        client.force_login(worker)

        count = client.get(self.url()).content.decode()
        share = client.get(self.url("VIS-01")).content.decode()

        assert "not all work is recorded" in count
        assert "read the figure with care" in share
        assert "at least" not in share

    def test_changes_of_the_definition_are_listed_and_marked(self, client, worker, monkeypatch):
        changes = (Change(2, datetime.date(2026, 1, 1), "interpreters are left out"),)
        changed = replace(BY_CODE["RCH-01"], version=2, changes=changes)
        monkeypatch.setitem(BY_CODE, "RCH-01", changed)
        ActivityFactory(by=worker.hat, date=datetime.date(2026, 9, 1), attendance=14)
        client.force_login(worker)

        page = client.get(self.url()).content.decode()

        assert "Version 2, from 1 January 2026: interpreters are left out" in page
        assert "A, from Quarter 4 of 2025/26: definition version 2" in page

    def test_what_is_not_collected_says_why(self, client, worker, monkeypatch):
        bare = replace(
            BY_CODE["RCH-01"], records=None, measure=None, not_collected="Nobody asks families yet."
        )
        monkeypatch.setitem(BY_CODE, "RCH-01", bare)
        client.force_login(worker)

        page = client.get(self.url()).content.decode()

        assert "Nobody asks families yet." in page
        assert client.get(self.url() + "records/").status_code == 200

    @pytest.mark.parametrize("who", ["worker", "manager", "district"])
    def test_queries_do_not_grow_with_records(self, who, request, client, worker):
        user = request.getfixturevalue(who)
        client.force_login(user)
        few = self.queries(client)
        for number in range(12):
            ActivityFactory(by=worker.hat, date=datetime.date(2026, 9, 1), attendance=number)
            PlacementFactory(team=worker.hat.team)

        assert self.queries(client) == few
        assert few <= MOST_QUERIES

    def queries(self, client):
        """Of the second time, when the months are stored."""
        client.get(self.url(by="site_kind"))
        with CaptureQueriesContext(connection) as captured:
            client.get(self.url(by="site_kind"))
        return len(captured)
