"""What the log form is filled in with."""

import datetime

import pytest

from eitrack.activities.kinds import BY_CODE
from eitrack.daybook.own_log import recent_log
from eitrack.daybook.prefill import date_in_address, quick_minutes, start
from tests.daybook.habits import logged

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 23)  # A Monday.


class TestPrefill:
    def test_quick_values_are_the_usual_lengths_in_order(self, worker):
        for minutes in (95, 95, 20):
            logged(worker, "drop_in", 16, minutes=minutes)

        log = recent_log(worker, TODAY)
        assert quick_minutes(log, BY_CODE["drop_in"]) == [15, 20, 95, 120]

    def test_who_logs_now_has_just_finished(self):
        now = datetime.datetime(2026, 11, 23, 15, 7)

        assert start(TODAY, now, 120) == datetime.time(13, 5)
        assert start(datetime.date(2026, 11, 20), now, 120) is None
        assert start(TODAY, now.replace(hour=1), 120) is None

    @pytest.mark.parametrize("text", ["2026-11-24", "soon", "", None, "2026-13-01"])
    def test_a_day_that_is_none_or_in_the_future_is_today(self, text):
        assert date_in_address(text, TODAY) == TODAY
