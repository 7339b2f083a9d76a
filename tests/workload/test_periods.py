from datetime import date

import pytest

from eitrack.common.periods import LastWeeks, Period
from eitrack.workload.periods import neighbours, offered, period_in_address, weeks_until

MONDAY = date(2026, 11, 23)


class TestWeeks:
    def test_twelve_from_monday_to_sunday_that_end_with_this_one(self):
        weeks = weeks_until(MONDAY)

        assert len(weeks) == 12
        assert (weeks[0].start, weeks[0].end) == (date(2026, 9, 7), date(2026, 9, 13))
        assert (weeks[-1].start, weeks[-1].end) == (MONDAY, MONDAY)
        assert [week.is_whole for week in weeks] == [True] * 11 + [False]

    def test_a_sunday_ends_a_whole_week(self):
        assert weeks_until(date(2026, 11, 29))[-1].is_whole


class TestPeriodAskedFor:
    def test_is_the_last_twelve_weeks_unless_asked(self):
        period, problem = period_in_address("", MONDAY)

        assert (period.start, period.end, period.name) == (
            date(2026, 9, 7),
            MONDAY,
            "Last twelve weeks",
        )
        assert problem is None

    @pytest.mark.parametrize("code", ["2026-Q2", "2026-Q3", "2025", "2026-07"])
    def test_is_what_the_address_says(self, code):
        assert period_in_address(code, MONDAY) == (Period.parse(code), None)

    @pytest.mark.parametrize(
        ("code", "words"),
        [
            ("summer", "“summer” is no period"),
            ("2026-Q4", "Quarter 4 of 2026/27 has not begun"),
            ("2999", "more than 20 years ahead"),
        ],
    )
    def test_says_plainly_why_it_is_another(self, code, words):
        period, problem = period_in_address(code, MONDAY)

        assert period.name == "Last twelve weeks"
        assert words in problem


class TestOffered:
    def test_quarters_and_years_back_to_the_first_day_logged(self):
        groups = dict(offered(date(2026, 3, 2), MONDAY))

        assert [period.code for period in groups["Quarters"]] == [
            "2026-Q3",
            "2026-Q2",
            "2026-Q1",
            "2025-Q4",
        ]
        assert [period.code for period in groups["Years"]] == ["2026", "2025"]

    def test_this_quarter_and_year_when_nothing_is_logged_yet(self):
        groups = dict(offered(None, MONDAY))

        assert [period.code for period in groups["Quarters"] + groups["Years"]] == [
            "2026-Q3",
            "2026",
        ]

    def test_no_more_than_a_person_can_choose_from(self):
        groups = dict(offered(date(1990, 1, 1), MONDAY))

        assert (len(groups["Quarters"]), len(groups["Years"])) == (12, 4)


class TestNeighbours:
    def codes(self, code, first_day=date(2026, 5, 1)):
        period, _ = period_in_address(code, MONDAY)
        return [each and each.code for each in neighbours(period, first_day, MONDAY)]

    def test_lie_between_the_first_day_logged_and_today(self):
        assert self.codes("2026-Q2") == ["2026-Q1", "2026-Q3"]
        assert self.codes("2026-Q1") == [None, "2026-Q2"]
        assert self.codes("2026-Q3") == ["2026-Q2", None]

    def test_before_the_last_twelve_weeks_lies_the_quarter_that_ended(self):
        assert self.codes("") == ["2026-Q2", None]

    def test_lead_nowhere_when_nothing_is_logged(self):
        assert self.codes("", first_day=None) == [None, None]


def test_two_stretches_of_time_are_equal_by_their_days():
    assert LastWeeks.until(MONDAY) == LastWeeks.until(MONDAY)
