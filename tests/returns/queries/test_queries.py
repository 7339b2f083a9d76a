"""A question on a printed figure, to the managers and back."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from eitrack.indicators.catalogue.case_count import CASE_COUNT
from eitrack.indicators.catalogue.definitions import BY_CODE, INDICATORS
from eitrack.returns.models import FigureQuery
from eitrack.returns.queries.actions import answer, ask, settle
from eitrack.returns.release.eligible import RefusedError
from tests.factories.accounts import UserFactory
from tests.factories.directory import TeamFactory
from tests.factories.returns import FigureQueryFactory, FigureQueryTextFactory, ReturnFactory
from tests.returns.release.test_return_views import address, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to("2026-11-23T12:00Z")


@pytest.fixture
def other_manager(db):
    user = UserFactory(manager=True, name="Max Manager")
    TeamFactory(name="South team", slug="south").managers.add(user)
    return user


class TestWhoReads:
    def test_of_one_team_its_managers_and_the_office(
        self, district, manager, other_manager, worker, team
    ):
        query = FigureQueryFactory(team=team)

        readers = [
            user
            for user in (district, manager, other_manager, worker)
            if FigureQuery.objects.visible_to(user).filter(pk=query.pk).exists()
        ]

        assert readers == [district, manager]

    def test_of_all_managers_each_in_the_district(self, manager, other_manager):
        query = FigureQueryFactory()

        for user in (manager, other_manager):
            assert list(FigureQuery.objects.visible_to(user)) == [query]

    def test_it_waits_for_whom_the_other_side_has_spoken_to(self, district, manager):
        query = FigureQueryFactory()
        FigureQueryTextFactory(query=query)
        assert not FigureQuery.objects.waiting_for(district).exists()
        assert list(FigureQuery.objects.waiting_for(manager)) == [query]

        answer(by=manager, pk=query.pk, text="A new drop-in.")

        assert list(FigureQuery.objects.waiting_for(district)) == [query]
        assert not FigureQuery.objects.waiting_for(manager).exists()


class TestTalk:
    def test_goes_to_and_fro_until_it_is_settled(self, client, district, manager, team):
        made = ReturnFactory(released=True)
        client.force_login(district)
        url = address(
            "query_ask", **{"return": made.pk, "code": "RCH-01", "by": "team", "row": team.name}
        )
        form = client.get(url).context["form"]
        assert (form.initial["row"], form.initial["team"]) == (team.name, team)
        sent = client.post(url, {"row": team.name, "team": team.pk, "text": "Why is this higher?"})
        client.force_login(manager)
        assert "1 question on figures waits for you" in text_of(client.get(address("return_list")))
        client.post(sent.url, {"text": "A new drop-in began."})
        client.force_login(district)
        page = text_of(client.get(sent.url))
        client.post(address("query_settle", FigureQuery.objects.get().pk))

        query = FigureQuery.objects.get()
        assert (query.row_label, query.about_return, query.is_open) == (team.name, made, False)
        assert "Team manager, North team" in page
        assert manager.name not in page
        assert "Settled on" in text_of(client.get(sent.url))

    def test_nobody_is_named_to_the_other_side(self, client, district, manager):
        query = FigureQueryFactory(asked_by=district)
        FigureQueryTextFactory(query=query)
        client.force_login(manager)

        page = text_of(client.get(query.get_absolute_url()))

        assert "District office" in page
        assert district.name not in page

    def test_a_text_that_could_identify_somebody_is_pointed_out(self, client, manager):
        query = FigureQueryFactory()
        client.force_login(manager)

        page = client.post(query.get_absolute_url(), {"text": "Ring 0161 496 0123"})

        assert "could identify somebody" in text_of(page)
        assert not query.texts.exists()

    def test_what_is_settled_is_closed_to_both(self, client, district, manager):
        query = FigureQueryFactory(asked_by=district)
        settle(by=district, pk=query.pk)

        with pytest.raises(RefusedError):
            settle(by=district, pk=query.pk)
        client.force_login(manager)
        page = text_of(client.post(query.get_absolute_url(), {"text": "One more thing"}))
        assert "This question is settled" in page


class TestFromTheSummary:
    def asks_of(self, client, **query):
        """{what it asks about: address} of the links on the summary page."""
        page = client.get(reverse("returns:summary", query=query)).content.decode()
        links = re.findall(r'<a class="ask no-print" aria-label="([^"]+)" href="([^"]+)"', page)
        return {label: unescape(url) for label, url in links}

    def test_every_figure_of_the_page_can_be_asked_about(self, client, district, team):
        client.force_login(district)

        asks = self.asks_of(client, period="2026-Q2", by="team")

        shown = (*(each for each in INDICATORS if each.measure), *CASE_COUNT)
        assert list(asks) == [f"Ask about {each.name}" for each in shown]
        for each, url in zip(shown, asks.values(), strict=True):
            page = client.get(url)
            assert f"<h1>Ask about {each.name}</h1>" in page.content.decode()
            assert page.context["period"].code == "2026-Q2"
            assert [label for label, _ in page.context["form"].fields["row"].choices][1:] == [
                team.name
            ]

    def test_the_question_is_of_the_period_and_of_no_return(self, client, district, manager, team):
        client.force_login(district)
        url = self.asks_of(client, period="2026-Q3")[f"Ask about {BY_CODE['LOD-05'].name}"]

        client.post(url, {"row": "", "text": "Why is this higher?"})

        query = FigureQuery.objects.get()
        assert (query.period, query.code, query.about_return) == ("2026-Q3", "LOD-05", None)
        client.force_login(manager)
        page = client.get(query.get_absolute_url()).content.decode()
        assert f"{reverse('returns:summary')}?period=2026-Q3" in page

    def test_a_question_on_the_old_return_has_a_page(self, client, district, team):
        client.force_login(district)
        url = self.asks_of(client, period="2026-Q2")["Ask about Cases opened"]

        asked = client.post(url, {"row": "", "text": "Why?"}, follow=True)

        assert "Question on Cases opened" in asked.content.decode()
        assert "What it means" not in asked.content.decode()

    def test_a_manager_is_not_offered_to_ask(self, client, manager):
        client.force_login(manager)

        assert self.asks_of(client, period="2026-Q2") == {}
        assert self.asks_of(client, period="2026-Q2", team="north") == {}


class TestNavigation:
    def nav_of(self, client):
        page = client.get(reverse("indicators:indicator_list")).content.decode()
        return " ".join(re.sub("<[^>]+>", "", page.partition("<main")[0]).split())

    def test_tells_how_many_questions_wait_for_whom(self, client, district, manager):
        FigureQueryTextFactory(query=FigureQueryFactory())
        client.force_login(manager)
        assert "Returns 1 question waits for you" in self.nav_of(client)
        FigureQueryTextFactory(query=FigureQueryFactory())
        assert "Returns 2 questions wait for you" in self.nav_of(client)
        client.force_login(district)
        assert "for you" not in self.nav_of(client)

    @pytest.mark.parametrize(
        ("role", "number"), [("manager", 1), ("district", 1), ("worker", 0), ("administrator", 0)]
    )
    def test_costs_one_query_where_there_are_returns(self, client, request, role, number):
        FigureQueryTextFactory(query=FigureQueryFactory())
        client.force_login(request.getfixturevalue(role))

        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("indicators:indicator_list"))

        of_queries = [each for each in captured if "returns_figurequery" in each["sql"]]
        assert len(of_queries) == number


class TestAddress:
    @pytest.mark.parametrize(
        "query",
        [
            {"code": "XXX-99", "period": "2026-Q2"},
            {"code": "RCH-01", "period": "soon"},
            {"code": "RCH-01"},
            {"code": "RCH-01", "period": "2027-Q2"},
            {"code": "RCH-01", "return": "4711"},
            {"code": "RCH-01", "return": "x"},
            {"code": "RCH-01", "period": "2026-Q2", "district": "far"},
        ],
    )
    def test_a_figure_that_is_not_there_is_not_found(self, query, client, district):
        client.force_login(district)

        assert client.get(address("query_ask", **query)).status_code == 404

    def test_rows_are_those_of_the_breakdown(self, client, district, team):
        client.force_login(district)

        sent = client.post(
            address("query_ask", code="RCH-01", period="2026-Q2", by="team"),
            {"row": "The Smith family", "text": "Why?"},
        )

        assert "row" in sent.context["form"].errors


class TestList:
    def test_open_ones_and_settled_ones(self, client, district):
        open_one, settled = FigureQueryFactory(), FigureQueryFactory()
        settle(by=district, pk=settled.pk)
        client.force_login(district)

        for state, expected in (("", open_one), ("settled", settled)):
            lines = client.get(address("query_list", state=state)).context["lines"]
            assert [query for query, _, _ in lines] == [expected]

    def test_says_what_will_be_here(self, client, manager):
        client.force_login(manager)

        assert "No open question" in text_of(client.get(address("query_list")))

    def test_costs_the_same_however_many_there_are(
        self, client, district, django_assert_max_num_queries
    ):
        for _ in range(20):
            ask(
                by=district,
                district=district.districts.get(),
                code="RCH-01",
                period=FigureQueryFactory().fixed_period,
                text="Why?",
            )
        client.force_login(district)

        with django_assert_max_num_queries(12):
            client.get(reverse("returns:query_list"))
