"""What will be asked of the same records comes from one reading of them, and is the same."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eitrack.activities.models import TimeEntry
from eitrack.common.periods import Period
from eitrack.directory.models import District
from eitrack.indicators.models import MonthlySums
from eitrack.indicators.records import OF_ENTRIES, time_entries
from eitrack.indicators.scope import Scope
from eitrack.indicators.stored import bundles_of_district
from eitrack.indicators.sums import Sums, store
from tests.factories.directory import AgencyFactory
from tests.indicators.conftest import Q2

pytestmark = pytest.mark.django_db
BUNDLES = {
    records: [each for each in bundles_of_district() if each.records is records]
    for records in OF_ENTRIES
}


@pytest.fixture
def district(service, held, joined, case):
    """A quarter with a joint session, two teams and three months in it."""
    held(kind="protocol_work", topic="consent", agency=AgencyFactory())
    held(kind="case_contact", case=case, attendance=2)
    joined(held(attendance=9, minutes=120), service.cem, 90)
    held(service.cem, minutes=40)
    for month in (7, 8, 9):
        held(minutes=month, date=datetime.date(2026, month, 15))
    return Scope.of(District.objects.get())


def one_by_one(district, bundle, period=Q2):
    return Sums(district, period).by_month(bundle.records, *bundle.wanted)


def readings(captured):
    return [query for query in captured if TimeEntry._meta.db_table in query["sql"]]


@pytest.mark.parametrize("records", OF_ENTRIES)
def test_all_together_are_the_same_as_one_by_one(district, records):
    bundles = BUNDLES[records]
    sums = Sums(district, Q2)

    with CaptureQueriesContext(connection) as captured:
        sums.foresee(records, *(bundle.wanted for bundle in bundles))
        together = [sums.by_month(records, *bundle.wanted) for bundle in bundles]

    assert len(readings(captured)) == 1
    assert together == [one_by_one(district, bundle) for bundle in bundles]
    assert all(bundle["2026-09"] for bundle in together)


def test_only_what_is_missing_is_worked_out(district):
    asked = whole, by_team = BUNDLES[time_entries][:2]
    first = Sums(district, Period.parse("2026-07"))
    first.of(time_entries, *whole.wanted)
    store([first])
    sums = Sums(district, Q2)

    sums.foresee(time_entries, whole.wanted, by_team.wanted)
    store([sums])

    assert len(sums.fresh) == 2 + 3
    kept = MonthlySums.objects.values_list("breakdown", "month")
    assert sorted(kept) == [(each.key[1], month) for each in asked for month in sums.months]
    for bundle in asked:
        assert sums.by_month(time_entries, *bundle.wanted) == one_by_one(district, bundle)


def test_a_stretch_of_days_foresees_nothing(district):
    fortnight = Period(datetime.date(2026, 9, 7), datetime.date(2026, 9, 20), "")

    with CaptureQueriesContext(connection) as captured:
        Sums(district, fortnight).foresee(time_entries, BUNDLES[time_entries][0].wanted)

    assert not captured.captured_queries
