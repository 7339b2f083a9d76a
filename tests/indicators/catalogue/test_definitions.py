"""Each indicator: an example worked by hand in the docstring, and the awkward cases."""

import datetime

import pytest

from eitrack.activities.models import Activity
from eitrack.indicators.catalogue.definitions import HEADLINE, INDICATORS
from eitrack.indicators.terms.breakdowns import BREAKDOWNS
from eitrack.indicators.terms.figures import Parts
from eitrack.indicators.terms.scope import Scope
from tests.factories.cases import AllocationFactory, CaseFactory
from tests.indicators.examples import of_the_unknown, worked_example

pytestmark = pytest.mark.django_db

CODES = [indicator.code for indicator in INDICATORS]


class TestTheTuple:
    def test_codes_are_unique_and_in_the_order_of_the_catalogue(self):
        order = ["VIS", "RCH", "ERL", "PTN", "RSP", "LOD", "OUT", "FND"]

        assert len(set(CODES)) == len(CODES)
        assert sorted(CODES, key=lambda code: (order.index(code[:3]), code)) == CODES

    def test_every_breakdown_is_known(self):
        assert {code for each in INDICATORS for code in each.breakdowns} <= set(BREAKDOWNS)

    def test_the_headline_sets_the_old_measure_beside_the_new(self):
        assert [each.code for each in HEADLINE] == ["LOD-05", "VIS-01", "VIS-03"]

    @pytest.mark.parametrize("indicator", INDICATORS, ids=CODES)
    def test_wording_claims_no_effect(self, indicator):
        words = f"{indicator.name} {indicator.purpose} {indicator.definition}".lower()

        assert not any(claim in words for claim in ("impact", "saved", "prevented"))


@pytest.mark.parametrize("code", CODES)
class TestEveryIndicator:
    def test_an_empty_period_has_nothing_to_divide(self, figures_of, code):
        total, _ = figures_of(code)

        assert total.value in (None, 0)

    def test_a_void_leaves_every_count(self, figures_of, held, code):
        before, _ = figures_of(code)
        held(void=True, attendance=12, kind="drop_in")
        held(void=True, kind="consultation_family")

        assert figures_of(code)[0] == before

    def test_what_did_not_run_leaves_every_count(self, figures_of, held, code):
        before, _ = figures_of(code)
        held(did_not_run=True)

        assert figures_of(code)[0] == before

    def test_time_that_is_only_proposed_does_not_count(self, figures_of, held, code):
        before, _ = figures_of(code)
        held().time_entries.update(state="proposed")

        assert figures_of(code)[0] == before

    def test_another_quarter_does_not_count(self, figures_of, held, code):
        before, _ = figures_of(code)
        held(date=datetime.date(2026, 6, 30), attendance=9)
        held(date=datetime.date(2026, 10, 1), attendance=9)

        assert figures_of(code)[0] == before


class TestVis01UnregisteredShare:
    @worked_example("VIS-01", all_known="An activity is on a case or it is not.")
    def test_worked_example(self, service, figures_of, held, joined, case):
        """Six activities, contact minutes:

        drop-in, Ann 120 and Cem 90 (joint)             unregistered direct   210
        talk with a parent, Ben 30                      unregistered direct    30
        talk with a parent on a case, Ann 45            direct, registered     45
        home visit (case contact), Ann 60 + 20 travel   direct, registered     60
        advice to a teacher, Ann 25                     not direct
        supervision, Ben 60                             not direct

        N = 240, D = 240 + 105 = 345, 69.6 %. North: N = 150, D = 255; South: 90 of 90.
        """
        joined(held(minutes=120, attendance=16), service.cem, 90)
        held(service.ben, kind="consultation_family", minutes=30)
        held(kind="consultation_family", minutes=45, case=case)
        visit = held(kind="case_contact", minutes=60, case=case)
        visit.time_entries.update(travel_minutes=20)
        held(kind="consultation_professional", minutes=25)
        held(service.ben, kind="overhead", minutes=60)

        total, rows = figures_of("VIS-01", by="team")

        assert (total.numerator, total.denominator) == (240, 345)
        north, south = rows[service.north.pk], rows[service.south.pk]
        assert (north.numerator, north.denominator) == (150, 255)
        assert (south.numerator, south.denominator) == (90, 90)

    def test_a_share_of_nothing_is_none(self, figures_of, held):
        held(kind="overhead")

        assert figures_of("VIS-01")[0].value is None


