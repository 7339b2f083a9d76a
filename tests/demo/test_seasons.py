import datetime
from itertools import pairwise

import pytest

from eitrack.demo.calendar import working_days
from eitrack.demo.seasons import Window, school_terms
from eitrack.demo.volumes import ROWS


@pytest.mark.parametrize("year", range(2020, 2035))
def test_a_school_year_has_six_stretches_and_about_39_weeks(year):
    terms = school_terms(year)
    days = [day for _, first, last in terms for day in working_days(first, last)]

    assert [first for _, first, _ in terms] == sorted(first for _, first, _ in terms)
    for (_, _, last), (_, first, _) in pairwise(terms):
        assert (first - last).days > 7
    assert 186 <= len(days) <= 199


def test_a_window_of_27_months_holds_eight_whole_quarters():
    window = Window(datetime.date(2026, 11, 23), 27)

    assert window.start == datetime.date(2024, 9, 1)
    assert window.days[0] == datetime.date(2024, 9, 2)
    assert window.days[-1] == datetime.date(2026, 11, 23)


def test_august_is_a_bit_less_than_half_a_term_month():
    window = Window(datetime.date(2026, 11, 23), 27)

    def weight(month):
        days = [day for day in window.days if (day.year, day.month) == (2026, month)]
        return sum(row.activities * window.weight(row, day) for row in ROWS for day in days)

    assert 0.40 < weight(8) / weight(6) < 0.50


def test_no_school_gate_is_busy_in_the_holidays():
    window = Window(datetime.date(2026, 11, 23), 27)
    row = next(row for row in ROWS if row.label == "Playground spell")

    wednesday_in_term, wednesday_in_august = datetime.date(2026, 7, 1), datetime.date(2026, 8, 5)

    assert window.weight(row, wednesday_in_august) == pytest.approx(
        0.05 * window.weight(row, wednesday_in_term)
    )


def test_the_table_adds_up_to_the_design_s_totals():
    assert sum(row.activities for row in ROWS) == 26_846
    assert sum(row.entries for row in ROWS) == 28_662
    assert sum(row.attendances for row in ROWS) == 60_347
