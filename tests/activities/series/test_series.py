"""When a series is planned: rules of repetition, holidays, ends."""

import datetime

import pytest

from eitrack.activities.models import Series, SeriesDate
from tests.factories.activities import SeriesFactory
from tests.factories.directory import (
    AgencyFactory,
    DistrictFactory,
    SchoolTermFactory,
    SiteFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db


def day(text):
    return datetime.date.fromisoformat(text)


def dates(series, start, end):
    return [f"{date}" for date in series.dates_between(day(start), day(end))]


class TestRepeats:
    def test_every_week_on_the_weekday_of_the_first_day(self):
        series = SeriesFactory(from_on=day("2026-11-02"))

        assert dates(series, "2026-11-08", "2026-11-23") == [
            "2026-11-09",
            "2026-11-16",
            "2026-11-23",
        ]

    def test_every_two_weeks_counts_from_the_first_day_whatever_is_asked(self):
        series = SeriesFactory(repeat="fortnightly", from_on=day("2026-11-02"))

        assert dates(series, "2026-11-05", "2026-11-30") == ["2026-11-16", "2026-11-30"]

    def test_every_month_on_the_second_tuesday(self):
        series = SeriesFactory(repeat="monthly", from_on=day("2026-09-08"))

        assert dates(series, "2026-09-01", "2026-12-31") == [
            "2026-09-08",
            "2026-10-13",
            "2026-11-10",
            "2026-12-08",
        ]

    def test_a_fifth_weekday_is_the_last_one_where_there_are_four(self):
        series = SeriesFactory(repeat="monthly", from_on=day("2026-09-30"))

        assert dates(series, "2026-09-01", "2026-12-31") == [
            "2026-09-30",
            "2026-10-28",
            "2026-11-25",
            "2026-12-30",
        ]

    def test_the_change_of_the_clocks_moves_no_day(self):
        series = SeriesFactory(from_on=day("2026-10-18"))  # Sundays; the clocks change on the 25th

        assert dates(series, "2026-10-18", "2026-11-01") == [
            "2026-10-18",
            "2026-10-25",
            "2026-11-01",
        ]

    def test_single_dates_are_those_listed(self):
        series = SeriesFactory(repeat="dates", from_on=day("2026-09-01"))
        for text in ("2026-11-20", "2026-10-01"):
            SeriesDate.objects.create(series=series, date=day(text))

        assert dates(series, "2026-09-01", "2026-12-31") == ["2026-10-01", "2026-11-20"]

    def test_nothing_before_the_first_day_and_after_the_last(self):
        series = SeriesFactory(from_on=day("2026-11-09"), until_on=day("2026-11-16"))

        assert dates(series, "2026-01-01", "2026-12-31") == ["2026-11-09", "2026-11-16"]
        assert dates(series, "2026-11-17", "2026-12-31") == []


class TestHolidays:
    def test_bank_holidays_are_skipped(self):
        series = SeriesFactory(from_on=day("2026-05-04"))  # the early May bank holiday

        assert dates(series, "2026-05-01", "2026-05-18") == ["2026-05-11", "2026-05-18"]

    def test_bank_holidays_are_kept_where_the_series_says_so(self):
        series = SeriesFactory(from_on=day("2026-05-04"), skips_bank_holidays=False)

        assert dates(series, "2026-05-01", "2026-05-11") == ["2026-05-04", "2026-05-11"]

    def test_bank_holidays_are_those_of_the_district_of_its_team(self):
        series = SeriesFactory(from_on=day("2026-11-23"), team__district__nation="scotland")

        assert dates(series, "2026-11-23", "2026-12-07") == ["2026-11-23", "2026-12-07"]

    def test_days_between_two_terms_are_skipped(self):
        SchoolTermFactory(from_on=day("2026-09-02"), until_on=day("2026-10-23"))
        SchoolTermFactory(from_on=day("2026-11-02"), until_on=day("2026-12-18"))
        series = SeriesFactory(from_on=day("2026-10-19"))

        assert dates(series, "2026-10-19", "2026-11-02") == ["2026-10-19", "2026-11-02"]

    def test_a_series_outside_schools_runs_in_their_holidays(self):
        SchoolTermFactory(from_on=day("2026-09-02"), until_on=day("2026-10-23"))
        SchoolTermFactory(from_on=day("2026-11-02"), until_on=day("2026-12-18"))
        series = SeriesFactory(from_on=day("2026-10-19"), skips_school_holidays=False)

        assert len(dates(series, "2026-10-19", "2026-11-02")) == 3

    def test_where_the_next_terms_are_not_entered_nothing_vanishes(self):
        SchoolTermFactory(from_on=day("2026-09-02"), until_on=day("2026-10-23"))
        series = SeriesFactory(from_on=day("2026-10-19"))

        assert len(dates(series, "2026-10-19", "2026-11-02")) == 3


class TestTermsOfAnAgency:
    """The academy's autumn ends on 16 October, a week before the district's."""

    @pytest.fixture
    def academy(self, db):
        agency = AgencyFactory()
        for first, last in (("2026-09-02", "2026-10-23"), ("2026-11-02", "2026-12-18")):
            SchoolTermFactory(from_on=day(first), until_on=day(last))
        for first, last in (("2026-09-02", "2026-10-16"), ("2026-10-26", "2026-12-18")):
            SchoolTermFactory(district=None, agency=agency, from_on=day(first), until_on=day(last))
        return agency

    def test_hold_at_its_sites(self, academy):
        series = SeriesFactory(from_on=day("2026-10-12"), site=SiteFactory(agency=academy))

        assert dates(series, "2026-10-12", "2026-11-02") == [
            *("2026-10-12", "2026-10-26", "2026-11-02"),
        ]

    def test_hold_nowhere_else(self, academy):
        series = SeriesFactory(from_on=day("2026-10-12"), site=SiteFactory(agency=AgencyFactory()))

        assert dates(series, "2026-10-12", "2026-11-02") == [
            *("2026-10-12", "2026-10-19", "2026-11-02"),
        ]

    def test_leave_other_school_years_to_the_district(self, academy):
        SchoolTermFactory(from_on=day("2026-04-13"), until_on=day("2026-05-22"))
        SchoolTermFactory(from_on=day("2026-06-01"), until_on=day("2026-07-17"))
        series = SeriesFactory(from_on=day("2026-05-18"), site=SiteFactory(agency=academy))

        assert dates(series, "2026-05-18", "2026-06-01") == ["2026-05-18", "2026-06-01"]

    def test_of_another_district_hold_for_no_series_of_this_one(self, academy):
        elsewhere = DistrictFactory(name="Clyde", slug="clyde")
        series = SeriesFactory(from_on=day("2026-10-19"), team=TeamFactory(district=elsewhere))

        assert len(dates(series, "2026-10-19", "2026-11-02")) == 3


class TestPlannedNumberOfSessions:
    def test_the_series_ends_after_them(self):
        series = SeriesFactory(from_on=day("2026-11-02"), planned_sessions=3)

        assert dates(series, "2026-11-09", "2026-12-31") == ["2026-11-09", "2026-11-16"]

    def test_a_skipped_holiday_is_no_session(self):
        series = SeriesFactory(from_on=day("2026-04-27"), planned_sessions=2)

        assert dates(series, "2026-04-01", "2026-12-31") == ["2026-04-27", "2026-05-11"]


class TestReach:
    def test_a_team_sees_its_own_series_and_edits_those_it_leads(self, worker, manager, outsider):
        series = SeriesFactory(team=worker.hat.team, led_by=worker)
        other = SeriesFactory(team=worker.hat.team)
        today = day("2026-11-23")

        assert set(Series.objects.visible_to(worker)) == {series, other}
        assert set(Series.objects.visible_to(manager)) == {series, other}
        assert not Series.objects.visible_to(outsider).exists()
        assert list(Series.objects.editable_by(worker, today)) == [series]
        assert set(Series.objects.editable_by(manager, today)) == {series, other}

    def test_who_led_it_once_edits_it_no_more(self, worker):
        series = SeriesFactory(team=worker.hat.team, led_by=worker)
        series.workers.update(until_on=day("2026-11-22"))

        assert not Series.objects.editable_by(worker, day("2026-11-23")).exists()
