"""What a printed figure rests on (INDICATORS.md D5, D10 and C7)."""

import datetime

import pytest

from eitrack.common.periods import Period
from eitrack.directory.models import District
from eitrack.indicators.figures.access import figures_of as figures_for_district
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.terms.scope import Scope
from tests.factories.cases import AllocationFactory, CaseFactory
from tests.factories.directory import ContractFactory, PlacementFactory, SiteFactory
from tests.indicators.conftest import Q2, TODAY

pytestmark = pytest.mark.django_db


def published(code, by=None):
    figures = figures_for_district(Scope.of(District.objects.get()), Q2, by, today=TODAY)
    return next(shown for shown in figures.shown if shown.indicator.code == code)


def test_workers_without_such_time_do_not_hide_the_one_who_has_it(service, held):
    """At the hospital five have overhead only: the 75% of direct time would be Ann's own."""
    site = SiteFactory(kind="hospital")
    for _ in range(5):
        held(by=PlacementFactory(team=service.north), kind="overhead", site=site)
    held(kind="drop_in", site=site, minutes=300)
    held(kind="case_contact", site=site, minutes=100, case=CaseFactory(allocated_to=service.ann))

    assert [row.figure for row in published("VIS-01", "site_kind").rows] == ["c"]


def test_open_cases_of_a_running_quarter_are_those_of_today(service):
    """A hand-over planned for 1 December leaves the case open in Ann's hands on 23 November."""
    ContractFactory(worker=service.ann.worker)
    AllocationFactory(
        case=CaseFactory(),
        worker=service.ann.worker,
        team=service.north,
        until_on=datetime.date(2026, 12, 1),
    )

    figures = evaluate(Scope.of(service.north), Period.parse("2026-Q3"), today=TODAY)

    assert (figures.totals["LOD-05"].numerator, figures.totals["LOD-05"].denominator) == (1, 1.0)


def test_conversations_at_an_open_evening_are_no_estimate(service, held):
    """The host's 41 to 80 are an estimate; our 12 conversations, which count, are not (C13)."""
    held(kind="open_evening", conversations=12, attendance=60, band="41-80", method="estimate")

    assert published("RCH-01").total.figure == "10"


@pytest.mark.parametrize(("unknown", "known"), [(3, "c"), (10, "75%"), (0, "100%")])
def test_the_known_share_is_published_like_any_share_of_activities(held, unknown, known):
    """92% of 40 would say that three sessions are without a headcount (D5)."""
    for number in range(40):
        held(attendance=None if number < unknown else 5)

    assert published("RCH-01").total.known == known
