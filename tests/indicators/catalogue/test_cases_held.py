"""Each indicator has its cases: a new one without them fails here.

Of every collected indicator: a worked example with its arithmetic in words, records of which
nothing is known, a joint session, a void, an empty period.
"""

import importlib
import re
from pathlib import Path

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


def examples():
    """Every test of the catalogue."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        module = importlib.import_module(f"tests.indicators.catalogue.{path.stem}")
        for each in list(vars(module).values()):
            yield from vars(each).values() if isinstance(each, type) else [each]


def examples_of(code):
    """(worked examples, tests of the unknown, why all is known) of an indicator."""
    found = list(examples())
    worked = [each for each in found if code in getattr(each, "worked_example_of", ())]
    unknown = [each for each in found if code in getattr(each, "of_the_unknown", ())]
    return worked, unknown, "".join(each.worked_example_of[code] for each in worked)


@pytest.mark.parametrize("code", [each.code for each in COLLECTED])
def test_an_example_is_worked_by_hand_and_one_is_of_the_unknown(code):
    worked, unknown, all_known = examples_of(code)

    assert worked, f"Mark the worked example of {code} with @worked_example."
    assert all(re.search(r"\d", each.__doc__ or "") for each in worked)
    assert bool(unknown) != bool(all_known), f"@of_the_unknown({code!r}), or all_known=."


def test_examples_are_of_collected_indicators():
    said = {
        code
        for each in examples()
        for name in ("worked_example_of", "of_the_unknown")
        for code in getattr(each, name, ())
    }

    assert said == {each.code for each in COLLECTED}


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
