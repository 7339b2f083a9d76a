"""Last week, copied into the empty cells."""

import datetime

import pytest

from tests.daybook.grid import habit, on_tuesday
from tests.factories.directory import SiteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]


class TestLastWeek:
    def test_fills_empty_cells_with_minutes_only_and_saves_nothing(self, worker, grid):
        habit(worker, date=datetime.date(2026, 11, 10), minutes=120, attendance=14)
        grid.load()

        grid.send("copy")

        assert grid.cell("drop_in").minutes_text == "120"
        assert grid.cell("drop_in").count_text == ""
        assert "1 cell is filled with last week’s minutes." in grid.text
        assert not on_tuesday().exists()

    def test_leaves_alone_what_was_typed_logged_or_free(self, worker, grid):
        site = SiteFactory()
        for day in (9, 10, 11):
            habit(worker, date=datetime.date(2026, 11, day), minutes=120, site=site)
        habit(worker, date=datetime.date(2026, 11, 16), site=site)
        grid.load()
        grid.type("drop_in", "15", "2")

        grid.send("copy", **{"leave-20261118": "whole"})

        texts = [cell.minutes_text for cell in grid.row("drop_in").cells]
        assert texts == ["", "15", "", "", "", "", ""]
        assert "Last week has nothing to copy into the empty cells." in grid.text
