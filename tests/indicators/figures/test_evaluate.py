"""One pass over each kind of record, however many indicators, rows and activities."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eitrack.directory.models import District
from eitrack.indicators.catalogue.definitions import BY_CODE, INDICATORS
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.figures.evaluation import Evaluation
from eitrack.indicators.measures.calculated.by_hat import full_time_equivalents
from eitrack.indicators.measures.measures import Measure
from eitrack.indicators.terms.breakdowns import BREAKDOWNS
from eitrack.indicators.terms.scope import Scope
from tests.factories.directory import DistrictFactory, PlacementFactory, TeamFactory
from tests.indicators.conftest import A_DAY, Q2, TODAY

pytestmark = pytest.mark.django_db
SUMMED = tuple(each for each in INDICATORS if isinstance(each.measure, Measure))


def queries_of(by, indicators=INDICATORS):
    scope = Scope.of(District.objects.get())
    with CaptureQueriesContext(
        connection,
    ) as captured:
        evaluate(scope, Q2, by, today=TODAY, indicators=indicators)
    return len(captured)


@pytest.mark.parametrize("by", [None, *BREAKDOWNS])
def test_queries_do_not_grow_with_activities_rows_or_indicators(service, held, by):
    held(attendance=3)
    few = queries_of(by)
    for number in range(12):
        placement = PlacementFactory(team=TeamFactory())
        held(placement, attendance=number, kind="outreach")

    assert queries_of(by) == few
    held(attendance=3)
    assert queries_of(by, (*INDICATORS, *INDICATORS)) == few
    assert few <= 52


@pytest.mark.parametrize("by", BY_CODE["VIS-02"].breakdowns)
def test_every_activity_is_in_a_row_of_every_breakdown(service, held, by):
    held(attendance=3)
    held(kind="consultation_family")

    vis_02 = BY_CODE["VIS-02"]
    figures = evaluate(Scope.of(District.objects.get()), Q2, by, today=TODAY, indicators=[vis_02])

    rows = figures.rows_of(vis_02)
    assert sum(parts.numerator for _, parts in rows) == 2


def test_coverage_is_days_with_a_record_out_of_working_days(service, held, full_time):
    """July to September 2026 has 92 days, 66 Mondays to Fridays, one bank holiday (31 August):
    65 days each for Ann, Ben and Cem, 195. Two days of Ann's, one of them with two records, and a
    Saturday that was not expected: 2 of 195.
    """
    held()
    held(kind="outreach")
    held(date=datetime.date(2026, 9, 16))
    held(date=datetime.date(2026, 9, 19))

    coverage = evaluate(Scope.of(District.objects.get()), Q2, today=TODAY, indicators=()).coverage

    assert (coverage.recorded, coverage.expected) == (2, 195)


def test_working_days_are_those_of_the_nation_of_each_district(service, held, full_time):
    """In Scotland 3 August is free and 31 August is not: 65 days too, but other ones. Ann wears a
    second hat there; each hat has the days of its own district.
    """
    clyde = DistrictFactory(name="Clyde", slug="clyde", nation="scotland")
    there = PlacementFactory(worker=service.ann.worker, team=TeamFactory(district=clyde))
    for day in (3, 31):
        held(date=datetime.date(2026, 8, day))

    def coverage_of(record):
        found = evaluate(Scope.of(record), Q2, today=TODAY, indicators=()).coverage
        return found.recorded, found.expected

    assert coverage_of(service.north.district) == (1, 195)  # the third
    assert coverage_of(clyde) == (1, 65)  # the thirty-first
    assert coverage_of(service.ann.worker) == (2, 66)
    assert full_time_equivalents_of(service.ann.worker) == 1
    there.delete()
    assert coverage_of(service.ann.worker) == (1, 65)


def full_time_equivalents_of(worker):
    whole = Evaluation(Scope.of(worker), Q2, None, today=TODAY)
    return full_time_equivalents(whole)[None]


def test_exact_figures_do_not_become_text_by_accident(service, held):
    held(date=A_DAY)

    figures = evaluate(Scope.of(District.objects.get()), Q2, today=TODAY)

    with pytest.raises(TypeError, match="publish"):
        str(figures)


@pytest.mark.parametrize("by", [None, *BREAKDOWNS])
def test_figures_of_stored_months_read_no_activity(service, held, by):
    held(attendance=3)
    queries_of(by, SUMMED)

    with CaptureQueriesContext(connection) as captured:
        evaluate(Scope.of(District.objects.get()), Q2, by, today=TODAY, indicators=SUMMED)

    assert len(captured) <= 29
    assert not [query for query in captured if "activities_activity" in query["sql"]]
