"""Which test holds which case of which indicator: a new one without them fails here.

Of every collected indicator: a worked example with its arithmetic in words, records of which
nothing is known, a joint session, a void, an empty period.
"""

import importlib
import re
from dataclasses import dataclass

import pytest

from eitrack.activities.choices import VoidReason
from eitrack.activities.kinds import KindCode
from eitrack.activities.record.actions import void_activity
from eitrack.common.periods import Period
from eitrack.directory.models import District
from eitrack.indicators.catalogue.definitions import INDICATORS
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.terms.breakdowns import BREAKDOWNS
from eitrack.indicators.terms.indicator import Disclosure
from eitrack.indicators.terms.scope import Scope
from tests.factories.activities import TimeEntryFactory
from tests.indicators.conftest import Q2, TODAY
from tests.indicators.rich import a_quarter_of_everything

pytestmark = pytest.mark.django_db
COLLECTED = [each for each in INDICATORS if each.measure]


@dataclass(frozen=True)
class Held:
    """Where the worked example and the all-unknown case are, as "module::Class::test" below
    tests.indicators; `all_known` says why there is nothing that could be unknown.
    """

    worked: str
    unknown: str = ""
    all_known: str = ""


ON_A_CASE_OR_NOT = "An activity is on a case or it is not."
EVERY_ENTRY = "Every time entry has its minutes, its kind and its stream."
NO_FIELD = "It counts records, whatever they say."
A_REASON = "A case does not close without a reason."
AGREED_OR_NOT = "Agreed and in date by its days, or it is not."
CASES = {
    "VIS-01": Held(
        "test_definitions::TestVis01UnregisteredShare::test_worked_example",
        all_known=ON_A_CASE_OR_NOT,
    ),
    "VIS-02": Held(
        "test_definitions::TestVis02UnregisteredSessions::test_worked_example",
        all_known=ON_A_CASE_OR_NOT,
    ),
    "VIS-03": Held(
        "test_definitions::TestVis03VisibilityGap::test_worked_example", all_known=ON_A_CASE_OR_NOT
    ),
    "VIS-04": Held(
        "test_definitions::TestVis04Consultations::test_worked_example", all_known=NO_FIELD
    ),
    "VIS-05": Held(
        "test_load::TestVis05Recording::test_worked_example",
        "test_all_unknown::test_vis_05_without_contracts_no_day_is_expected",
    ),
    "RCH-01": Held(
        "test_definitions::TestRch01Attendances::test_worked_example",
        "test_definitions::TestRch01Attendances::test_all_unknown_is_not_a_count_of_people",
    ),
    "RCH-02": Held(
        "test_reach::test_rch_02_worked_example",
        "test_all_unknown::test_rch_02_of_nobody_it_is_known_who_is_new",
    ),
    "RCH-03": Held(
        "test_people_reached::test_rch_03_worked_example",
        "test_all_unknown::test_rch_03_no_session_has_a_headcount",
    ),
    "RCH-04": Held(
        "test_reach::test_rch_04_worked_example", all_known="A contact is on a case or it is not."
    ),
    "RCH-05": Held(
        "test_reach::test_rch_05_worked_example",
        all_known="A case has its day, and so has a contact.",
    ),
    "RCH-06": Held(
        "test_reach::test_rch_06_worked_example",
        "test_all_unknown::test_rch_06_no_session_has_its_seats_ticked",
    ),
    "ERL-01": Held(
        "test_earliness::test_erl_01_worked_example",
        "test_earliness::test_c20_what_is_not_known_leaves_both_numbers",
    ),
    "ERL-02": Held(
        "test_earliness::test_erl_02_worked_example",
        "test_earliness::test_c20_what_is_not_known_leaves_both_numbers",
    ),
    "ERL-03": Held(
        "test_earliness::test_erl_03_worked_example",
        "test_all_unknown::test_erl_03_nobody_was_asked",
    ),
    "ERL-04": Held(
        "test_earliness::test_erl_04_worked_example",
        "test_earliness::test_c20_what_is_not_known_leaves_both_numbers",
    ),
    "ERL-05": Held("test_earliness::test_erl_05_worked_example", all_known=A_REASON),
    "PTN-01": Held(
        "test_agreements::TestPtn01ProtocolCoverage::test_worked_example", all_known=AGREED_OR_NOT
    ),
    "PTN-02": Held(
        "test_agreements::TestPtn02ReviewsOverdue::test_worked_example", all_known=AGREED_OR_NOT
    ),
    "PTN-03": Held(
        "test_agreements::TestPtn03NegotiationEffort::test_worked_example",
        "test_agreements::TestPtn03NegotiationEffort::"
        "test_with_nothing_known_it_is_no_hours_and_no_median",
    ),
    "PTN-04": Held(
        "test_partnership::TestPtn04JointDeliveryShare::test_worked_example",
        all_known="A partner is on the record or nobody is.",
    ),
    "PTN-05": Held(
        "test_partnership::TestPtn05InformalContact::test_worked_example",
        "test_partnership::TestPtn05InformalContact::"
        "test_c20_contacts_of_which_it_is_not_known_leave_the_denominator",
    ),
    "RSP-01": Held(
        "test_responsiveness::TestRsp01RequestToFirstContact::test_worked_example",
        "test_responsiveness::TestRsp01RequestToFirstContact::"
        "test_c20_without_any_contact_there_is_no_median",
    ),
    "RSP-02": Held(
        "test_responsiveness::TestRsp02FastTrack::test_worked_example",
        "test_responsiveness::TestRsp02FastTrack::"
        "test_c20_of_what_is_not_decided_there_is_no_median",
    ),
    "RSP-03": Held(
        "test_responsiveness::TestRsp03ReferralFit::test_worked_example",
        "test_responsiveness::TestRsp03ReferralFit::"
        "test_c20_with_no_decision_there_is_nothing_to_divide",
    ),
    "RSP-04": Held(
        "test_responsiveness::TestRsp04ThresholdAdvice::test_worked_example",
        "test_responsiveness::TestRsp04ThresholdAdvice::"
        "test_c20_without_a_known_result_there_is_no_share",
    ),
    "LOD-01": Held(
        "test_load::TestLod01Workload::test_worked_example",
        "test_all_unknown::test_lod_01_and_lod_02_nobody_has_contracted_hours",
    ),
    "LOD-02": Held(
        "test_load::test_lod_02_direct_share_splits_a_contract_among_hats",
        "test_all_unknown::test_lod_01_and_lod_02_nobody_has_contracted_hours",
    ),
    "LOD-03": Held(
        "test_load::test_lod_03_and_lod_04_hats_and_hosts",
        "test_all_unknown::test_lod_03_nobody_logged_anything_in_four_weeks",
    ),
    "LOD-04": Held(
        "test_load::test_lod_03_and_lod_04_hats_and_hosts",
        "test_all_unknown::test_lod_04_the_one_with_two_hosts_logged_nothing",
    ),
    "LOD-05": Held(
        "test_definitions::TestLod05OpenCasesPerHolder::test_worked_example",
        "test_definitions::TestLod05OpenCasesPerHolder::"
        "test_holders_without_contracted_hours_are_left_out",
    ),
    "FND-01": Held(
        "test_load::test_fnd_01_hours_by_the_stream_on_the_entry", all_known=EVERY_ENTRY
    ),
    "FND-02": Held(
        "test_load::test_fnd_02_funding_horizon",
        "test_all_unknown::test_fnd_02_no_hat_has_planned_hours",
    ),
}


