"""What a worker usually does, learned from their own log of 90 days."""

import datetime

import pytest

from eitrack.activities.choices import Status
from eitrack.activities.kinds import BY_CODE
from eitrack.daybook.prefill import asked_date, quick_minutes, start
from eitrack.daybook.presets import presets, recent_log, usual_sites
from tests.factories.activities import ActivityFactory, TimeEntryFactory
from tests.factories.directory import PlacementFactory, SiteFactory

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 23)  # A Monday.
NOW = datetime.datetime(2026, 11, 23, 12, 0)


def names(worker, now=NOW):
    log = recent_log(worker, now.date())
    return [(preset.kind.code.value, preset.site_name) for preset in presets(log, now)]


def logged(worker, kind, day, site=None, **fields):
    return ActivityFactory(
        by=worker.hat,
        kind=kind,
        date=datetime.date(2026, 11, day),
        site=site or worker.hat.base_site,
        **fields,
    )


class TestPresets:
    def test_a_newcomer_starts_from_a_few_kinds_at_the_base_site(self, worker):
        started = presets([], NOW, worker.hat.base_site)

        assert len(started) == 5
        assert {preset.site_name for preset in started} == {worker.hat.base_site.name}
        assert started[0].url == "/log/drop_in/"

    def test_are_at_most_seven(self, worker):
        for _ in range(9):
            logged(worker, "drop_in", 16, SiteFactory())

        assert len(names(worker)) == 7

    def test_what_is_done_on_this_weekday_comes_first(self, worker):
        on_mondays = SiteFactory(name="Monday school")
        for day in (9, 16):
            logged(worker, "drop_in", day, on_mondays)
        for day in (10, 17, 18):
            logged(worker, "playground", day)

        assert names(worker)[0] == ("drop_in", "Monday school")

    def test_what_is_done_at_this_hour_comes_first(self, worker):
        at_noon, at_four = SiteFactory(name="Noon"), SiteFactory(name="Four")
        logged(worker, "drop_in", 16, at_noon, starts_at=datetime.time(12, 0))
        logged(worker, "drop_in", 16, at_four, starts_at=datetime.time(16, 0))

        assert names(worker)[0] == ("drop_in", "Noon")
        assert names(worker, NOW.replace(hour=16))[0] == ("drop_in", "Four")

    def test_start_from_the_newest_entry_of_the_usual_length(self, worker):
        logged(worker, "drop_in", 9, minutes=120)
        usual = logged(worker, "drop_in", 16, minutes=120)
        logged(worker, "drop_in", 18, minutes=45)

        preset = presets(recent_log(worker, TODAY), NOW)[0]

        assert (preset.minutes, preset.url) == (120, f"/log/drop_in/?like={usual.pk}")

    def test_what_did_not_run_or_was_voided_teaches_nothing(self, worker):
        logged(worker, "outreach", 16, void=True)
        logged(worker, "open_evening", 16, did_not_run=True)

        kinds = {kind for kind, _ in names(worker)}
        assert not {"outreach", "open_evening"} & kinds


class TestRecentLog:
    def test_is_one_query_bounded_in_days(self, worker, django_assert_num_queries):
        logged(worker, "drop_in", 16)
        ActivityFactory(by=worker.hat, date=datetime.date(2026, 8, 24))

        with django_assert_num_queries(1):
            log = recent_log(worker, TODAY)

        assert [row.date.month for row in log] == [11]

    def test_holds_own_entries_only(self, worker, team):
        logged_by_colleague = ActivityFactory(by=PlacementFactory(team=team))

        assert logged_by_colleague.status == Status.HELD
        assert recent_log(worker, TODAY) == []

    def test_carries_no_sensitive_site_of_a_colleague(self, worker, team):
        activity = ActivityFactory(
            by=PlacementFactory(team=team), kind="consultation_family", purpose="mental_health"
        )
        TimeEntryFactory(activity=activity, placement=worker.hat)

        row = recent_log(worker, TODAY)[0]

        assert (row.site_id, row.site_name) == (None, "")
        assert usual_sites([row]) == []


class TestPrefill:
    def test_quick_values_are_the_usual_lengths_in_order(self, worker):
        for minutes in (95, 95, 20):
            logged(worker, "drop_in", 16, minutes=minutes)

        log = recent_log(worker, TODAY)
        assert quick_minutes(log, BY_CODE["drop_in"]) == [15, 20, 95, 120]

    def test_who_logs_now_has_just_finished(self):
        now = datetime.datetime(2026, 11, 23, 15, 7)

        assert start(TODAY, now, 120) == datetime.time(13, 5)
        assert start(datetime.date(2026, 11, 20), now, 120) is None
        assert start(TODAY, now.replace(hour=1), 120) is None

    @pytest.mark.parametrize("text", ["2026-11-24", "soon", "", None, "2026-13-01"])
    def test_a_day_that_is_none_or_in_the_future_is_today(self, text):
        assert asked_date(text, TODAY) == TODAY
