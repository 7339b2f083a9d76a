"""A worker's own log of 90 days."""

import datetime

import pytest

from eitrack.activities.choices import Status
from eitrack.daybook.habits import usual_sites
from eitrack.daybook.own_log import recent_log
from tests.daybook.habits import logged
from tests.factories.activities import ActivityFactory, TimeEntryFactory
from tests.factories.directory import PlacementFactory

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 23)  # A Monday.


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
