"""A period is the sum of its parts, of every figure that adds up."""

import datetime

import pytest

from eitrack.common.periods import Period
from eitrack.directory.models import District
from eitrack.indicators.catalogue.definitions import BY_CODE, INDICATORS
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.measures.measures import Measure
from eitrack.indicators.terms.aggregates import SetOf
from eitrack.indicators.terms.scope import Scope
from tests.indicators.conftest import Q2, TODAY
from tests.indicators.rich import a_quarter_of_everything

pytestmark = pytest.mark.django_db
ADDITIVE = tuple(
    each
    for each in INDICATORS
    if isinstance(each.measure, Measure)
    and not isinstance(each.measure.aggregates["numerator"], SetOf)
)
ONE_DAY = datetime.timedelta(days=1)
# Ends and middles of months, and days on which the quarter of everything has records.
LAST_DAYS = [(7, 1), (7, 6), (7, 31), (8, 15), (8, 31), (9, 1), (9, 14), (9, 15), (9, 29)]


def amounts(code, parts):
    """What adds up of a figure. A rate or a share of all that stands beside it does not."""
    found = parts.numerator, parts.denominator or 0, parts.known, parts.asked, parts.estimated
    if BY_CODE[code].measure.beside:
        found += parts.beside.numerator, parts.beside.denominator
    return found


def figures(period, by):
    scope = Scope.of(District.objects.get())
    found = evaluate(scope, period, by, today=TODAY, indicators=ADDITIVE)
    rows = {(code, "all"): parts for code, parts in found.totals.items()} | {
        (code, key): parts for code, rows in found.cells.items() for key, parts in rows.items()
    }
    by_row = {at: amounts(at[0], parts) for at, parts in rows.items()}
    return {at: each for at, each in by_row.items() if any(each)}


def added(first, second):
    return {
        at: tuple(map(sum, zip(*(each[at] for each in (first, second) if at in each), strict=True)))
        for at in first | second
    }


@pytest.mark.parametrize("by", [None, "team", "kind", "funding_stream", "age_group"])
def test_two_parts_of_a_period_add_up_to_the_whole(by, service, held):
    a_quarter_of_everything(service, held)
    whole = figures(Q2, by)

    for month, day in LAST_DAYS:
        last = datetime.date(2026, month, day)
        first_part = figures(Period(Q2.start, last, ""), by)
        second_part = figures(Period(last + ONE_DAY, Q2.end, ""), by)
        assert added(first_part, second_part) == whole, last

    assert len(whole) > 10
