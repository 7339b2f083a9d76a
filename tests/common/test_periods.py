from datetime import date

import pytest

from eitrack.common.periods import Period, week_of


class TestParse:
    @pytest.mark.parametrize(
        ("code", "start", "end"),
        [
            ("2026-Q1", date(2026, 4, 1), date(2026, 6, 30)),
            ("2026-Q2", date(2026, 7, 1), date(2026, 9, 30)),
            ("2026-Q3", date(2026, 10, 1), date(2026, 12, 31)),
            ("2026-Q4", date(2027, 1, 1), date(2027, 3, 31)),
            ("2026", date(2026, 4, 1), date(2027, 3, 31)),
            ("2027", date(2027, 4, 1), date(2028, 3, 31)),
            ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
            ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ],
    )
    def test_a_code_names_days_both_included(self, code, start, end):
        period = Period.parse(code)

        assert (period.start, period.end, period.code) == (start, end, code)

    @pytest.mark.parametrize(
        "code",
        ["", "2026-Q5", "2026-Q0", "2026-13", "26", "0000-Q1", "9999-Q4", "٢٠٢٦", "2026-q2", "x"],
    )
    def test_anything_else_is_refused_in_words(self, code):
        with pytest.raises(ValueError, match=r"is no period\. Write a quarter as 2026-Q2"):
            Period.parse(code)


class TestNeighbours:
    @pytest.mark.parametrize(
        ("code", "before", "after"),
        [
            ("2026-Q1", "2025-Q4", "2026-Q2"),
            ("2026-Q4", "2026-Q3", "2027-Q1"),
            ("2026", "2025", "2027"),
            ("2026-01", "2025-12", "2026-02"),
        ],
    )
    def test_periods_of_the_same_kind_follow_each_other(self, code, before, after):
        period = Period.parse(code)

        assert (period.previous().code, period.next().code) == (before, after)

    @pytest.mark.parametrize(
        ("day", "quarter", "year"),
        [
            (date(2026, 3, 31), "2025-Q4", "2025"),
            (date(2026, 4, 1), "2026-Q1", "2026"),
            (date(2026, 11, 23), "2026-Q3", "2026"),
            (date(2027, 1, 1), "2026-Q4", "2026"),
        ],
    )
    def test_the_year_of_the_service_begins_in_april(self, day, quarter, year):
        assert Period.quarter_of(day).code == quarter
        assert Period.year_of(day).code == year


class TestWords:
    @pytest.mark.parametrize(
        ("code", "words"),
        [
            ("2026-Q2", "Quarter 2 of 2026/27 (1 July 2026 to 30 September 2026)"),
            ("2026", "Year 2026/27 (1 April 2026 to 31 March 2027)"),
            ("1999", "Year 1999/00 (1 April 1999 to 31 March 2000)"),
            ("1999-Q1", "Quarter 1 of 1999/00 (1 April 1999 to 30 June 1999)"),
            ("2026-07", "July 2026 (1 July 2026 to 31 July 2026)"),
        ],
    )
    def test_a_period_always_prints_its_dates(self, code, words):
        assert str(Period.parse(code)) == words

    def test_days_are_counted_with_both_ends(self):
        assert Period.parse("2026-Q2").days == 92


def test_a_period_is_open_while_its_last_day_is_not_past():
    period = Period.parse("2026-Q2")

    assert period.is_open(date(2026, 9, 30))
    assert not period.is_open(date(2026, 10, 1))


def test_a_week_runs_from_monday_to_sunday():
    assert week_of(date(2026, 11, 29)) == (date(2026, 11, 23), date(2026, 11, 29))
    assert week_of(date(2026, 11, 23)) == (date(2026, 11, 23), date(2026, 11, 29))
