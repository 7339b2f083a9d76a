"""Twelve quarters from one read: the same figures, and no more queries than for one."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from eitrack.cases.models import Case
from eitrack.common import cached_lists
from eitrack.common.periods import Period
from eitrack.directory.models import Absence, Contract, District, Placement, Team
from eitrack.indicators.catalogue.definitions import BY_CODE, INDICATORS
from eitrack.indicators.figures.access import FiguresOverTime, figures_over_time
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.figures.over_time import quarters_until
from eitrack.indicators.measures.measures import Measure
from eitrack.indicators.models import MonthlySums
from eitrack.indicators.terms.scope import Scope
from tests.factories.cases import CaseFactory
from tests.factories.directory import PlacementFactory
from tests.indicators.conftest import Q2, TODAY
from tests.indicators.rich import a_quarter_of_everything

pytestmark = pytest.mark.django_db
SUMMED = tuple(each for each in INDICATORS if isinstance(each.measure, Measure))


@pytest.fixture
def three_years(service, held, full_time):
    """Something in every other quarter, and a worker who was there in the first year only."""
    for number, quarter in enumerate(quarters_until(Q2, TODAY)):
        if number % 2:
            held(date=quarter.start, attendance=number)
            held(service.cem, date=quarter.end, attendance=2, kind="outreach")
    PlacementFactory(
        team=service.south,
        from_on=datetime.date(2023, 10, 1),
        until_on=datetime.date(2024, 3, 31),
    )
    Absence.objects.create(
        worker=service.ann.worker,
        from_on=datetime.date(2026, 3, 25),
        until_on=datetime.date(2026, 4, 5),
    )


def series(scope, periods, indicators=INDICATORS):
    """Exact figures of each period, from one read."""
    with FiguresOverTime(scope, periods, today=TODAY, exact=True) as over_time:
        return [over_time.of(each, indicators=indicators) for each in periods]


def queries_of(periods):
    with CaptureQueriesContext(connection) as captured:
        series(Scope.of(District.objects.get()), periods, SUMMED)
    return len(captured)


def test_each_quarter_is_what_it_is_by_itself(three_years):
    scope = Scope.of(District.objects.get())
    quarters = quarters_until(Q2, TODAY)

    for quarter, figures in zip(quarters, series(scope, quarters), strict=True):
        alone = evaluate(scope, quarter, today=TODAY)
        assert figures.totals == alone.totals
        assert figures.coverage == alone.coverage
    assert sum(each.totals["RCH-01"].numerator for each in series(scope, quarters)) == 48


@pytest.mark.parametrize("by", [None, "team", "need_level", "agency_kind", "host", "post"])
@pytest.mark.parametrize("of", [District, Team])
def test_figures_read_together_are_those_read_alone(three_years, service, held, of, by):
    """The quarter, the one before, the same a year ago and the year, where every figure holds
    something: each from records that are read for all four.
    """
    a_quarter_of_everything(service, held)
    CaseFactory(
        allocated_to=service.ann,
        opened_on=datetime.date(2025, 8, 4),
        consent_on=datetime.date(2025, 8, 4),
        closed_on=datetime.date(2026, 5, 29),
        end_reason="needs_met",
    )
    scope = Scope.of(of.objects.order_by("pk").first())
    periods = [Q2, Q2.previous(), Q2.a_year_before(), Period.parse("2026")]

    with FiguresOverTime(scope, periods, today=TODAY, exact=True) as over_time:
        together = [over_time.of(each, by) for each in periods]

    for figures in together:
        alone = evaluate(scope, figures.period, by, today=TODAY)
        assert figures.totals == alone.totals
        assert figures.cells == alone.cells
        assert figures.coverage == alone.coverage
        for code, parts in figures.totals.items():
            assert parts.behind == alone.totals[code].behind
    assert together[0].totals != together[1].totals


def test_a_breakdown_within_a_series_is_that_of_its_period(three_years):
    scope = Scope.of(District.objects.get())

    quarters = quarters_until(Q2, TODAY)

    with FiguresOverTime(scope, quarters, today=TODAY, exact=True) as over_time:
        figures = over_time.of(Q2, "team")

    assert figures.cells == evaluate(scope, Q2, "team", today=TODAY).cells


def test_queries_do_not_grow_with_the_number_of_quarters(three_years):
    quarters = quarters_until(Q2, TODAY)
    queries_of(quarters)

    few = queries_of(quarters[-2:])

    assert queries_of(quarters) == few
    assert few <= 11


def test_nothing_is_worked_out_twice_for_a_series(three_years):
    quarters = quarters_until(Q2, TODAY)

    worked_out = queries_of(quarters)

    assert queries_of(quarters) < worked_out <= 17
    stored = MonthlySums.objects.filter(scope__startswith="district").order_by()
    assert set(stored.values_list("records", "breakdown").annotate(rows=Count("pk"))) == {
        ("activities", "", 36),
        ("time_entries", "", 36),
        ("time_entries", "hat", 36),
    }


def test_quarters_end_with_the_period_and_never_after_today():
    assert [each.code for each in quarters_until(Q2, TODAY)][::11] == ["2023-Q3", "2026-Q2"]
    assert quarters_until(Period.parse("2025"), TODAY)[-1].code == "2025-Q4"
    assert quarters_until(Period.parse("2026"), TODAY)[-1].code == "2026-Q3"
    assert len(quarters_until(Q2, TODAY)) == 12


def test_a_series_is_of_whom_the_user_may_ask_and_of_nobody_else(worker, outsider, district):
    quarters = quarters_until(Q2, TODAY)

    with pytest.raises(PermissionDenied):
        figures_over_time(worker, Scope.of(outsider), quarters, today=TODAY)
    service = Scope.of(District.objects.get())
    published = figures_over_time(district, service, quarters, today=TODAY)
    figures = published.of(Period.parse("2026-Q3"), indicators=(BY_CODE["RCH-01"],))
    assert figures.shown[0].total.figure == "x"


@pytest.mark.parametrize(
    ("change", "by"),
    [
        (lambda: Contract.objects.all().delete(), None),
        (lambda: Case.objects.update(adults=7), "need_level"),
        (lambda: Placement.objects.update(planned_minutes=10), "host"),
        (lambda: Team.objects.filter(name="North").update(name="Renamed"), "team"),
    ],
    ids=["contracts", "cases", "hats", "names"],
)
def test_kept_figures_are_those_of_now(change, by, service, held, full_time):
    a_quarter_of_everything(service, held)
    scope = Scope.of(District.objects.get())

    def kept():
        with FiguresOverTime(scope, [Q2], today=TODAY, exact=True) as over_time:
            return over_time.of(Q2, by)

    kept()  # Stores sums, so it is not kept itself.
    before, again = kept(), kept()
    change()

    assert again is before
    assert kept() == evaluate(scope, Q2, by, today=TODAY) != before


@pytest.mark.parametrize("by", [None, "team", "post", "programme", "host"])
def test_figures_rest_on_no_list_of_another_cache(by, service, held, monkeypatch):
    a_quarter_of_everything(service, held)
    monkeypatch.setattr(cached_lists, "_versions", lambda: pytest.fail("a list from memory"))

    evaluate(Scope.of(District.objects.get()), Q2, by, today=TODAY)
