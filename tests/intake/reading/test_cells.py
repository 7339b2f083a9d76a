"""How a cell is shown to a person."""

from datetime import date, datetime, time, timedelta

import pytest

from eitrack.intake.reading.cells import Flaw, quoted, text_of


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Drop-in", "Drop-in"),
        (8, "8"),
        (8.0, "8"),
        (1.5, "1.5"),
        (0.1 + 0.2, "0.3"),
        (True, "Yes"),
        (False, "No"),
        (date(2026, 11, 3), "03/11/2026"),
        (datetime(2026, 11, 3, 9, 5), "03/11/2026 09:05"),
        (time(9, 5), "09:05"),
        (timedelta(hours=36, minutes=5), "36:05"),
        (timedelta(minutes=-90), "-1:30"),
        (Flaw("#N/A", "An error."), "#N/A"),
    ],
)
def test_a_cell_is_shown_as_a_spreadsheet_shows_it(cell, text):
    assert text_of(cell) == text


def test_of_a_long_cell_only_the_beginning_is_quoted():
    assert quoted("x" * 40) == f"“{'x' * 40}”"
    assert quoted("x" * 41) == f"“{'x' * 39}…”"
