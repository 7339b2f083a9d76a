"""Undo of a week's save: for ten minutes, exactly what that save did."""

import pytest

from eitrack.activities.models import Activity, DayStatus, TimeEntry
from eitrack.directory.models import Absence
from tests.daybook.grid import TUESDAY, WEEK, habit, on_tuesday, weekly_series
from tests.factories.activities import ActivityFactory, TimeEntryFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]


@pytest.fixture
def saved(worker, grid):
    """A Tuesday of one drop-in, marked complete, with half a day of leave."""
    habit(worker)
    grid.load()
    grid.type("drop_in", "60", "5")
    day = grid.day().id
    grid.values |= {f"mark-{day}": "complete", f"leave-{day}": "half"}
    grid.sent = dict(grid.values)
    grid.page = grid.client.post(WEEK, grid.values).url
    return grid


def undo(grid):
    return grid.client.post(f"{WEEK}undo/", {"page": grid.page.split("=")[1]}, follow=True)


def said(response):
    return " ".join(str(message) for message in response.context["messages"])


class TestUndo:
    def test_voids_what_the_save_created_and_reverts_the_day(self, saved):
        assert f"{WEEK}undo/" in saved.client.get(saved.page).content.decode()

        undo(saved)

        activity = on_tuesday().get()
        assert (activity.status, activity.void_reason) == ("void", "undone")
        assert not DayStatus.objects.exists()
        assert not Absence.objects.exists()

    def test_leaves_alone_what_was_there_before(self, saved):
        undo(saved)

        assert Activity.objects.exclude(status="void").exclude(date=TUESDAY).count() == 1

    def test_is_open_for_ten_minutes(self, saved, time_machine):
        time_machine.move_to("2026-11-23T12:10:01Z", tick=False)
        assert f"{WEEK}undo/" not in saved.client.get(saved.page).content.decode()

        response = undo(saved)

        assert "Undo is open for 10 minutes" in said(response)
        assert on_tuesday().get().status == "held"

    def test_a_page_sent_twice_is_undone_as_one(self, saved):
        saved.client.post(WEEK, saved.sent)

        undo(saved)

        assert on_tuesday().get().status == "void"

    def test_is_for_the_save_of_that_page(self, saved):
        response = saved.client.post(f"{WEEK}undo/", {"page": "another"}, follow=True)

        assert "for the last save" in said(response)
        assert on_tuesday().get().status == "held"

    def test_says_which_mark_was_changed_since(self, saved):
        DayStatus.objects.update(mark="not_worked")

        response = undo(saved)

        assert "The mark of Tue 17 Nov was changed since and stays." in said(response)
        assert DayStatus.objects.get().mark == "not_worked"


class TestOfASessionOfAColleague:
    @pytest.fixture
    def theirs(self, worker, outsider):
        series = weekly_series(worker)
        habit(worker, series=series)
        return ActivityFactory(
            by=outsider.hat, series=series, date=TUESDAY, planned_on=TUESDAY, attendance=14
        )

    def join(self, grid):
        grid.load()
        grid.type("drop_in", "60", "14")
        grid.page = grid.client.post(WEEK, grid.values).url

    def test_takes_the_own_time_away_and_leaves_theirs(self, worker, grid, theirs):
        self.join(grid)

        undo(grid)

        theirs.refresh_from_db()
        assert theirs.status == "held"
        assert not TimeEntry.objects.filter(activity=theirs, worker=worker).exists()

    def test_time_that_was_proposed_before_stays_and_is_named(self, worker, grid, theirs):
        TimeEntryFactory(activity=theirs, placement=worker.hat, state="proposed")
        self.join(grid)

        response = undo(grid)

        assert "The time you confirmed on" in said(response)
        assert theirs.time_entries.get(worker=worker).contact_minutes == 60