class TestVis02UnregisteredSessions:
    @worked_example("VIS-02", all_known="An activity is on a case or it is not.")
    def test_worked_example(self, service, figures_of, held, joined, case):
        """Seven activities: a drop-in of two workers and two teams (1), a drop-in nobody came to
        (1), a playground spell (1), a talk with a child (1); not a talk on a case, not advice to
        a teacher, not a void one. The service has 4; North 4, South 1: the joint one is in both.
        """
        joint = held(attendance=16)
        joined(joint, service.ben, 60)
        joined(joint, service.cem, 60)
        held(attendance=0)
        held(service.ben, kind="playground", conversations=9)
        held(kind="consultation_child", attendance=1)
        held(kind="consultation_family", case=case)
        held(kind="consultation_professional")
        held(void=True)

        total, rows = figures_of("VIS-02", by="team")

        assert total.value == 4
        assert rows[service.north.pk].value == 4
        assert rows[service.south.pk].value == 1

    def test_rows_of_the_activity_add_up_to_the_total(self, service, figures_of, held, joined):
        joined(held(), service.cem, 60)
        held(kind="outreach")

        total, rows = figures_of("VIS-02", by="kind")

        assert sum(parts.value for parts in rows.values()) == total.value == 2

    def test_a_team_has_its_own_activities_only(self, service, figures_of, held):
        held()
        held(service.cem)

        assert figures_of("VIS-02", scope=Scope.of(service.north))[0].value == 1
        assert figures_of("VIS-02", scope=Scope.of(service.cem.worker))[0].value == 1


class TestVis03VisibilityGap:
    @worked_example("VIS-03", all_known="An activity is on a case or it is not.")
    def test_worked_example(self, service, figures_of, held, joined, case):
        """Hours of service time: four home visits of 16 h on a case = 64; a drop-in of Ann 16 and
        Cem 16 = 32; advice to a teacher 16 + 8 preparation = 24; supervision 16 is overhead.
        N = 64 + 32 + 24 = 120, D = 64, 1.875. South has no case hours: nothing to divide.
        """
        for day in (1, 2, 3, 4):
            held(kind="case_contact", case=case, minutes=960, date=datetime.date(2026, 9, day))
        joined(held(minutes=960), service.cem, 960)
        advice = held(service.ben, kind="consultation_professional", minutes=960)
        advice.time_entries.update(preparation_minutes=480)
        held(service.ben, kind="overhead", minutes=960)

        total, rows = figures_of("VIS-03", by="team")

        assert (total.numerator, total.denominator) == (120 * 60, 64 * 60)
        assert total.value == 1.875
        assert rows[service.south.pk].value is None

    def test_below_fifty_case_hours_no_ratio_is_shown(self, figures_of, held, case):
        held(kind="case_contact", case=case, minutes=960)

        assert figures_of("VIS-03")[0].value is None


class TestVis04Consultations:
    @worked_example("VIS-04", all_known="It counts records, whatever they say.")
    def test_worked_example(self, service, figures_of, held, joined, case):
        """Six activities: two talks with a parent, one of them on a case (2), a talk with a child
        by two workers (1), advice to a professional (1); not a drop-in, not a joint visit: 4.
        """
        held(kind="consultation_family", attendance=1)
        held(kind="consultation_family", attendance=2, case=case)
        joined(held(kind="consultation_child"), service.cem, 30)
        held(service.ben, kind="consultation_professional")
        held()
        held(kind="joint_visit")

        total, rows = figures_of("VIS-04", by="kind")

        assert total.value == 4
        assert rows["consultation_family"].value == 2
        assert rows["consultation_child"].value == 1
        assert rows["consultation_professional"].value == 1