def test_every_collected_indicator_stands_in_the_table():
    assert list(CASES) == [each.code for each in COLLECTED]


def found(name):
    module, *path = name.split("::")
    test = importlib.import_module(f"tests.indicators.catalogue.{module}")
    for part in path:
        test = getattr(test, part)
    return test


@pytest.mark.parametrize("code", CASES)
def test_the_named_tests_are_there_and_show_their_arithmetic(code):
    case = CASES[code]

    assert re.search(r"\d", found(case.worked).__doc__ or "")
    assert bool(case.unknown) != bool(case.all_known)
    assert not case.unknown or callable(found(case.unknown))


@pytest.fixture
def rich(service, held):
    """(activities, case) of a quarter in which every figure holds something."""
    return a_quarter_of_everything(service, held)


@pytest.fixture
def service_of(service):
    def service_of(by=None, period=Q2):
        scope = Scope.of(District.objects.get())
        figures = evaluate(scope, period, by, today=TODAY)
        return {each.code: figures.totals[each.code] for each in COLLECTED}, figures.cells

    return service_of


def test_in_the_quarter_of_everything_no_figure_is_nothing(rich, service_of):
    totals, _ = service_of()

    assert [code for code, parts in totals.items() if not parts.numerator] == []


def test_an_empty_quarter_beside_it_holds_none_of_its_records(rich, service_of):
    """From April to June 2024 three people were there and nothing is recorded: counts are 0, and of
    the rest there is nothing to divide. All they carry is the stable part, 15 of 100.
    """
    totals, _ = service_of(period=Period.parse("2024-Q1"))

    assert {code: parts.value for code, parts in totals.items() if parts.value} == {"LOD-01": 0.15}


