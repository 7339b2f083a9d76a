"""The worker's week: minutes by day, gaps, and the waterline (VIS-03)."""

import datetime

import pytest

from eitrack.daybook.own_log import recent_log
from eitrack.daybook.week import week
from tests.factories.activities import ActivityFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import ContractFactory

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime.date(2026, 11, 25)


def this_week(worker, contract=None):
    return week(recent_log(worker, WEDNESDAY), WEDNESDAY, contract)


def logged(worker, day, kind="drop_in", **fields):
    return ActivityFactory(by=worker.hat, kind=kind, date=datetime.date(2026, 11, day), **fields)


def test_the_waterline_shows_service_time_against_time_on_cases(worker):
    """330 min on a case, 790 beside it, 120 of supervision left out: 18 h 40 and 5 h 30."""
    case = CaseFactory(allocated_to=worker.hat)
    logged(worker, 23, "case_contact", case=case, minutes=330)
    logged(worker, 23, minutes=600)
    logged(worker, 24, "partner_liaison", minutes=190)
    logged(worker, 24, "overhead", minutes=120)

    shown = this_week(worker)

    assert shown.waterline.summary == "This week 18 h 40; a case count would show 5 h 30."
    assert shown.overhead_minutes == 120


def test_last_week_and_void_time_are_left_out(worker):
    logged(worker, 22)
    logged(worker, 23, void=True)

    assert sum(day.minutes for day in this_week(worker).days) == 0


def test_a_past_working_day_without_an_entry_is_a_gap(worker):
    logged(worker, 23)

    monday, tuesday, wednesday, thursday, _friday = this_week(worker).days

    assert [day.is_gap for day in (monday, tuesday, wednesday, thursday)] == [
        False,
        True,
        False,
        False,
    ]
    assert (monday.minutes, wednesday.is_today, thursday.is_ahead) == (60, True, True)


def test_days_that_the_contract_leaves_free_are_no_gap(worker):
    contract = ContractFactory(worker=worker, tuesday_minutes=0)

    monday, tuesday = this_week(worker, contract).days[:2]

    assert (monday.is_gap, tuesday.is_gap) == (True, False)


def test_a_bank_holiday_is_no_gap(worker):
    """Christmas Day of 2026 is a Friday; seen from the Saturday after it."""
    saturday = datetime.date(2026, 12, 26)

    friday = week([], saturday).days[4]

    assert not friday.is_gap
