"""At the end of a week one line says what a case count would have missed."""

import datetime

import pytest

from eitrack.daybook.own_log import recent_log
from eitrack.daybook.week_end import missed_this_week
from tests.factories.activities import ActivityFactory
from tests.factories.cases import CaseFactory

pytestmark = pytest.mark.django_db
FRIDAY_NOON = datetime.datetime(2026, 11, 27, 12, 0)
MISSED = "A case count would have missed 3 h of your week, with 14 attendances."


@pytest.fixture
def week_of_work(worker):
    """Two hours of a drop-in and one with a partner; a case, supervision and last week beside."""

    def logged(day, **fields):
        ActivityFactory(by=worker.hat, date=datetime.date(2026, 11, day), **fields)

    logged(24, minutes=120, attendance=14)
    logged(25, kind="partner_liaison", minutes=60)
    logged(25, kind="case_contact", case=CaseFactory(allocated_to=worker.hat), attendance=3)
    logged(26, kind="overhead")
    logged(20, attendance=40)


@pytest.mark.parametrize(
    ("now", "line"),
    [
        (FRIDAY_NOON - datetime.timedelta(minutes=1), ""),
        (FRIDAY_NOON, MISSED),
        (FRIDAY_NOON + datetime.timedelta(days=2), MISSED),
        (FRIDAY_NOON + datetime.timedelta(days=3), ""),
    ],
)
def test_from_friday_noon_to_sunday(worker, week_of_work, now, line):
    assert missed_this_week(recent_log(worker, now.date()), now) == line


def test_says_nothing_where_nothing_was_missed(worker):
    assert missed_this_week(recent_log(worker, FRIDAY_NOON.date()), FRIDAY_NOON) == ""


def test_stands_on_today(client, worker, week_of_work, time_machine):
    time_machine.move_to("2026-11-27T15:00Z")
    client.force_login(worker)

    assert MISSED in client.get("/today/").content.decode()
