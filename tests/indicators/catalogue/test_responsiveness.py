"""How quickly and how fittingly those who ask are answered (RSP)."""

import datetime

import pytest

from eitrack.common.periods import Period
from eitrack.directory.models import District
from eitrack.indicators.figures.access import figures_of as figures_for_district
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.terms.scope import Scope
from eitrack.indicators.terms.words import shown
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory, ReferralFactory, RequestFactory
from tests.factories.directory import AgencyFactory, LinkWorkerFactory
from tests.indicators.conftest import Q2, TODAY
from tests.indicators.examples import of_the_unknown, worked_example

pytestmark = pytest.mark.django_db


def at(month, day, hour=12):
    """A moment of 2026, British Summer Time."""
    zone = datetime.timezone(datetime.timedelta(hours=1))
    return datetime.datetime(2026, month, day, hour, tzinfo=zone)


def on(month, day):
    return datetime.date(2026, month, day)


def pair(parts):
    return parts.numerator, parts.denominator


@pytest.fixture
def asked_for(service):
    """A request of the North team, received on Monday 7 September and due on the 14th."""

    def asked_for(first_contact_on=None, **fields):
        fields = {"team": service.north, "received_at": at(9, 7)} | fields
        return RequestFactory(first_contact_on=first_contact_on, **fields)

    return asked_for


@pytest.fixture
def sent(service):
    """A referral of the North team to statutory social work, on Monday 7 September at noon."""
    office = AgencyFactory(kind="social_work")
    link_worker = LinkWorkerFactory(agency=office)

    def sent(quick=False, **fields):
        if quick:
            fields |= {"route": "fast_track", "link_worker": link_worker}
        fields = {
            "team": service.north,
            "destination": office,
            "is_statutory": True,
            "sent_at": at(9, 7),
        } | fields
        return ReferralFactory(**fields)

    return sent


class TestRsp01RequestToFirstContact:
    @worked_example("RSP-01")
    def test_worked_example(self, service, figures_of, asked_for):
        """Due in the quarter:

        contact on the same day, self                        met        0 days
        contact on Wednesday 9 September, from a school       met        2
        contact on the due day, Monday 14, South              met        5
        contact on Tuesday 15 September, from a school         not met    6
        signposted by letter on 8 September, no contact        not met
        nobody yet, South                                      not met
        received 23 June, due 30 June                          not in it
        received 24 September, due 1 October                   not in it

        3 of 6, median of 0, 2, 5, 6 = 3.5 days. North 2 of 4, South 1 of 2.
        """
        school = AgencyFactory(kind="school")
        asked_for(on(9, 7), route="self")
        asked_for(on(9, 9), from_agency=school)
        asked_for(on(9, 14), team=service.south)
        asked_for(on(9, 15), from_agency=school)
        asked_for(decision="signposted", decided_on=on(9, 8))
        asked_for(team=service.south)
        asked_for(on(6, 24), received_at=at(6, 23))
        asked_for(on(9, 25), received_at=at(9, 24))

        total, rows = figures_of("RSP-01", by="team")

        assert pair(total) == (3, 6)
        assert (total.beside.numerator, total.beside.asked) == (3.5, 4)
        assert len(total.behind) == 3
        assert pair(rows[service.north.pk]) == (2, 4)
        assert pair(rows[service.south.pk]) == (1, 2)
        assert pair(figures_of("RSP-01", by="agency_kind")[1]["school"]) == (1, 2)
        assert pair(figures_of("RSP-01", by="agency_kind")[1][None]) == (2, 4)
        assert pair(figures_of("RSP-01", by="route")[1]["self"]) == (1, 1)

    def test_what_is_not_due_yet_leaves_it(self, service, asked_for):
        """Today is Monday 23 November: of a request due today the day is not over."""
        winter = datetime.UTC
        for day in (13, 16, 17):
            asked_for(received_at=datetime.datetime(2026, 11, day, 12, tzinfo=winter))

        figures = evaluate(Scope.of(service.north), Period.parse("2026-Q3"), today=TODAY)

        assert pair(figures.totals["RSP-01"]) == (0, 1)

    def test_after_hours_the_clock_starts_on_the_next_working_day(self, figures_of, asked_for):
        """Received on Friday at eight in the evening; contact on Sunday is within no day."""
        asked_for(on(9, 6), received_at=at(9, 4, 20))

        total, _ = figures_of("RSP-01")

        assert (pair(total), total.beside.numerator) == ((1, 1), 0)

    def test_a_worker_has_the_requests_that_are_theirs_to_answer(
        self, service, figures_of, asked_for
    ):
        ann, ben = service.ann.worker, service.ben.worker
        asked_for(taken_by=ann)
        asked_for(taken_by=ann, worker=ben)
        asked_for(taken_by=UserFactory(), worker=ann)

        assert figures_of("RSP-01", scope=Scope.of(ann))[0].denominator == 2
        assert figures_of("RSP-01", scope=Scope.of(ben))[0].denominator == 1
        assert figures_of("RSP-01", scope=Scope.of(service.ann.funding_stream))[0].value is None

    @of_the_unknown("RSP-01")
    def test_c20_without_any_contact_there_is_no_median(self, figures_of, asked_for):
        asked_for()

        total, _ = figures_of("RSP-01")

        assert (total.value, total.beside.value) == (0, None)


