import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from eitrack.audit.models import Entry
from eitrack.common import pdf
from eitrack.common.periods import Period
from eitrack.indicators.disclosure.decided import UNDECIDED
from eitrack.workload.agenda import referrals_sent
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory, CoDeliveryFactory
from tests.factories.cases import CaseFactory, ReferralFactory, RequestFactory
from tests.factories.directory import (
    AgencyFactory,
    LinkWorkerFactory,
    PlacementFactory,
    SiteFactory,
)
from tests.factories.partnerships import ProtocolFactory, ProtocolVersionFactory
from tests.pdf_rules import breaches

pytestmark = pytest.mark.django_db
BUDGET = 19
AUGUST = date(2026, 8, 12)  # in the quarter that ended last


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def school(db):
    return AgencyFactory(name="Hill School")


@pytest.fixture
def signed_in(client, worker):
    client.force_login(worker)
    return client


def url(agency):
    return reverse("workload:agenda", args=[agency.pk])


def words_of(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def lines_of(response, name):
    return [(line.label, line.count) for line in response.context[name]]


def times(number, **fields):
    for _ in range(number):
        ActivityFactory(**{"date": AUGUST, **fields})


class TestDoneTogether:
    def test_adds_up_its_own_work_its_sites_and_what_was_delivered_together(
        self, signed_in, worker, school
    ):
        site = SiteFactory(agency=school)
        times(4, by=worker.hat, site=site)
        times(3, by=worker.hat, agency=school)
        for _ in range(3):
            activity = ActivityFactory(by=worker.hat, date=AUGUST)
            CoDeliveryFactory(activity=activity, agency=school)
        times(1, by=worker.hat)
        times(1, by=worker.hat, site=site, agency=AgencyFactory())

        response = signed_in.get(url(school))

        assert lines_of(response, "done") == [("Drop-in", "10")]

    def test_hours_of_five_workers_stand_beside_and_those_of_fewer_do_not(
        self, signed_in, worker, team, school
    ):
        """D10 and D18: an agency that knows its worker would know what the colleagues gave."""
        times(10, by=worker.hat, agency=school)
        context = signed_in.get(url(school)).context
        assert (context["total"].count, context["total"].hours) == ("10", "c")
        assert context["has_symbols"]

        for _ in range(4):
            times(10, by=PlacementFactory(team=team), agency=school)

        assert signed_in.get(url(school)).context["total"].hours == "50 h"

    def test_says_while_it_is_not_decided_which_hours_are_printed(
        self, signed_in, worker, school, monkeypatch
    ):
        monkeypatch.setattr(
            "eitrack.workload.agenda.decisions_of",
            lambda scope, periods: {one.code: UNDECIDED for one in periods},
        )
        times(10, by=worker.hat, agency=school)

        response = signed_in.get(url(school))

        assert response.context["total"].hours == "being checked"
        assert "It takes a minute or two" in words_of(response)

    def test_small_numbers_are_hidden_and_their_hours_with_them(self, signed_in, worker, school):
        times(20, by=worker.hat, agency=school)
        times(10, by=worker.hat, agency=school, kind="partner_liaison")
        times(3, by=worker.hat, agency=school, kind="joint_visit")

        done = signed_in.get(url(school)).context["done"]

        assert [(line.label, line.count, line.hours) for line in done] == [
            ("Drop-in", "20", "c"),
            ("Joint visit, unregistered family", "c", "c"),
            ("Contact with a partner", "c", "c"),
        ]

    def test_is_the_teams_work_for_a_worker_and_for_the_manager(
        self, client, worker, manager, team, school
    ):
        times(6, by=worker.hat, agency=school)
        times(6, by=PlacementFactory(team=team), agency=school)
        times(6, agency=school)

        for user in (worker, manager):
            client.force_login(user)
            response = client.get(url(school))
            assert lines_of(response, "done") == [("Drop-in", "10")]

    def test_leaves_out_sensitive_work_with_one_family(self, signed_in, worker, school):
        times(
            9,
            by=worker.hat,
            site=SiteFactory(agency=school),
            kind="consultation_family",
            purpose="domestic_abuse",
            obstacle="no_privacy",
        )

        context = signed_in.get(url(school)).context

        assert (context["done"], context["obstacles"]) == ([], [])

    def test_shows_ended_quarters_and_years_only(self, signed_in, worker, school):
        response = signed_in.get(f"{url(school)}?period=2026-Q3")

        shown = words_of(response)
        assert "Quarter 3 of 2026/27 has not ended yet. Showing Quarter 2" in shown
        assert "Quarter 3 of 2026/27" not in [one.name for one in response.context["offered"]]

    def test_who_has_no_team_is_told(self, client, school):
        client.force_login(UserFactory(worker=True))

        assert "No team yet" in words_of(client.get(url(school)))


class TestObstacles:
    def test_are_counted_with_the_days_of_work_that_is_not_one_familys(
        self, signed_in, worker, school
    ):
        times(1, by=worker.hat, agency=school, obstacle="no_room")
        times(1, by=worker.hat, agency=school, obstacle="no_room", date=date(2026, 9, 2))
        times(
            2,
            by=worker.hat,
            agency=school,
            kind="joint_visit",
            obstacle="no_privacy",
            date=date(2026, 9, 3),
        )

        found = signed_in.get(url(school)).context["obstacles"]

        assert [(one.label, one.number, one.days) for one in found] == [
            ("No room", 2, "Wed 12 Aug, Wed 2 Sep"),
            ("No private space", 2, ""),
        ]

    def test_a_session_the_host_cancelled_is_one(self, signed_in, worker, school):
        times(
            1,
            by=worker.hat,
            agency=school,
            status="did_not_run",
            not_run_reason="cancelled_by_host",
        )

        (found,) = signed_in.get(url(school)).context["obstacles"]

        assert (found.label, found.number) == ("Host cancelled", 1)

    def test_that_came_back_are_open_questions(self, signed_in, worker, school):
        for day in (AUGUST, date(2026, 5, 12)):
            times(1, by=worker.hat, agency=school, obstacle="no_room", date=day)
        times(1, by=worker.hat, agency=school, obstacle="no_access")

        shown = words_of(signed_in.get(url(school)))

        assert "Came back after the period before: no room" in shown

    def test_of_void_records_and_other_teams_do_not_count(self, signed_in, worker, school):
        times(1, by=worker.hat, agency=school, obstacle="no_room", void=True)
        times(1, agency=school, obstacle="no_room")

        assert signed_in.get(url(school)).context["obstacles"] == []


class TestProtocols:
    @pytest.mark.parametrize(
        ("due", "said"),
        [
            (date(2026, 11, 22), "review was due on Sun 22 Nov 2026"),
            (date(2027, 1, 22), "review due on Fri 22 Jan 2027"),
            (date(2027, 1, 23), ""),
        ],
    )
    def test_reviews_are_due_sixty_days_ahead(self, signed_in, school, due, said):
        protocol = ProtocolFactory(agency=school, topic="consent")
        ProtocolVersionFactory(protocol=protocol, agreed=True, review_due_on=due)

        cell = signed_in.get(url(school)).context["cells"][0]

        assert (cell.status.label, cell.due) == ("Agreed", said)

    def test_topics_without_agreement_are_open_questions(self, signed_in, school):
        agreed = ProtocolFactory(agency=school, topic="consent")
        ProtocolVersionFactory(protocol=agreed, agreed=True)
        negotiated = ProtocolFactory(agency=school, topic="criteria")
        ProtocolVersionFactory(protocol=negotiated, negotiating_from_on=date(2026, 6, 1))

        response = signed_in.get(url(school))

        assert response.context["cells"][1].status.label == "Negotiating"
        assert response.context["open_topics"].startswith("Referral criteria and information, ")


class TestReferrals:
    def test_stand_as_published_totals(self, signed_in, worker, school, team):
        moment = datetime(2026, 8, 12, 12, 0, tzinfo=UTC)
        link = LinkWorkerFactory(agency=school)
        for number in range(30):
            is_decided = number < 20
            ReferralFactory(
                team=team,
                destination=school,
                sent_at=moment,
                route="fast_track" if number < 12 else "standard",
                link_worker=link if number < 12 else None,
                decided_at=moment if is_decided else None,
                outcome="accepted" if is_decided else "",
            )
        ReferralFactory(team=team, destination=school)
        ReferralFactory(destination=school, sent_at=moment)

        response = signed_in.get(url(school))

        assert lines_of(response, "sent") == [
            ("Sent to you", "30"),
            ("Accepted for assessment", "20"),
            ("Decided otherwise", "0"),
            ("Not decided yet", "10"),
            ("By the fast track", "10"),
            ("By other routes", "20"),
        ]
        assert "Robin Reed" not in words_of(response)

    def test_requests_from_the_agency_too(self, signed_in, team, school):
        received = datetime(2026, 8, 12, 12, 0, tzinfo=UTC)
        for _ in range(3):
            RequestFactory(team=team, from_agency=school, received_at=received)

        assert lines_of(signed_in.get(url(school)), "received") == [
            ("Received from you", "c"),
            ("Decided", "0"),
            ("Not decided yet", "c"),
            ("By the fast track", "0"),
            ("By other routes", "c"),
        ]

    def test_the_last_day_of_the_period_counts_whole(self, signed_in, team, school):
        for moment in (
            datetime(2026, 9, 30, 22, 59, tzinfo=UTC),  # 23:59 in London
            datetime(2026, 9, 30, 23, 0, tzinfo=UTC),
        ):
            ReferralFactory(team=team, destination=school, sent_at=moment)

        lines = referrals_sent([team], school, Period.quarter(2026, 2))
        assert lines[0].count == "c"
        assert referrals_sent([team], school, Period.quarter(2026, 3))[0].count == "c"


class TestPaper:
    def test_names_no_worker_and_no_case(self, signed_in, worker, school):
        case = CaseFactory(reference="REF-4711", allocated_to=worker.hat)
        times(9, by=worker.hat, agency=school, kind="joint_visit", case=case)

        response = signed_in.get(url(school))

        main = response.content.decode().split("<main")[1]
        assert "Joint visit" in main
        for name in ("Wendy", "REF-4711", f"Case {case.pk}"):
            assert name not in main

    def test_without_pango_the_button_says_what_to_install(self, signed_in, school, monkeypatch):
        def no_library(html):
            raise pdf.PdfError(pdf.MISSING)

        monkeypatch.setattr("eitrack.workload.agenda_views.pdf_of", no_library)

        response = signed_in.get(f"{url(school)}?format=pdf")

        assert response.status_code == 200
        assert "apt-get install libpango-1.0-0" in words_of(response)
        assert "Agenda with Hill School" in words_of(response)
        assert not Entry.objects.filter(action="exported").exists()

    @pytest.mark.pdf
    def test_is_a_tagged_pdf_and_stands_in_the_trail(self, signed_in, worker, school):
        times(9, by=worker.hat, agency=school)

        response = signed_in.get(f"{url(school)}?format=pdf")

        name = f"agenda-{school.pk}-2026-Q2.pdf"
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert response.content.startswith(b"%PDF-1.7")
        assert breaches(response.content) == []
        exported = Entry.objects.get(action="exported")
        assert (exported.by, exported.record_kind) == (worker, name)

    @pytest.mark.parametrize("number", [10, 100])
    def test_asks_the_database_as_often_for_much_work(
        self, signed_in, worker, school, number, django_assert_max_num_queries
    ):
        times(number, by=worker.hat, agency=school, obstacle="no_room")
        signed_in.get(url(school))  # What is printed of amounts is decided once.

        with django_assert_max_num_queries(BUDGET):
            signed_in.get(url(school))

    def test_another_teams_worker_is_on_no_line(self, signed_in, school):
        times(9, agency=school)

        assert signed_in.get(url(school)).context["done"] == []
