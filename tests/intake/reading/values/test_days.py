"""Days as people write them: what is read, what is said about it, and what is no day."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eitrack.common.horizon import FIRST_DAY
from eitrack.intake.reading.cells import Flaw, Reading
from eitrack.intake.reading.values.days import Around, read_day

YEAR = Around(date(2026, 4, 1), date(2027, 3, 31))
MONTH_FIRST = Around(date(2026, 4, 1), date(2027, 3, 31), is_month_first=True)
DAY = date(2026, 11, 3)  # A Tuesday.


@pytest.mark.parametrize(
    "written",
    [
        "3/11/26", "03/11/2026", "03.11.2026", "3-11-26", "3 11 26", "2026-11-03", "2026/11/3",
        "3-Nov-26", "3 Nov 2026", "3rd November 2026", "3rd of Nov '26", "3Nov26", "3. Nov. 2026",
        "November 3, 2026", "Nov 3rd 2026", "Tues 3/11/26", "Tue 03.11.26", "3/11/26 (Tue)",
        "Tuesday, 3 November 2026", "Tues3/11/26", "3/11/26 09:30", "3/11/2026 9.30am",
        "3 Nov 2026 at 10am", "2026-11-03T09:30:00Z", "2026-11-03 09:30:00", "3/11/2026 2 pm",
        DAY, datetime(2026, 11, 3, 9, 30),
    ],
)  # fmt: skip
def test_a_whole_day_is_read_without_a_word(written):
    assert read_day(written, YEAR) == Reading(DAY)


@pytest.mark.parametrize(
    "written", ["3 Nov", "3/11", "03.11.", "Tues 3rd Nov", "3rd of November", "Nov 3", "Tue Nov 3"]
)
def test_a_missing_year_is_taken_from_the_file_and_said(written):
    assert read_day(written, YEAR) == Reading(
        DAY, f"“{written}” has no year; from the rest of the file, 2026."
    )


def test_a_missing_year_may_lie_just_outside_of_the_days_that_are_known():
    around = Around(date(2026, 9, 7), date(2026, 10, 30))

    assert read_day("3 Nov", around).value == DAY


class TestYears:
    SEVERAL = Around(date(2024, 1, 8), date(2026, 12, 18))

    def test_of_several_that_fit_it_is_the_one_next_to_the_row_above(self):
        reading = read_day("5 Jan", self.SEVERAL, above=date(2025, 12, 19))

        assert reading == Reading(
            date(2026, 1, 5), "“5 Jan” has no year; next to the row above, 2026."
        )

    def test_of_several_that_fit_it_is_the_one_with_the_weekday(self):
        assert read_day("Tues 3rd Nov", self.SEVERAL).value == DAY

    def test_of_several_that_fit_none_is_guessed(self):
        assert read_day("3 Nov", self.SEVERAL).reason == (
            "“3 Nov” has no year, and the file does not say which. Type it."
        )

    def test_two_digits_are_a_year_from_1990_on(self):
        assert read_day("3/11/90", YEAR).value == date(1990, 11, 3)
        assert "20 years ahead" in read_day("3/11/89", YEAR).reason

    def test_a_year_that_cannot_be_is_refused(self):
        assert "before 1990" in read_day("3/11/1926", YEAR).reason


class TestWeekdays:
    @pytest.mark.parametrize(
        ("written", "day"), [("Thurs", 5), ("Weds", 4), ("tue", 3), ("Mon", 9), ("Sat.", 7)]
    )
    def test_alone_it_is_the_next_one_from_the_row_above(self, written, day):
        reading = read_day(written, YEAR, above=DAY)

        assert reading.value == date(2026, 11, day)
        assert reading.note.startswith(f"“{written}” taken as the next one from the row above, ")

    def test_alone_under_nothing_it_is_no_day(self):
        assert read_day("Thurs", YEAR).reason == (
            "“Thurs” is a weekday, and no row above says of which week."
        )

    def test_a_wrong_one_is_said(self):
        assert read_day("Weds 3/11/26", YEAR) == Reading(
            DAY, "“Weds 3/11/26” says Wednesday, but Tue 3 Nov 2026 is none."
        )


@pytest.mark.parametrize(
    "written",
    [
        "w/c 2/11/26", "W/C 2nd Nov 2026", "wc 2-Nov-26", "w/b Mon 2 Nov 2026",
        "week commencing 2 November 2026", "wk beg 02.11.26", "Week of 2 Nov 2026", "w/e 8/11/26",
        "week ending Sunday 8 Nov 2026", "w/c Tues 3/11/26",
    ],
)  # fmt: skip
def test_a_week_is_its_monday_and_said(written):
    assert read_day(written, YEAR) == Reading(
        date(2026, 11, 2), "A whole week, taken as its Monday, Mon 2 Nov 2026."
    )


class TestNumbers:
    @pytest.mark.parametrize("cell", [46329, 46329.0, 46329.4, "46329"])
    def test_a_spreadsheets_number_is_a_day(self, cell):
        assert read_day(cell, YEAR) == Reading(DAY, "A spreadsheet’s number for Tue 3 Nov 2026.")

    @pytest.mark.parametrize("cell", [20261103, "20261103", "03112026", "031126"])
    def test_one_run_of_digits_is_a_day_and_said(self, cell):
        reading = read_day(cell, YEAR)

        assert (reading.value, "read as Tue 3 Nov 2026" in reading.note) == (DAY, True)

    @pytest.mark.parametrize("cell", [3.11, 3.1, 3, 1e300, -1])
    def test_a_number_in_which_a_day_got_lost_is_refused(self, cell):
        assert "a day cannot be seen any more" in read_day(cell, YEAR).reason

    @pytest.mark.parametrize("cell", ["20261301", "1234567", "99999999", "310226"])
    def test_a_run_of_digits_that_is_no_day_is_refused(self, cell):
        assert "is no day" in read_day(cell, YEAR).reason


class TestMonthFirst:
    def test_numbers_are_read_as_the_file_has_them(self):
        assert read_day("11/3/2026 9:41:22 AM", MONTH_FIRST) == Reading(DAY)
        assert read_day("11/3", MONTH_FIRST).value == DAY

    def test_a_month_in_letters_needs_no_order(self):
        assert read_day("3 Nov 2026", MONTH_FIRST) == Reading(DAY)

    def test_a_day_that_does_not_fit_is_refused(self):
        assert read_day("24/11/2026", MONTH_FIRST).reason == (
            "“24/11/2026” is no day of the calendar."
        )

    def test_dates_that_a_spreadsheet_swapped_are_swapped_back(self):
        swapped = Around(date(2026, 4, 1), date(2027, 3, 31), are_dates_swapped=True)

        assert read_day(date(2026, 3, 11), swapped) == Reading(
            DAY, "Day and month swapped: Tue 3 Nov 2026."
        )
        assert read_day(date(2026, 11, 24), swapped) == Reading(date(2026, 11, 24))
        assert read_day("3/11/2026", swapped) == Reading(DAY)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("Nov-26", "“Nov-26” may be a day or a month. Type day, month and year."),
        ("November 2026", "“November 2026” is a month, not a day."),
        ("May", "“May” is a month, not a day."),
        ("31/11/26", "“31/11/26” is no day of the calendar."),
        ("29 Feb", "“29 Feb” has no year, and the file does not say which. Type it."),
        ("Week 3", "“Week 3” is no day."),
        ("half term", "“half term” is no day."),
        (True, "“Yes” is no day."),
        (time(9, 30), "“09:30” is no day."),
        (timedelta(hours=25), "“25:00” is no day."),
        (datetime(1900, 1, 1, 12), "“01/01/1900 12:00” is a time, not a day."),
        (Flaw("#N/A", "An error."), "An error."),
        (float("nan"), "“nan” is no number."),
    ],
)  # fmt: skip
def test_what_is_no_day_says_why(written, reason):
    assert read_day(written, YEAR) == Reading(reason=reason)


@pytest.mark.parametrize("written", ["3-4 Nov", "3 & 4 Nov 2026", "2/11/26 - 6/11/26", "3/4 Nov"])
def test_several_days_are_no_day(written):
    assert read_day(written, YEAR) == Reading(
        reason=f"“{written}” is more than one day. Give each day a row of its own."
    )


def test_an_empty_cell_is_nothing_at_all():
    assert read_day("", YEAR) == Reading()


FORMS = (
    "{d}/{m}/{y}", "{d:02}.{m:02}.{y}", "{y}-{m:02}-{d:02}", "{day:%a} {d} {day:%b} {y}",
    "{d}{th} {day:%B} {y}", "{day:%B} {d}, {y}", "{y}{m:02}{d:02}",
)  # fmt: skip


@given(st.dates(FIRST_DAY, date(2040, 12, 31)), st.sampled_from(FORMS))
def test_a_day_comes_back_from_every_form(day, form):
    th = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10 * (day.day not in (11, 12, 13)), "th")
    written = form.format(d=day.day, m=day.month, y=day.year, day=day, th=th)

    assert read_day(written, YEAR).value == day


@given(st.dates(date(2026, 4, 1), date(2027, 3, 31)))
def test_a_day_without_its_year_comes_back_from_a_year(day):
    assert read_day(f"{day.day}/{day.month}", YEAR).value == day
    assert read_day(f"{day:%A} {day.day} {day:%B}", YEAR).value == day


ANYTHING = st.one_of(
    st.text(max_size=30),
    st.text("0123456789/-. :apmw/cthNovTues", max_size=15),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(ANYTHING, st.one_of(st.none(), st.dates(FIRST_DAY, date(2040, 1, 1))))
def test_any_cell_is_a_day_or_has_a_reason(cell, above):
    reading = read_day(cell, YEAR, above)

    assert reading == Reading() or bool(reading.value) != bool(reading.reason)
