from datetime import date

import pytest

from eitrack.common import words


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (None, "–"),
        (0, "0 min"),
        (45, "45 min"),
        (60, "1 h"),
        (125, "2 h 05"),
        (135, "2 h 15"),
        (74_040, "1,234 h"),
    ],
)
def test_time_is_written_in_hours_and_minutes(minutes, text):
    assert words.duration(minutes) == text


def test_large_figures_are_whole_hours():
    assert words.hours(74_069) == "1,234 h"
    assert words.hours(None) == "–"


def test_dates_are_short_and_without_a_leading_nought():
    assert words.day(date(2026, 11, 3)) == "Tue 3 Nov"
    assert words.day_and_year(date(2026, 11, 24)) == "Tue 24 Nov 2026"


def test_one_is_not_many():
    assert words.plural(1, "person", "people") == "1 person"
    assert words.plural(0, "person", "people") == "0 people"
    assert words.plural(1200, "person", "people") == "1,200 people"


def test_things_are_listed_as_one_would_say_them():
    assert words.listed([]) == ""
    assert words.listed(["A"]) == "A"
    assert words.listed(["A", "B", "C"]) == "A, B and C"
    assert words.yes_or_no(True) == "Yes"
