"""Times of the day, and from when to when."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eitrack.intake.reading.cells import Flaw, Reading
from eitrack.intake.reading.values.clock import Span, read_span, read_time
from tests.intake.reading.values.test_days import ANYTHING

HALF_PAST_NINE = time(9, 30)


@pytest.mark.parametrize(
    "written",
    [
        "9.30", "9:30", "09:30", "0930", "930", "9.30am", "9:30 a.m.", "at 9.30", "09:30:00",
        9.3, 0.3958333333, HALF_PAST_NINE, time(9, 30, 12), datetime(2026, 11, 3, 9, 30, 5),
        "0930 hrs", "9h30",
    ],
)  # fmt: skip
def test_a_time_is_read_without_a_word(written):
    assert read_time(written) == Reading(HALF_PAST_NINE)


@pytest.mark.parametrize(
    ("written", "hour"), [("9", 9), ("12", 12), ("noon", 12), ("2pm", 14), (9.0, 9)]
)
def test_a_whole_hour_is_a_time(written, hour):
    assert read_time(written) == Reading(time(hour))


def test_small_numbers_are_the_afternoon_and_that_is_said():
    assert read_time("2.30") == Reading(time(14, 30), "“2.30” read as 14:30.")
    assert read_time("02:30") == Reading(time(2, 30))
    assert read_time(time(2, 30)) == Reading(time(2, 30))


@pytest.mark.parametrize(
    "written", ["25:00", "9:75", "13pm", "0am", "lunch", True, -1, timedelta(1)]
)
def test_what_is_no_time_says_so(written):
    assert read_time(written).reason.endswith("is no time of the day. Type it as 14:30.")


def test_a_flaw_keeps_its_reason():
    assert read_time(Flaw("#N/A", "An error.")) == Reading(reason="An error.")
    assert read_time("") == Reading()


class TestSpans:
    @pytest.mark.parametrize(
        "written",
        [
            "9:00-10:30", "9.00–10.30", "9-10.30", "09:00 - 10:30", "0900-1030", "9am-10.30am",
            "9 to 10.30", "from 9.00 until 10.30", "9-10.30am", "0900-1030hrs",
        ],
    )  # fmt: skip
    def test_from_nine_to_half_past_ten(self, written):
        assert read_span(written) == Reading(Span(time(9), 90))

    @pytest.mark.parametrize(
        ("written", "start", "minutes"),
        [
            ("2-3.30pm", time(14), 90),
            ("11-1pm", time(11), 120),
            ("11am - 1pm", time(11), 120),
            ("noon-1pm", time(12), 60),
            ("9-5pm", time(9), 480),
            ("10pm-1am", time(22), 180),
            ("13:30-15:00", time(13, 30), 90),
        ],
    )
    def test_half_of_the_day_is_stated(self, written, start, minutes):
        assert read_span(written) == Reading(Span(start, minutes))

    @pytest.mark.parametrize(
        ("written", "start", "end", "minutes"),
        [
            ("11-1", "11:00", "13:00", 120),
            ("11.30-1.00", "11:30", "13:00", 90),
            ("2-3.30", "14:00", "15:30", 90),
            ("22:00-01:00", "22:00", "01:00", 180),
            ("10-12", "10:00", "12:00", 120),
            ("13:30-2", "13:30", "14:00", 30),
        ],
    )
    def test_what_was_left_open_is_said(self, written, start, end, minutes):
        assert read_span(written) == Reading(
            Span(time.fromisoformat(start), minutes), f"“{written}” read as {start} to {end}."
        )

    def test_a_time_that_cannot_be_says_so(self):
        assert "no time of the day" in read_span("9:00-25:30").reason

    @pytest.mark.parametrize("written", ["9:00", "90", "1-2 hrs", "", "Mon-Fri", 9.3, "3/11-4/11"])
    def test_what_is_no_span_is_nothing(self, written):
        assert read_span(written) == Reading()


@given(st.times(), st.integers(1, 8 * 60))
def test_a_span_in_full_comes_back(start, minutes):
    start = start.replace(second=0, microsecond=0)
    end = (datetime.combine(datetime(2026, 11, 3), start) + timedelta(minutes=minutes)).time()
    written = f"{start:%I:%M%p} - {end:%I:%M%p}"

    assert read_span(written) == Reading(Span(start, minutes))


@given(ANYTHING)
def test_any_cell_is_a_time_or_has_a_reason(cell):
    reading = read_time(cell)

    assert reading == Reading() or (reading.value is None) != (not reading.reason)
    assert read_span(cell).value is None or 0 < read_span(cell).value.minutes <= 24 * 60
