import datetime

import pytest

from eitrack.common.periods import LastWeeks, Period
from eitrack.daybook.stretches import (
    TWELVE_WEEKS,
    neighbours,
    offered,
    period_in_address,
    query_of,
    usual,
)

TODAY = datetime.date(2026, 11, 24)


class TestUsual:
    def test_is_the_quarter_so_far(self):
        assert usual(TODAY).code == "2026-Q3"

    @pytest.mark.parametrize(("day", "code"), [(1, "2026-Q2"), (28, "2026-Q2"), (29, "2026-Q3")])
    def test_is_the_quarter_before_in_the_first_four_weeks(self, day, code):
        assert usual(datetime.date(2026, 10, day)).code == code


class TestAskedFor:
    @pytest.mark.parametrize("code", ["2026-Q2", "2026", "2026-07"])
    def test_fixed_periods(self, code):
        assert period_in_address({"period": code}, TODAY) == (Period.parse(code), "")

    def test_twelve_weeks_end_today_and_begin_on_a_monday(self):
        period, _ = period_in_address({"period": "12-weeks"}, TODAY)

        assert (period.start, period.end) == (datetime.date(2026, 9, 7), TODAY)
        assert period.name == "Last twelve weeks"

    def test_dates_go_before_a_period(self):
        params = {"period": "2026", "from": "2026-05-04", "until": "2026-06-12"}

        period, problem = period_in_address(params, TODAY)

        assert period.dates == "4 May 2026 to 12 June 2026"
        assert (period.name, problem) == ("Chosen dates", "")

    def test_without_a_last_day_it_is_up_to_today(self):
        assert period_in_address({"from": "2026-11-02"}, TODAY)[0].end == TODAY

    @pytest.mark.parametrize(
        ("params", "said"),
        [
            ({"period": "nonsense"}, "“nonsense” is no period"),
            ({"period": "2027-Q1"}, "has not begun"),
            ({"from": "4.5.2026"}, "Write a date with day, month and year."),
            ({"until": "2026-05-04"}, "Write a date with day, month and year."),
            ({"from": "2026-05-04", "until": "2026-05-03"}, "lies before the first"),
            ({"from": "2020-05-04", "until": "2026-05-03"}, "At most 5 years"),
            ({"from": "2026-11-25", "until": "2026-11-26"}, "has not begun"),
            ({"from": "0001-01-01", "until": "0001-01-02"}, "No date lies before 1990."),
        ],
    )
    def test_what_cannot_be_shown_says_why_and_shows_the_usual(self, params, said):
        period, problem = period_in_address(params, TODAY)

        assert period == usual(TODAY)
        assert said in problem
        assert "Below is Quarter 3 of 2026/27." in problem


class TestBeside:
    def test_chosen_dates_have_as_many_days_before_and_after(self):
        period, _ = period_in_address({"from": "2026-05-04", "until": "2026-05-10"}, TODAY)

        earlier, later = neighbours(period, TODAY)

        assert query_of(earlier) == "from=2026-04-27&until=2026-05-03"
        assert query_of(later) == "from=2026-05-11&until=2026-05-17"

    def test_nothing_that_has_not_begun(self):
        assert neighbours(Period.parse("2026-Q3"), TODAY) == (Period.parse("2026-Q2"), None)
        assert neighbours(LastWeeks.until(TODAY, TWELVE_WEEKS), TODAY) == (
            Period.parse("2026-Q2"),
            None,
        )

    def test_an_address_asks_for_the_same_again(self):
        for period in (p for _, periods in offered(TODAY) for p in periods):
            params = dict([query_of(period).split("=")])
            assert period_in_address(params, TODAY) == (period, "")
