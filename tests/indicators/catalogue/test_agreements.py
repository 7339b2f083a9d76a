"""Agreements with partner agencies and what they take (PTN-01 to PTN-03), worked by hand."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eitrack.common.periods import Period
from eitrack.directory.models import Agency, District
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.terms.scope import Scope
from eitrack.indicators.terms.words import shown
from eitrack.partnerships.choices import Topic
from tests.factories.cases import ReferralFactory, RequestFactory
from tests.factories.directory import AgencyFactory, PlacementFactory, SiteFactory
from tests.factories.partnerships import ProtocolFactory, ProtocolVersionFactory
from tests.indicators.agreements import agreed_on
from tests.indicators.conftest import Q2, TODAY
from tests.indicators.examples import of_the_unknown, worked_example

pytestmark = pytest.mark.django_db
JUNE = datetime.date(2026, 6, 1)
A_MOMENT = datetime.datetime(2026, 9, 7, 11, tzinfo=datetime.UTC)
LONG_AGO = datetime.date(2024, 6, 3)


@pytest.fixture
def matrix(school, clinic):
    """On 30 September 2026, of fourteen cells:

    school  consent          agreed                                   in date
    school  criteria         agreed, a newer version is negotiated    in date
    school  assessment       agreed, review was due on 29 September   overdue
    school  records          agreed, review is due on the day itself  in date
    school  sharing          not needed
    clinic  consent          agreed by us, by them on 1 October       not yet
    clinic  criteria         retired on 1 September                   no longer
    clinic  assessment       under review, which was due in August    overdue
    """
    agreed_on(JUNE, school, "consent")
    criteria = agreed_on(JUNE, school, "criteria", number=1)
    ProtocolVersionFactory(
        protocol=criteria.protocol,
        number=2,
        drafted_on=datetime.date(2026, 9, 1),
        negotiating_from_on=datetime.date(2026, 9, 2),
    )
    agreed_on(LONG_AGO, school, "assessment", review_due_on=datetime.date(2026, 9, 29))
    agreed_on(LONG_AGO, school, "records", review_due_on=datetime.date(2026, 9, 30))
    ProtocolVersionFactory(
        protocol=ProtocolFactory(agency=school, topic="sharing"),
        drafted_on=None,
        not_needed_from_on=JUNE,
    )
    half = agreed_on(JUNE, clinic, "consent")
    half.their_agreed_on = datetime.date(2026, 10, 1)
    half.save()
    agreed_on(JUNE, clinic, "criteria", ended_on=datetime.date(2026, 9, 1))
    agreed_on(
        LONG_AGO,
        clinic,
        "assessment",
        review_due_on=datetime.date(2026, 8, 31),
        review_from_on=datetime.date(2026, 9, 7),
    )


class TestPtn01ProtocolCoverage:
    @worked_example("PTN-01", all_known="Agreed and in date by its days, or it is not.")
    def test_worked_example(self, matrix, figures_of):
        """Three of the cells of `matrix` are agreed and in date, 14 less one are needed: 3 of 13.
        School 3 of 6, health 0 of 7; consent 1 of 2.
        """
        total, rows = figures_of("PTN-01", by="agency_kind")

        assert (total.numerator, total.denominator) == (3, 13)
        assert len(total.behind) == 3
        school, health = rows["school"], rows["health"]
        assert (school.numerator, school.denominator) == (3, 6)
        assert (health.numerator, health.denominator) == (0, 7)
        _, rows = figures_of("PTN-01", by="topic")
        assert (rows["consent"].numerator, rows["consent"].denominator) == (1, 2)
        assert (rows["sharing"].numerator, rows["sharing"].denominator) == (0, 1)

    def test_it_is_as_it_stood_on_the_last_day(self, matrix, figures_of):
        """On 31 December the clinic's consent has been agreed, and the school's records are
        overdue: 3 of 13 again. On 31 March 2026 the three of 2024 were agreed and none was overdue,
        and nobody had said yet that one of the fourteen is not needed.
        """
        third = Period.parse("2026-Q3")

        assert figures_of("PTN-01", period=third)[0].numerator == 3
        assert figures_of("PTN-02", period=third)[0].numerator == 3
        early, _ = figures_of("PTN-01", period=Period.parse("2025-Q4"))
        assert (early.numerator, early.denominator) == (3, 14)

    def test_with_nothing_agreed_all_topics_are_needed(self, school, figures_of):
        total, _ = figures_of("PTN-01")

        assert (total.numerator, total.denominator) == (0, len(Topic))

    def test_neither_archived_agencies_nor_social_work_are_partners(self, matrix, figures_of):
        Agency.objects.filter(kind="health").update(archived_from_on="2024-01-01")
        AgencyFactory(kind="social_work")

        total, _ = figures_of("PTN-01")

        assert (total.numerator, total.denominator) == (3, 6)

    def test_an_agency_is_a_partner_until_it_was_archived(self, matrix, figures_of):
        """Archived after 30 September 2026 it was one on that day; merged, it never was."""
        health, school = Agency.objects.order_by("kind")
        health.archived_from_on = datetime.date(2026, 10, 1)
        health.save()

        assert figures_of("PTN-01")[0].denominator == 13
        health.merged_into = school
        health.save()
        assert figures_of("PTN-01")[0].denominator == 6

    def test_a_team_has_the_agencies_it_is_placed_with(self, service, matrix, figures_of):
        """Ann is hosted by the school, Cem based at a site of the clinic; Ben is nowhere."""
        school, clinic = Agency.objects.order_by("-name")
        service.ann.host = school
        service.ann.save()
        service.cem.base_site = SiteFactory(agency=clinic)
        service.cem.save()
        PlacementFactory(team=service.north, host=clinic, until_on=datetime.date(2026, 9, 29))

        def parts(record):
            found = figures_of("PTN-01", scope=Scope.of(record))[0]
            return found.numerator, found.denominator

        assert parts(service.north) == parts(service.ann.worker) == (3, 6)
        assert parts(service.south) == parts(service.cem.funding_stream) == (0, 7)
        assert parts(service.ben.worker) == (0, 0)


class TestPtn02ReviewsOverdue:
    @worked_example("PTN-02", all_known="Agreed and in date by its days, or it is not.")
    def test_worked_example(self, matrix, figures_of):
        """Of `matrix` five cells are agreed, two of them overdue: 40%. School 1 of 4, health 1 of
        1; assessment 2 of 2. A review that is due on the day is not overdue.
        """
        total, rows = figures_of("PTN-02", by="topic")

        assert (total.numerator, total.denominator, total.value) == (2, 5, 0.4)
        assert (rows["assessment"].numerator, rows["assessment"].denominator) == (2, 2)
        assert (rows["records"].numerator, rows["records"].denominator) == (0, 1)
        _, rows = figures_of("PTN-02", by="agency_kind")
        assert {kind: (row.numerator, row.denominator) for kind, row in rows.items()} == {
            "school": (1, 4),
            "health": (1, 1),
        }

    def test_with_nothing_agreed_there_is_nothing_to_divide(self, school, figures_of):
        assert figures_of("PTN-02")[0].value is None


class TestPtn03NegotiationEffort:
    @worked_example("PTN-03")
    def test_worked_example(self, service, figures_of, held, joined, school, clinic):
        """Minutes of protocol work:

        school, consent, Ann 60 + 20 travel, Cem 40 (joint)   120
        school, consent again, Ben 30                          30
        clinic, sharing, Ann 90                                90
        an away day, Ann 360                                   is none
        void, Ann 60                                           is none

        240 minutes, 4 hours, on two cells. Agreed in the quarter: consent after 20 days, sharing
        after 31, criteria after 90 (median 31), records without a draft (left out), and one in
        October (left out).
        """
        work = {"kind": "protocol_work"}
        consent = held(agency=school, topic="consent", **work)
        consent.time_entries.update(travel_minutes=20)
        joined(consent, service.cem, 40)
        held(service.ben, agency=school, topic="consent", minutes=30, **work)
        held(agency=clinic, topic="sharing", minutes=90, **work)
        held(kind="away_day", minutes=360)
        held(agency=clinic, topic="sharing", void=True, **work)
        july = datetime.date(2026, 7, 31)
        agreed_on(july, school, "consent", drafted_on=datetime.date(2026, 7, 11))
        agreed_on(july, clinic, "sharing", drafted_on=datetime.date(2026, 6, 30))
        agreed_on(july, clinic, "criteria", drafted_on=datetime.date(2026, 5, 2))
        agreed_on(july, clinic, "records")
        october = datetime.date(2026, 10, 1)
        agreed_on(october, clinic, "roles", drafted_on=datetime.date(2026, 9, 1))

        total, rows = figures_of("PTN-03", by="agency_kind")

        assert (total.numerator, total.denominator, total.across) == (240, None, 2)
        assert (total.beside.numerator, total.beside.asked, total.workers) == (31, 3, 3)
        assert (rows["school"].numerator, rows["school"].beside.numerator) == (150, 20)
        assert (rows["health"].numerator, rows["health"].beside.numerator) == (90, 60.5)
        _, rows = figures_of("PTN-03", by="team")
        assert (rows[service.north.pk].numerator, rows[service.north.pk].beside) == (200, None)
        assert rows[service.south.pk].numerator == 40
        _, rows = figures_of("PTN-03", by="topic")
        assert (rows["criteria"].numerator, rows["criteria"].beside.numerator) == (0, 90)

    def test_its_words(self, service, held, school):
        held(kind="protocol_work", agency=school, topic="consent", minutes=120)
        agreed_on(
            datetime.date(2026, 7, 31), school, "consent", drafted_on=datetime.date(2026, 7, 11)
        )

        figures = evaluate(Scope.of(District.objects.get()), Q2, "topic", today=TODAY)
        line = next(each for each in shown(figures) if each.indicator.code == "PTN-03")

        assert (line.total.figure, line.total.made_of) == (
            "2 h",
            "cells of the matrix worked on: 1",
        )
        assert line.total.beside == "median from draft to agreement 20 days"
        assert (line.rows[0].label, line.rows[0].figure) == ("Client consent", "2 h")

    @of_the_unknown("PTN-03")
    def test_with_nothing_known_it_is_no_hours_and_no_median(self, service, figures_of):
        total, _ = figures_of("PTN-03")

        assert (total.value, total.across, total.beside.value) == (0, 0, None)

    def test_what_was_stored_is_what_is_counted(self, service, figures_of, held, school):
        held(kind="protocol_work", agency=school, topic="consent")
        first, _ = figures_of("PTN-03", by="topic")

        again, _ = figures_of("PTN-03", by="topic")
        held(kind="protocol_work", agency=school, topic="records", minutes=15)

        assert again == first
        assert figures_of("PTN-03")[0].numerator == 75
        assert figures_of("PTN-03")[0].across == 2


def test_queries_do_not_grow_with_agreements_and_requests(service, django_assert_num_queries):
    """Figures of one of each and of five take as many."""

    def one_more():
        agreed_on(JUNE, AgencyFactory(), "consent")
        RequestFactory(team=service.north, received_at=A_MOMENT, from_agency=AgencyFactory())
        ReferralFactory(
            team=service.north,
            is_statutory=True,
            sent_at=A_MOMENT,
            decided_at=A_MOMENT,
            outcome="accepted",
        )

    asking = Scope.of(District.objects.get())
    one_more()
    evaluate(asking, Q2, today=TODAY)
    with CaptureQueriesContext(connection) as few:
        evaluate(asking, Q2, today=TODAY)
    for _ in range(4):
        one_more()

    with django_assert_num_queries(len(few)):
        figures = evaluate(asking, Q2, today=TODAY)

    assert figures.totals["PTN-02"].denominator == 5
    assert figures.totals["RSP-01"].denominator == figures.totals["RSP-03"].numerator == 5