class TestRsp02FastTrack:
    @worked_example("RSP-02")
    def test_worked_example(self, service, figures_of, sent):
        """Sent in the quarter to statutory social work:

        fast-track, decided the same day at two            2 working hours
        fast-track, decided the next day at ten            5 + 1 = 6
        fast-track, South, decided a week later at noon    5 + 4 * 8 + 3 = 40
        fast-track, not decided                             not known
        standard, decided after an hour                     not by fast-track
        standard, not decided                               not by fast-track
        to a school, which is not statutory                 not in it
        sent on 1 October                                   not in it

        4 of 6, median of 2, 6, 40 = 6 hours. North 3 of 5, South 1 of 1.
        """
        decided = {"outcome": "accepted"}
        sent(True, decided_at=at(9, 7, 14), **decided)
        sent(True, decided_at=at(9, 8, 10), **decided)
        sent(True, decided_at=at(9, 14, 12), team=service.south, **decided)
        sent(True)
        sent(decided_at=at(9, 7, 13), **decided)
        sent()
        sent(is_statutory=False, destination=AgencyFactory(kind="school"))
        sent(True, sent_at=at(10, 1, 9))

        total, rows = figures_of("RSP-02", by="team")

        assert pair(total) == (4, 6)
        assert (total.beside.numerator, total.beside.asked) == (6, 3)
        assert pair(rows[service.north.pk]) == (3, 5)
        assert pair(rows[service.south.pk]) == (1, 1)
        assert pair(figures_of("RSP-02", by="agency_kind")[1]["social_work"]) == (4, 6)

    def test_one_family_occasion_is_one(self, figures_of, sent, case):
        """Two referrals of a case on a day are one, by fast-track as one of them was; the day after
        is another. Of unregistered families nobody can tell, so both count."""
        sent(case=case)
        sent(True, case=case, decided_at=at(9, 7, 13), outcome="accepted")
        sent(case=case, sent_at=at(9, 8))
        sent()
        sent()

        total, _ = figures_of("RSP-02")

        assert (pair(total), total.beside.numerator) == ((1, 4), 1)

    def test_the_day_is_that_of_the_district(self, figures_of, sent):
        """Half past midnight on 1 July is half past eleven on 30 June in UTC."""
        sent(sent_at=at(7, 1, 0))
        sent(sent_at=at(10, 1, 0))

        assert figures_of("RSP-02")[0].denominator == 1

    @of_the_unknown("RSP-02")
    def test_c20_of_what_is_not_decided_there_is_no_median(self, figures_of, sent):
        sent(True)

        total, _ = figures_of("RSP-02")

        assert (total.value, total.beside.value) == (1, None)

    def test_a_worker_has_own_referrals(self, service, figures_of, sent):
        sent(worker=service.ann.worker)
        sent(worker=service.ben.worker)

        assert figures_of("RSP-02", scope=Scope.of(service.ann.worker))[0].denominator == 1
        assert figures_of("RSP-02", scope=Scope.of(service.ann.funding_stream))[0].value is None


