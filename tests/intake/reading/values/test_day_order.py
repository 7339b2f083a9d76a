"""How a column of days is written, and which days it is about."""

from datetime import date

import pytest

from eitrack.intake.reading.values.day_order import DayOrder, around, day_order, span_of
from eitrack.intake.reading.values.days import Around

TODAY = date(2026, 11, 27)
TEXTS = ("14/9/26", "15/9/26", "16/9/26")


class TestOrder:
    def test_the_day_comes_first(self):
        assert day_order(["3/11/26", "24/11/26", "x", ""]) == DayOrder(
            said="The day is read first."
        )

    def test_the_month_comes_first_where_only_that_makes_days(self):
        order = day_order(["11/3/2026 9:41 AM", "11/24/2026 10:02 AM", "11/25/26"])

        assert order == DayOrder(
            True, said="The month is read first: in 2 rows only that makes a day."
        )

    def test_only_a_number_above_twelve_shows_it(self):
        assert day_order(["13/12/26"]) == DayOrder(said="The day is read first.")
        assert day_order(["12/13/26"]).is_month_first
        assert not day_order(["12/12/26"]).is_sure

    def test_times_with_am_or_pm_suggest_that_the_month_comes_first(self):
        order = day_order(["11/3/26, 9:58:21 AM", "11/4/26, 1:00:00 PM"])

        assert (order.is_month_first, order.is_sure) == (True, False)
        assert not day_order(["11/3/26, 9:58:21 AM", "11/4/26"]).is_month_first

    def test_where_no_day_shows_it_somebody_is_asked(self):
        order = day_order(["3/11/26", "4/11/26"])

        assert (order.is_month_first, order.is_sure) == (False, False)
        assert order.said == (
            "The day is read first. No day in the file shows whether the month is."
        )

    def test_where_rows_contradict_each_other_somebody_is_asked(self):
        order = day_order(["24/11/26", "25/11/26", "11/26/26"])

        assert (order.is_month_first, order.is_sure) == (False, False)
        assert order.said == (
            "The day is read first, as in 2 rows; in 1 row only the month can be. Those are not "
            "read."
        )

    def test_days_in_letters_and_date_cells_have_no_order(self):
        assert day_order(["3 Nov", date(2026, 11, 3), 8.0]) == DayOrder()

    def test_dates_of_another_countrys_spreadsheet_are_swapped_back(self):
        cells = [
            date(2026, 1, 9),
            date(2026, 2, 9),
            date(2026, 3, 9),
            "14/9/26",
            "15/9/26",
            "16/9/26",
        ]

        order = day_order(cells)

        assert (order.are_dates_swapped, order.is_sure) == (True, False)
        assert order.said.startswith("3 days that the spreadsheet took for dates lie in the first")

    @pytest.mark.parametrize(
        "cells",
        [
            [date(2026, 9, 14), date(2026, 2, 9), date(2026, 3, 9), *TEXTS],
            [date(2026, 1, 9), date(2026, 2, 9), date(2026, 3, 9), "14/9/26", "15/9/26", "6/9/26"],
            [date(2026, 1, 9), date(2026, 2, 9), date(2026, 3, 9), "14/9/26"],
            [date(2026, 1, 9), date(2026, 1, 9), date(2026, 1, 9), *TEXTS],
        ],
    )  # fmt: skip
    def test_dates_that_a_spreadsheet_took_as_meant_stay(self, cells):
        assert not day_order(cells).are_dates_swapped


class TestAround:
    def test_days_with_a_year_say_it(self):
        cells = ["3/11/26", "Thurs", "1/9/26", "12 Dec", date(2026, 10, 5), "x"]

        assert around(cells, DayOrder(), TODAY) == Around(date(2026, 9, 1), date(2026, 11, 3))

    def test_else_the_titles_say_it_the_nearest_first(self):
        found = around(["3 Nov"], DayOrder(True), TODAY, ["Log", "Nov 2025", "Log 2024"])

        assert found == Around(date(2025, 11, 1), date(2025, 11, 30), is_month_first=True)

    def test_else_it_is_the_last_year(self):
        assert around(["3 Nov"], DayOrder(), TODAY) == Around(date(2025, 11, 28), TODAY)


@pytest.mark.parametrize(
    ("title", "first", "last"),
    [
        ("Activity log 2025/26", date(2025, 4, 1), date(2026, 8, 31)),
        ("2025-2026", date(2025, 4, 1), date(2026, 8, 31)),
        ("Nov 26", date(2026, 11, 1), date(2026, 11, 30)),
        ("December 2026", date(2026, 12, 1), date(2026, 12, 31)),
        ("Feb'24 drop-ins", date(2024, 2, 1), date(2024, 2, 29)),
        ("Log 2024 to 2026", date(2024, 1, 1), date(2026, 12, 31)),
        ("Summer 2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_title_names_its_days(title, first, last):
    assert span_of(title) == (first, last)


@pytest.mark.parametrize("title", ["Log", "Bells Lane 3", "Room 204", "12345678", ""])
def test_a_title_may_name_none(title):
    assert span_of(title) is None
