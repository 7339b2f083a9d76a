"""The days of a week: long ones, marks, leave and gaps."""

import datetime

import pytest

from eitrack.activities.models import DayStatus, TimeEntry
from eitrack.daybook.catchup_actions import set_leave
from eitrack.directory.models import Absence
from tests.daybook.grid import TUESDAY, Grid, habit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]


class TestDays:
    def test_over_12_hours_asks_and_over_24_is_refused(self, worker, grid):
        habit(worker, "overhead", date=TUESDAY, minutes=700)
        grid.load()
        grid.type("overhead", "30")
        grid.send()
        assert grid.day().errors == {"long": "With this the day is 12 h 10 long. Tick if it was."}
        long = {f"long-{grid.day().id}": "on"}

        grid.send(**long)

        assert TimeEntry.objects.filter(date=TUESDAY).minutes() == 730
        grid.load()
        grid.type("overhead", "800")
        grid.send(**long)
        assert "With this the day would be 25 h 30 long." in grid.text
        assert TimeEntry.objects.filter(date=TUESDAY).minutes() == 730

    def test_the_12_hours_count_all_that_can_be_read(self, worker, grid):
        habit(worker)
        habit(worker, "overhead")
        grid.load()
        grid.type("drop_in", "700", "")
        grid.type("overhead", "30")

        grid.send()

        assert grid.cell("drop_in").errors.keys() == {"count"}
        assert grid.day().errors == {"long": "With this the day is 12 h 10 long. Tick if it was."}

    @pytest.mark.parametrize("mark", ["complete", "not_worked", "nothing_to_log"])
    def test_a_mark_is_kept_and_taken_away(self, worker, grid, mark):
        name = f"mark-{grid.day().id}"

        grid.send(**{name: mark})

        assert DayStatus.objects.get().mark == mark
        grid.load()
        assert grid.day().mark == mark
        assert not grid.day().is_gap
        grid.send(**{name: ""})
        assert not DayStatus.objects.exists()

    def test_a_day_with_work_is_not_marked_as_one_without(self, worker, grid):
        habit(worker, date=TUESDAY)
        grid.load()

        grid.send(**{f"mark-{grid.day().id}": "nothing_to_log"})

        assert "There is work on this day" in grid.text
        assert not DayStatus.objects.exists()

    def test_a_day_to_come_takes_no_mark_but_leave(self, client, worker):
        client.force_login(worker)
        grid = Grid(client, "/week/2026-W49/")
        friday = datetime.date(2026, 12, 4)

        grid.send(**{f"mark-{grid.day(friday).id}": "complete", "leave-20261204": "whole"})

        assert not DayStatus.objects.exists()
        assert Absence.objects.get().from_on == friday

    @pytest.mark.parametrize(("length", "is_half"), [("whole", False), ("half", True)])
    def test_leave_is_added_and_taken_away(self, worker, grid, length, is_half):
        name = f"leave-{grid.day().id}"

        grid.send(**{name: length})

        absence = Absence.objects.get()
        assert (absence.worker, absence.from_on, absence.until_on) == (worker, TUESDAY, TUESDAY)
        assert absence.is_half_day == is_half
        grid.load()
        grid.send(**{name: ""})
        assert not Absence.objects.exists()
        assert Absence.history.count() == 2

    def test_a_day_taken_out_of_a_longer_leave_keeps_the_rest(self, worker):
        Absence.objects.create(
            worker=worker, from_on=datetime.date(2026, 11, 16), until_on=datetime.date(2026, 11, 20)
        )

        set_leave(worker=worker, date=TUESDAY, length="half")

        days = Absence.objects.order_by("from_on").values_list("from_on", "until_on", "is_half_day")
        assert [(a.day, b.day, half) for a, b, half in days] == [
            (16, 16, False),
            (17, 17, True),
            (18, 20, False),
        ]

    def test_leave_of_colleagues_is_not_touched(self, worker, outsider, grid):
        Absence.objects.create(worker=outsider, from_on=TUESDAY, until_on=TUESDAY)
        grid.load()

        assert grid.day().leave == ""

    def test_a_gap_is_a_past_working_day_with_nothing_said_of_it(self, worker, grid):
        Absence.objects.create(worker=worker, from_on=TUESDAY, until_on=TUESDAY)
        grid.load()

        gaps = [day.date.day for day in grid.sheet.days if day.is_gap]
        assert gaps == [16, 18, 19, 20]
