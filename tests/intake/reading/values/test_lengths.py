"""Lengths in every form, and what a bare number is."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eitrack.common.words import duration
from eitrack.intake.reading.cells import Flaw, Reading
from eitrack.intake.reading.values.length_unit import UnitGuess, unit_of
from eitrack.intake.reading.values.lengths import Length, Unit, read_length
from tests.intake.reading.values.test_days import ANYTHING


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize(
    "written",
    [
        "1h30", "1 h 30", "1hr 30mins", "1 hour and 30 minutes", "1h 30m", "90 mins", "90m",
        "90 min.", "90'", "1:30", "01:30:00", "1:30 hrs", "1.5 hrs", "1,5 h", "1½ hours",
        "1 hour and a half", "1 and a half hours", "an hour and a half", "PT1H30M00S", time(1, 30),
        timedelta(hours=1, minutes=30),
    ],
)  # fmt: skip
def test_an_hour_and_a_half_is_read_without_a_word(written, unit):
    assert read_length(written, unit) == Reading(Length(90))


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        (1.5, Unit.HOURS),
        ("1,5", Unit.HOURS),
        ("1½", Unit.HOURS),
        (90, Unit.MINUTES),
        ("90", Unit.MINUTES),
        (1.5, Unit.BY_SIZE),
        (90.0, Unit.BY_SIZE),
        ("1.30", Unit.POINT),
        (1.3, Unit.POINT),
    ],
)
def test_a_bare_number_is_what_was_decided_for_the_file(written, unit):
    assert read_length(written, unit) == Reading(Length(90))


def test_from_when_to_when_is_a_length_and_its_start():
    assert read_length("9.00–10.30", Unit.HOURS) == Reading(Length(90, time(9)))
    assert read_length("10-12", Unit.HOURS) == Reading(
        Length(120, time(10)), "“10-12” read as 10:00 to 12:00."
    )


@pytest.mark.parametrize("written", ["c. 90", "about 1h30", "approx 1.5 hrs", "~1:30", "90 mins?"])
def test_about_so_long_is_so_long_and_said(written):
    assert read_length(written, Unit.MINUTES) == Reading(Length(90), "Said to be about that long.")


def test_parts_of_a_minute_are_rounded_and_that_is_said():
    assert read_length(1.33, Unit.HOURS) == Reading(Length(80), "Rounded to 1 h 20.")
    assert read_length(1 / 3, Unit.HOURS) == Reading(Length(20))


@pytest.mark.parametrize(
    "written",
    [
        "PT36H00M00S", "45:00", "16:01", timedelta(days=1, hours=12), timedelta(hours=-1),
        datetime(1900, 1, 1, 12), 961, -1, "9am-9am",
    ],
)  # fmt: skip
def test_more_than_sixteen_hours_or_less_than_nothing_is_refused(written):
    assert read_length(written, Unit.MINUTES).reason.endswith("is not between nothing and 16 h.")


@pytest.mark.parametrize(
    "written",
    [
        "all day", "2 x 45 mins", "30-45 mins", "1-2 hrs", "1:75", "-PT12H00M00S", "-1", True,
        date(2026, 11, 3), datetime(2026, 11, 3, 9),
    ],
)  # fmt: skip
def test_what_is_no_length_says_so(written):
    reading = read_length(written, Unit.MINUTES)

    assert reading.reason.endswith("is no length. Type it as 90, 1:30 or 1.5 h.")


def test_minutes_after_a_point_end_at_sixty():
    assert "is no length" in read_length(1.75, Unit.POINT).reason


def test_nothing_and_flaws_are_not_guessed():
    assert read_length("", Unit.HOURS) == Reading()
    assert read_length(Flaw("50%", "A percentage."), Unit.HOURS) == Reading(reason="A percentage.")


class TestUnits:
    @pytest.mark.parametrize(
        ("cells", "unit", "is_sure"),
        [
            ([1.5, 2, "0,5", ""], Unit.HOURS, True),
            ([1, 2, 3], Unit.HOURS, False),
            ([90, "60", 45.0], Unit.MINUTES, True),
            ([5, 10, 90], Unit.MINUTES, True),
            ([1, 2, 90], Unit.MINUTES, False),
            ([90, 1.5], Unit.BY_SIZE, False),
            (["1.30", "0.45", "2"], Unit.POINT, False),
            ([1.3, 2.45], Unit.POINT, False),
            ([1.25, 1.3], Unit.HOURS, True),
            (["1h30", time(1)], Unit.MINUTES, True),
        ],
    )
    def test_sizes_suggest_it(self, cells, unit, is_sure):
        guess = unit_of(cells)

        assert (guess.unit, guess.is_sure) == (unit, is_sure)
        assert guess.said.startswith(unit.value) or not guess.said

    @pytest.mark.parametrize("header", ["Hours", "Time (hrs)", "Length h"])
    def test_a_header_says_it(self, header):
        assert unit_of([90], header) == UnitGuess(
            Unit.HOURS, "Bare numbers are hours: 1.5 is 1 h 30. The header says so."
        )

    def test_a_header_that_names_both_says_nothing(self):
        assert unit_of([1.5], "Hours and mins").unit is Unit.HOURS
        assert unit_of([90], "Hours and mins").unit is Unit.MINUTES


@given(st.integers(0, 960))
def test_a_length_comes_back_as_the_house_writes_it(minutes):
    assert read_length(duration(minutes), Unit.MINUTES) == Reading(Length(minutes))
    assert read_length(f"{minutes // 60}:{minutes % 60:02}", Unit.HOURS) == Reading(Length(minutes))


@given(ANYTHING, st.sampled_from(Unit))
def test_any_cell_is_a_length_or_has_a_reason(cell, unit):
    reading = read_length(cell, unit)

    assert reading == Reading() or (reading.value is None) != (not reading.reason)
    assert reading.value is None or 0 <= reading.value.minutes <= 960