class TestRch01Attendances:
    @worked_example("RCH-01")
    def test_worked_example(self, service, figures_of, held, joined, case):
        """Attendance once per activity, however many workers (C3):

        drop-in, 9 adults and 7 children, Ann and Cem   16
        drop-in, headcount not known                     not known
        group session, about 11 to 20                   15 (estimate)
        playground, 9 conversations                      9
        open evening, 60 heads, 14 conversations        14
        home visit on a case                             3
        training for 20 professionals                    not direct

        57 in all; North 57, South 16 (the joint one is in both). 5 of 6 known, 15 estimated.
        """
        joint = held(attendance=16, adults=9, children=7, minutes=120)
        joined(joint, service.cem, 90)
        held(service.ben, attendance=None)
        held(kind="group_session", attendance=15, method="estimate", band="11-20")
        held(kind="playground", conversations=9)
        held(kind="open_evening", attendance=60, conversations=14)
        held(kind="case_contact", case=case, attendance=3)
        held(kind="training_given", attendance=20)

        total, rows = figures_of("RCH-01", by="team")

        assert total == Parts(numerator=57, known=5, asked=6, estimated=15, workers=2)
        assert rows[service.north.pk].value == 57
        assert rows[service.south.pk].value == 16

    @of_the_unknown("RCH-01")
    def test_all_unknown_is_not_a_count_of_people(self, figures_of, held):
        held(attendance=None)

        total, _ = figures_of("RCH-01")

        assert (total.value, total.known, total.asked) == (0, 0, 1)

    def test_joining_a_session_leaves_attendance_unchanged(self, service, figures_of, held, joined):
        session = held(attendance=16)
        before = figures_of("RCH-01")[0].value

        joined(session, service.cem, 90)

        assert figures_of("RCH-01")[0].value == before == 16


class TestLod05OpenCasesPerHolder:
    @worked_example("LOD-05")
    def test_worked_example(self, service, figures_of, full_time):
        """Open on 30 September: Ann (1.0 FTE) holds A, B and C; Ben (0.5) holds C too, Cem (1.0)
        holds D and E; F closed in August, G opened in October.

        Service: A to E = 5 cases, FTE 2.5, 2.0. North: 3 + 1 = 4 holdings, 1.5 FTE, 2.67.
        South: 2 of 1.0 FTE.
        """
        for _ in "AB":
            CaseFactory(allocated_to=service.ann)
        joint = CaseFactory(allocated_to=service.ann)
        AllocationFactory(case=joint, worker=service.ben.worker, team=service.north)
        for _ in "DE":
            CaseFactory(allocated_to=service.cem)
        CaseFactory(
            allocated_to=service.ann,
            closed_on=datetime.date(2026, 8, 31),
            end_reason="needs_met",
        )
        october = datetime.date(2026, 10, 1)
        CaseFactory(allocated_to=service.ann, opened_on=october, consent_on=october)

        total, rows = figures_of("LOD-05", by="team")

        assert (total.numerator, total.denominator, total.value) == (5, 2.5, 2.0)
        north, south = rows[service.north.pk], rows[service.south.pk]
        assert (north.numerator, north.denominator) == (4, 1.5)
        assert (south.numerator, south.denominator) == (2, 1.0)

    @of_the_unknown("LOD-05")
    def test_holders_without_contracted_hours_are_left_out(self, service, figures_of):
        CaseFactory(allocated_to=service.ann)

        total, _ = figures_of("LOD-05")

        assert (total.value, total.known, total.asked) == (None, 0, 1)


def test_the_records_of_a_change_count_at_once(figures_of, held):
    activity = held(attendance=14)

    Activity.objects.filter(pk=activity.pk).update(attendance=15)

    assert figures_of("RCH-01")[0].value == 15
