"""A small service whose figures can be worked by hand, and one call that evaluates it."""

import datetime
from types import SimpleNamespace

import pytest

from eitrack.common.periods import Period
from eitrack.directory.models import District
from eitrack.indicators.catalogue.definitions import BY_CODE
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.terms.scope import Scope
from tests.factories.activities import ActivityFactory, TimeEntryFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import (
    AgencyFactory,
    ContractFactory,
    PlacementFactory,
    TeamFactory,
)

Q2 = Period.parse("2026-Q2")  # July to September 2026
TODAY = datetime.date(2026, 11, 23)
A_DAY = datetime.date(2026, 9, 15)


@pytest.fixture
def service(db):
    """Two teams of one district, Ann and Ben in the North team, Cem in the South team."""
    north, south = TeamFactory(name="North", slug="north"), TeamFactory(name="South", slug="south")
    ann, ben = PlacementFactory(team=north), PlacementFactory(team=north)
    return SimpleNamespace(
        north=north, south=south, ann=ann, ben=ben, cem=PlacementFactory(team=south)
    )


@pytest.fixture
def figures_of(service):
    """`figures_of(code, by=…)` is (Parts of all, {row: Parts}) of the district in Q2 of 2026."""

    def figures_of(code, by=None, scope=None, period=Q2):
        scope = scope or Scope.of(District.objects.get())
        figures = evaluate(scope, period, by, today=TODAY, indicators=[BY_CODE[code]])
        return figures.totals[code], figures.cells.get(code, {})

    return figures_of


@pytest.fixture
def held(service):
    """Record an activity of a placement on a day of the quarter."""

    def held(by=None, **fields):
        return ActivityFactory(by=by or service.ann, date=fields.pop("date", A_DAY), **fields)

    return held


@pytest.fixture
def joined():
    """Add a colleague's time to an activity."""

    def joined(activity, placement, minutes):
        return TimeEntryFactory(activity=activity, placement=placement, contact_minutes=minutes)

    return joined


@pytest.fixture
def case(service):
    return CaseFactory(allocated_to=service.ann)


@pytest.fixture
def full_time(service):
    """Contracts: Ann and Cem full time, Ben half."""
    ContractFactory(worker=service.ann.worker)
    ContractFactory(worker=service.cem.worker)
    half = dict.fromkeys(
        [f"{day}_minutes" for day in ("monday", "tuesday", "wednesday", "thursday", "friday")], 216
    )
    ContractFactory(worker=service.ben.worker, **half)


@pytest.fixture
def school(service):
    return AgencyFactory(name="Hill School", kind="school")


@pytest.fixture
def clinic(service):
    return AgencyFactory(name="Health centre", kind="health")
