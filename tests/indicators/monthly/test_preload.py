"""Preloaded sums come from one reading of the entries, and are the same."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eitrack.activities.models import TimeEntry
from eitrack.common.periods import Period
from eitrack.directory.models import District
from eitrack.indicators.figures.evaluation import Evaluation
from eitrack.indicators.models import MonthlySums
from eitrack.indicators.monthly.declared import sum_sets_of_district
from eitrack.indicators.monthly.store import MonthStore, store
from eitrack.indicators.terms.records import activities, sessions, time_entries
from eitrack.indicators.terms.scope import Scope
from tests.factories.directory import AgencyFactory
from tests.indicators.conftest import Q2, TODAY

pytestmark = pytest.mark.django_db
# The people of a series are read by themselves: the edge of a month does not add up.
SUM_SETS = [each for each in sum_sets_of_district() if each.records is not sessions]
WHOLE, BY_TEAM = [each for each in SUM_SETS if each.records is time_entries][:2]


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


def one_by_one(district, sum_set):
    return read(MonthStore(district), sum_set)


def read(sums, sum_set):
    return sums.by_month(sum_set, Q2.months)


def load(sums, sum_sets):
    sums.load(dict.fromkeys(sum_sets, Q2.months))


def readings(captured):
    return [query for query in captured if TimeEntry._meta.db_table in query["sql"]]


def test_all_together_are_the_same_as_one_by_one(district):
    sums = MonthStore(district)

    with CaptureQueriesContext(connection) as captured:
        load(sums, SUM_SETS)
        together = [read(sums, sum_set) for sum_set in SUM_SETS]

    assert len(readings(captured)) == 1
    assert together == [one_by_one(district, sum_set) for sum_set in SUM_SETS]
    assert all(sum_set["2026-09"] for sum_set in together)


def test_a_joint_session_is_one_activity_of_the_whole_and_one_of_each_team(district):
    by_records = {(each.records, each.code): each for each in SUM_SETS}
    whole, by_team = by_records[activities, ""], by_records[activities, "team"]
    sums = MonthStore(district)

    load(sums, [whole, by_team, WHOLE])

    def attendance(sum_set):
        return [row["rch_01_numerator"] for row in read(sums, sum_set)["2026-09"].values()]

    assert attendance(whole) == [11]
    assert sorted(attendance(by_team)) == [9, 11]


def test_only_what_is_missing_is_worked_out(district):
    first = MonthStore(district)
    first.by_month(WHOLE, ["2026-07"])
    store([first])
    sums = MonthStore(district)

    load(sums, [WHOLE, BY_TEAM])
    assert len(sums.to_store) == 2 + 3
    store([sums])

    kept = MonthlySums.objects.values_list("breakdown", "month")
    assert sorted(kept) == [(code, month) for code in ("", "team") for month in Q2.months]
    for sum_set in (WHOLE, BY_TEAM):
        assert read(sums, sum_set) == one_by_one(district, sum_set)


def test_what_is_preloaded_twice_is_stored_once(district):
    sums = MonthStore(district)

    load(sums, [WHOLE])
    load(sums, [WHOLE, BY_TEAM])

    assert len(sums.to_store) == 2 * 3
    store([sums])
    assert MonthlySums.objects.count() == 2 * 3


def test_a_stretch_of_days_preloads_nothing(district):
    fortnight = Period(datetime.date(2026, 9, 7), datetime.date(2026, 9, 20), "")

    evaluation = Evaluation(district, fortnight, None, TODAY)

    with CaptureQueriesContext(connection) as captured:
        evaluation.preload([WHOLE])

    assert not captured.captured_queries
