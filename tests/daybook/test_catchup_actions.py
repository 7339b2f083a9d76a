"""Saving the sheet of a week: all of it or nothing, and once."""

import datetime

import pytest

from eitrack.activities.models import TimeEntry
from tests.daybook.grid import TUESDAY, WEEK, habit, on_tuesday, weekly_series
from tests.factories.activities import (
    ActivityFactory,
)
from tests.factories.directory import AgencyFactory, PlacementFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]


class TestSaving:
    def test_a_missed_tuesday_is_five_cells_and_one_save(self, worker, grid):
        kinds = ("drop_in", "playground", "consultation_family", "partner_liaison", "overhead")
        agency = AgencyFactory()
        for kind in kinds:
            habit(worker, kind, agency=agency if kind == "partner_liaison" else None)
        grid.load()

        grid.type("drop_in", "120", "14")
        grid.type("playground", "30", "9")
        grid.type("consultation_family", "20", "1")
        grid.type("partner_liaison", "15")
        grid.type("overhead", "60")
        grid.send()

        assert grid.response.status_code == 302
        assert sorted(on_tuesday().values_list("kind", flat=True)) == sorted(kinds)
        assert TimeEntry.objects.filter(date=TUESDAY, worker=worker).minutes() == 245
        assert on_tuesday().get(kind="drop_in").attendance == 14
        assert on_tuesday().get(kind="playground").conversations == 9
        assert on_tuesday().get(kind="partner_liaison").agency == agency
        grid.read(grid.client.get(grid.response.url))
        assert "5 entries (4 h 05)." in grid.text
        assert "That week 3 h 05; a case count would show 0 min." in grid.text
        assert "Supervision, team and own training: 1 h beside it." in grid.text
        assert grid.day().minutes == 245

    def test_a_page_sent_twice_saves_each_cell_once(self, worker, grid):
        habit(worker)
        grid.load()
        grid.type("drop_in", "500", "14")
        values = dict(grid.values)

        first = grid.client.post(WEEK, values)
        second = grid.client.post(WEEK, values)

        assert (first.status_code, second.status_code) == (302, 302)
        assert on_tuesday().count() == 1

    def test_a_page_sent_again_with_another_number_changes_what_it_saved(self, worker, grid):
        habit(worker)
        grid.load()
        grid.type("drop_in", "60", "14")
        values, cell = dict(grid.values), grid.cell("drop_in")
        grid.client.post(WEEK, values)

        corrected = values | {cell.minutes_name: "90", cell.count_name: "15"}
        page = grid.client.post(WEEK, corrected, follow=True)

        activity = on_tuesday().get()
        assert (activity.attendance, activity.time_entries.get().contact_minutes) == (15, 90)
        assert "Changed: Local drop_in" in page.content.decode()

    def test_what_was_changed_on_its_page_since_is_changed_there(self, worker, grid):
        habit(worker)
        grid.load()
        grid.type("drop_in", "60", "14")
        values, cell = dict(grid.values), grid.cell("drop_in")
        grid.client.post(WEEK, values)
        activity = on_tuesday().get()
        activity.attendance = 20
        activity.save()

        grid.read(grid.client.post(WEEK, values | {cell.minutes_name: "90"}))

        assert "This was saved before, with 1 h." in grid.text
        assert on_tuesday().get().attendance == 20

    def test_what_was_logged_after_the_page_was_opened_is_told_before_another(self, worker, grid):
        habit(worker, site=worker.hat.base_site)
        grid.load()
        ActivityFactory(
            by=worker.hat,
            site=worker.hat.base_site,
            date=TUESDAY,
            attendance=21,
            starts_at="09:30",
        )
        grid.type("drop_in", "60", "14")

        grid.send()

        assert "You logged this already: 21 attended, 09:30." in grid.text
        assert on_tuesday().count() == 1
        grid.send()
        assert on_tuesday().count() == 2

    def test_one_wrong_cell_saves_nothing_and_loses_nothing(self, worker, grid):
        habit(worker)
        habit(worker, "overhead")
        grid.load()
        grid.type("drop_in", "120", "14")
        grid.type("overhead", "an hour")

        grid.send()

        assert not on_tuesday().exists()
        cell = grid.cell("overhead")
        assert cell.minutes_text == "an hour"
        assert cell.errors == {
            "minutes": "Type minutes from 0 to 960, or a length as 1:30, 1h30 or 1.5 h."
        }
        assert grid.cell("drop_in").minutes_text == "120"
        assert grid.cell("drop_in").count_text == "14"
        assert f'href="#{cell.minutes_name}"' in grid.text
        assert f'id="{cell.minutes_name}"' in grid.text

    def test_what_is_mended_is_saved_under_the_same_token(self, worker, grid):
        habit(worker)
        grid.load()
        grid.type("drop_in", "120")
        token = grid.values["page_token"]
        grid.send()
        assert grid.values["page_token"] == token
        grid.type("drop_in", "120", "0")

        grid.send()

        assert on_tuesday().get().attendance == 0

    def test_an_entry_is_like_the_last_of_its_row(self, worker, grid):
        like = habit(worker, "partner_liaison", agency=AgencyFactory(), formality="formal")
        grid.load()
        grid.type("partner_liaison", "15")

        grid.send()

        saved = on_tuesday().get()
        assert (saved.site, saved.agency, saved.formality) == (like.site, like.agency, "formal")
        assert saved.activity_type == like.activity_type
        assert saved.recorded_by == worker
        entry = saved.time_entries.get()
        assert (entry.placement, entry.is_lead, entry.date) == (worker.hat, True, TUESDAY)

    def test_the_hat_is_the_one_of_the_day(self, worker, grid):
        habit(worker)
        worker.hat.until_on = TUESDAY - datetime.timedelta(days=1)
        worker.hat.save()
        new = PlacementFactory(worker=worker, from_on=TUESDAY)
        grid.load()
        grid.type("drop_in", "60", "5")
        grid.type("drop_in", "60", "5", date=TUESDAY - datetime.timedelta(days=1))

        grid.send()

        hats = dict(TimeEntry.objects.filter(date__gte="2026-11-16").values_list("date", "team"))
        assert hats[TUESDAY] == new.team_id
        assert hats[TUESDAY - datetime.timedelta(days=1)] == worker.hat.team_id

    def test_a_planned_session_is_recorded_as_such(self, worker, grid):
        series = weekly_series(worker)
        habit(worker, series=series)
        grid.load()
        grid.type("drop_in", "60", "5")

        grid.send()

        assert on_tuesday().get().planned_on == TUESDAY

    def test_a_colleagues_planned_session_is_joined(self, worker, outsider, grid):
        series = weekly_series(worker)
        habit(worker, series=series)
        theirs = ActivityFactory(
            by=outsider.hat, series=series, date=TUESDAY, planned_on=TUESDAY, attendance=14
        )
        grid.load()
        grid.type("drop_in", "60", "14")
        values = dict(grid.values)

        for _ in range(2):
            assert grid.client.post(WEEK, values).status_code == 302

        assert on_tuesday().get() == theirs
        assert theirs.time_entries.get(worker=worker).contact_minutes == 60

    def test_another_number_than_a_colleagues_is_told_with_both(self, worker, outsider, grid):
        series = weekly_series(worker)
        habit(worker, series=series)
        ActivityFactory(
            by=outsider.hat, series=series, date=TUESDAY, planned_on=TUESDAY, attendance=14
        )
        grid.load()
        grid.type("drop_in", "60", "5")

        grid.send()

        assert "recorded this session with 14 attended; you typed 5 attended." in grid.text
        assert grid.cell("drop_in").count_text == "5"
        assert on_tuesday().count() == 1

    def test_a_session_that_did_not_run_stops_the_save_with_its_reason(
        self, worker, outsider, grid
    ):
        series = weekly_series(worker)
        habit(worker, series=series)
        habit(worker, "overhead")
        ActivityFactory(
            by=outsider.hat, series=series, date=TUESDAY, planned_on=TUESDAY, did_not_run=True
        )
        grid.load()
        grid.type("drop_in", "60", "5")
        grid.type("overhead", "30")

        grid.send()

        assert "has recorded that it did not run" in grid.cell("drop_in").errors["minutes"]
        assert grid.cell("overhead").minutes_text == "30"
        assert not on_tuesday().filter(kind="overhead").exists()

    def test_what_looks_like_a_colleagues_record_is_saved_and_flagged(self, worker, outsider, grid):
        like = habit(worker)
        theirs = ActivityFactory(by=outsider.hat, site=like.site, date=TUESDAY)
        grid.load()
        grid.type("drop_in", "60", "5")

        grid.send()

        assert on_tuesday().get(recorded_by=worker).looks_like == theirs

    def test_rows_that_are_none_are_no_obstacle(self, worker, grid):
        grid.values["row"] = ["l999999", "n0-0", "nonsense"]

        assert grid.send().response.status_code == 302