class TestRsp03ReferralFit:
    @worked_example("RSP-03")
    def test_worked_example(self, service, figures_of, sent):
        """Decided in the quarter: three accepted, one of them sent in June and one at a clinic;
        one with no further action, one redirected (South). Not: withdrawn, accepted on 1 October,
        not decided. 3 of 5; North 3 of 4, South 0 of 1; at level 2, 1 of 1.
        """
        clinic = AgencyFactory(kind="health")
        sent(decided_at=at(9, 9), outcome="accepted", need_level=2)
        sent(sent_at=at(6, 29), decided_at=at(7, 1, 0), outcome="accepted")
        sent(decided_at=at(9, 9), outcome="accepted", destination=clinic, is_statutory=False)
        sent(decided_at=at(9, 9), outcome="no_action")
        sent(decided_at=at(9, 9), outcome="redirected", team=service.south)
        sent(decided_at=at(9, 9), outcome="withdrawn")
        sent(decided_at=at(10, 1), outcome="accepted")
        sent()

        total, rows = figures_of("RSP-03", by="team")

        assert pair(total) == (3, 5)
        assert len(total.behind) == 3
        assert pair(rows[service.north.pk]) == (3, 4)
        assert pair(rows[service.south.pk]) == (0, 1)
        assert pair(figures_of("RSP-03", by="agency_kind")[1]["health"]) == (1, 1)
        assert pair(figures_of("RSP-03", by="need_level")[1][2]) == (1, 1)

    @of_the_unknown("RSP-03")
    def test_c20_with_no_decision_there_is_nothing_to_divide(self, figures_of, sent):
        sent()

        assert figures_of("RSP-03")[0].value is None


class TestRsp04ThresholdAdvice:
    @worked_example("RSP-04")
    def test_worked_example(self, service, figures_of, held, joined):
        """Six talks with professionals: five with advice on thresholds, held at a lower level (Ann
        and Cem, a teacher), no further action (a GP), fast-tracked and referred (Ben), and one
        of which the result is not known; one without such advice. 5, and 2 of 4 needed no
        referral. North 5, South 1.
        """
        advice = {"kind": "consultation_professional", "has_threshold_advice": True}
        joined(held(threshold_result="held_lower", profession="teacher", **advice), service.cem, 20)
        held(threshold_result="no_action", profession="gp", **advice)
        held(service.ben, threshold_result="fast_tracked", **advice)
        held(service.ben, threshold_result="referred", **advice)
        held(**advice)
        held(kind="consultation_professional")

        total, rows = figures_of("RSP-04", by="team")

        assert total.value == 5
        assert pair(total.beside) == (2, 4)
        assert (total.beside.known, total.beside.asked) == (4, 5)
        assert rows[service.north.pk].value == 5
        assert rows[service.south.pk].value == 1
        assert pair(rows[service.south.pk].beside) == (1, 1)
        _, rows = figures_of("RSP-04", by="profession")
        assert {key: row.value for key, row in rows.items() if row.value} == {
            "teacher": 1,
            "gp": 1,
            None: 3,
        }

    @of_the_unknown("RSP-04")
    def test_c20_without_a_known_result_there_is_no_share(self, figures_of, held):
        held(kind="consultation_professional", has_threshold_advice=True)

        total, _ = figures_of("RSP-04")

        assert (total.value, total.beside.value, total.beside.known) == (1, None, 0)

    def test_c16_advice_to_a_professional_adds_no_attendance(self, figures_of, held):
        """A teacher who asks about two children is one consultation, and nobody attended."""
        held(attendance=7)
        before, _ = figures_of("RCH-01")

        held(kind="consultation_professional", has_threshold_advice=True, minutes=40)

        assert figures_of("RCH-01")[0] == before
        assert figures_of("RSP-04")[0].value == 1


class TestWords:
    def test_medians_stand_beside_the_share(self, service, asked_for, sent):
        asked_for(on(9, 8))
        sent(True, decided_at=at(9, 7, 14), outcome="accepted")

        figures = evaluate(Scope.of(District.objects.get()), Q2, today=TODAY)
        lines = {each.indicator.code: each.total for each in shown(figures)}

        assert lines["RSP-01"].beside == "median to first contact 1.0 working days"
        assert lines["RSP-02"].beside == "median to decision 2.0 h"
        assert lines["RSP-03"].figure == "100%"

    @pytest.mark.parametrize(("contacts", "printed"), [(7, "c"), (8, "1.0 working days")])
    def test_a_median_of_few_is_not_published(self, asked_for, contacts, printed):
        for _ in range(contacts):
            asked_for(on(9, 8))

        figures = figures_for_district(Scope.of(District.objects.get()), Q2, today=TODAY)

        line = next(each for each in figures.shown if each.indicator.code == "RSP-01")
        assert line.total.beside == f"median to first contact {printed}"


def test_a_referral_is_the_teams_that_sent_it(service, figures_of, sent):
    """Whosever the case is."""
    sent(case=CaseFactory(), team=service.south)

    assert figures_of("RSP-02", scope=Scope.of(service.north))[0].denominator == 0
    assert figures_of("RSP-02", scope=Scope.of(service.south))[0].denominator == 1
