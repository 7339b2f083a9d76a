"""The worker's week: minutes by day, gaps, and the waterline (VIS-03)."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from eitrack.daybook.own_log import recent_log
from eitrack.daybook.week import week
from eitrack.directory.lists import hats_on
from tests.factories.activities import ActivityFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import ContractFactory

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime.date(2026, 11, 25)


def this_week(worker, contract=None):
    hats = hats_on(worker, WEDNESDAY)
    return week(recent_log(worker, WEDNESDAY), WEDNESDAY, contract, hats=hats)


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

    assert shown.time.waterline.summary == "This week 18 h 40; a case count would show 5 h 30."
    assert shown.time.beside == "Supervision, team and own training: 2 h beside it."


def test_the_saved_line_today_and_week_say_the_same_of_this_week(client, worker):
    """After an hour of supervision Week said an hour more than Today and the saved line."""
    logged(worker, 23, minutes=600)
    saved = logged(worker, 24, "overhead", overhead_kind="supervision", minutes=60)
    client.force_login(worker)
    said = (
        "This week 10 h; a case count would show 0 min. "
        "Supervision, team and own training: 1 h beside it."
    )

    with time_machine.travel(datetime.datetime(2026, 11, 25, 12, tzinfo=datetime.UTC), tick=False):
        today = client.get(reverse("daybook:today", query={"saved": saved.pk}))
        sheet = client.get(reverse("daybook:week", args=["2026-W48"]))

    assert today.context["week"].time.sentence == said
    assert f'<p class="saved-note">{said}</p>' in today.content.decode()
    assert sheet.context["time"].sentence == said
    assert said in sheet.content.decode()
    assert "in this week" not in sheet.content.decode()


def test_another_week_is_not_called_this_week(client, worker):
    logged(worker, 16, minutes=90)
    client.force_login(worker)

    with time_machine.travel(datetime.datetime(2026, 11, 25, 12, tzinfo=datetime.UTC), tick=False):
        sheet = client.get(reverse("daybook:week", args=["2026-W47"]))

    said = sheet.context["time"].sentence
    assert said == "That week 1 h 30; a case count would show 0 min."


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

    friday = week([], saturday, hats=[worker.hat]).days[4]

    assert not friday.is_gap


def test_bank_holidays_are_those_of_the_district_of_a_hat(worker):
    """Tuesday 1 December 2026, after Saint Andrew's Day: no gap where it is kept."""
    tuesday = datetime.date(2026, 12, 1)
    district = worker.hat.team.district

    assert week([], tuesday, hats=[worker.hat]).days[0].is_gap
    district.nation = "scotland"
    assert not week([], tuesday, hats=[worker.hat]).days[0].is_gap
    assert week([], tuesday, hats=[]).days[0].is_gap