def test_a_void_of_every_kind_restores_every_figure(rich, service_of, held):
    """Whatever is added and voided again leaves each total, and each row of each breakdown."""
    _, case = rich
    codes = [None, *BREAKDOWNS]
    before = [service_of(by) for by in codes]
    needs = {
        KindCode.CASE_CONTACT: {"case": case},
        KindCode.PLAYGROUND: {"conversations": 5},
        KindCode.OPEN_EVENING: {"conversations": 5},
        KindCode.PROTOCOL_WORK: {"agency": rich[0][5].agency, "topic": "consent"},
    }
    added = [
        held(kind=kind.value, minutes=30, need_level=2, **needs.get(kind, {})) for kind in KindCode
    ]
    changed = service_of()

    for activity in added:
        void_activity(by=activity.recorded_by, activity=activity, reason=VoidReason.MISTAKE)

    assert changed != before[0]
    for code, (totals, cells) in zip(codes, before, strict=True):
        assert service_of(code) == (totals, cells), code


# With a colleague of another team on every record these grow by the colleague's own time.
BY_TIME = {"VIS-01", "VIS-03", "VIS-05", "ERL-01", "PTN-03", "FND-01"}
BY_TIME |= {"LOD-01", "LOD-02", "LOD-03", "LOD-04"}


def test_joint_sessions_count_once_but_for_everybodys_time(rich, service, service_of):
    """Cem joins every record with 30 minutes: people, families and activities stay as they were
    (C3); what counts minutes counts his.
    """
    before, _ = service_of()

    for activity in rich[0]:
        if not activity.time_entries.filter(worker=service.cem.worker).exists():
            TimeEntryFactory(activity=activity, placement=service.cem, contact_minutes=30)

    after, _ = service_of()
    same = {
        code
        for code in before
        if (after[code].numerator, after[code].denominator, after[code].low)
        == (before[code].numerator, before[code].denominator, before[code].low)
    }
    counted = {each.code for each in COLLECTED if each.disclosure != Disclosure.RESOURCES}
    assert counted <= same
    assert {"VIS-01", "VIS-03", "ERL-01", "PTN-03", "FND-01", "LOD-02"}.isdisjoint(same)
    assert set(before) - same <= BY_TIME


def test_a_joint_session_stands_under_each_team_and_once_in_the_service(rich, service, service_of):
    """Cem joins a drop-in of 12: it is the North's and the South's, and the service's once."""
    _, before = service_of("team")
    TimeEntryFactory(activity=rich[0][0], placement=service.cem, contact_minutes=30)

    _, rows = service_of("team")

    north, south = service.north.pk, service.south.pk
    assert rows["RCH-01"][north] == before["RCH-01"][north]
    assert rows["RCH-01"][south].value == before["RCH-01"][south].value + 12
    assert rows["VIS-02"][south].value == before["VIS-02"][south].value + 1
