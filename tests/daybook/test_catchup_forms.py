"""What is typed into the cells of a week."""

import datetime

import pytest

from eitrack.activities.models import Activity
from tests.daybook.grid import TODAY, TUESDAY, Grid, habit, on_tuesday
from tests.factories.activities import (
    ActivityFactory,
    TimeEntryFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]


class TestCells:
    @pytest.mark.parametrize(
        ("minutes", "count", "part", "message"),
        [
            ("961", "1", "minutes", "At most 960 minutes (16 hours) fit here."),
            (
                "-1",
                "1",
                "minutes",
                "Type minutes from 0 to 960, or a length as 1:30, 1h30 or 1.5 h.",
            ),
            ("30", "1000", "count", "At most 999 in one entry fit here."),
            ("30", "", "count", "How many? If there were none, type 0."),
            ("", "3", "minutes", "Type the minutes as well"),
        ],
    )
    def test_say_plainly_what_to_do(self, worker, grid, minutes, count, part, message):
        habit(worker)
        grid.load()
        grid.type("drop_in", minutes, count)

        grid.send()

        assert message in grid.cell("drop_in").errors[part]
        assert message in grid.text
        assert not on_tuesday().exists()

    def test_kinds_without_a_headcount_ask_for_none(self, worker, grid):
        habit(worker, "overhead")
        grid.load()

        assert f'name="{grid.cell("overhead").count_name}"' not in grid.text

    def test_days_to_come_are_closed(self, client, worker):
        habit(worker)
        client.force_login(worker)
        grid = Grid(client, "/week/2026-W48/")
        tomorrow = TODAY + datetime.timedelta(days=1)
        assert f'name="{grid.cell("drop_in", tomorrow).minutes_name}"' not in grid.text
        grid.type("drop_in", "60", "4", date=tomorrow)

        grid.send()

        assert "This day is still to come." in grid.text
        assert not Activity.objects.filter(date=tomorrow).exists()

    def test_days_without_a_hat_are_closed(self, worker, grid):
        habit(worker)
        worker.hat.from_on = datetime.date(2026, 11, 18)
        worker.hat.save()
        grid.load()
        grid.type("drop_in", "60", "4")

        grid.send()

        assert "You had no hat on this day" in grid.text
        assert not on_tuesday().exists()

    def test_records_of_the_week_are_shown_and_linked_not_edited(self, worker, grid):
        record = habit(worker, date=TUESDAY, attendance=14, minutes=90)
        grid.load()

        assert [found.activity_id for found in grid.cell("drop_in").records] == [record.pk]
        assert f'href="{record.get_absolute_url()}"' in grid.text
        assert grid.cell("drop_in").minutes_text == ""
        assert grid.day().minutes == 90

    def test_proposed_time_is_shown_and_not_counted(self, worker, grid):
        theirs = ActivityFactory(date=TUESDAY)
        TimeEntryFactory(activity=theirs, placement=worker.hat, state="proposed")
        grid.load()

        assert "to confirm" in grid.text
        assert grid.day().minutes == 0

    def test_a_void_record_is_not_there(self, worker, grid):
        habit(worker, date=TUESDAY, void=True)
        grid.load()

        assert not grid.day().logged_minutes
        assert grid.day().is_gap
