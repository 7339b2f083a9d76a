from datetime import UTC, date, datetime

import pytest

from eitrack.workload.reminder_lines import (
    requests_fallen_due,
    requests_overdue,
    streams_ending,
    supervision_missing,
)
from tests.factories.activities import ActivityFactory
from tests.factories.cases import RequestFactory
from tests.factories.directory import FundingStreamFactory, PlacementFactory

pytestmark = pytest.mark.django_db


class TestStreamsEnding:
    def test_are_told_on_the_first_of_a_month(self, manager, team):
        stream = FundingStreamFactory(name="On Track", ends_on=date(2027, 3, 31))
        for _ in range(2):
            PlacementFactory(team=team, funding_stream=stream)
        PlacementFactory(funding_stream=stream)

        told = streams_ending(manager, date(2026, 12, 1))

        assert told == ["On Track ends 31 March 2027, not renewed: 2 hats"]
        assert streams_ending(manager, date(2026, 12, 2)) == []
        assert streams_ending(manager, date(2026, 9, 1)) == []
        assert streams_ending(manager, date(2027, 4, 1)) == []


class TestSupervisionMissing:
    def test_says_for_how_many_and_never_who(self, manager, worker, team):
        PlacementFactory(team=team)
        PlacementFactory(team=team, from_on=date(2026, 11, 2))
        ActivityFactory(
            by=worker.hat, kind="overhead", overhead_kind="supervision", date=date(2026, 10, 12)
        )

        told = supervision_missing(manager, date(2026, 11, 23))

        assert told == ["North team: no supervision logged in six weeks for 1 person"]

    def test_supervision_in_another_team_is_supervision(self, manager, worker, team):
        ActivityFactory(
            by=PlacementFactory(worker=worker),
            kind="overhead",
            overhead_kind="supervision",
            date=date(2026, 11, 16),
        )

        assert supervision_missing(manager, date(2026, 11, 23)) == []


class TestRequests:
    """Received on Monday 16 November, to be answered by Monday 23."""

    def test_are_told_the_day_after_they_fell_due(self, manager, team):
        RequestFactory(team=team)
        RequestFactory()

        told = requests_fallen_due(manager, date(2026, 11, 24))

        assert told == ["1 request had to be answered by Mon 23 Nov 2026"]
        assert requests_fallen_due(manager, date(2026, 11, 23)) == []
        assert requests_fallen_due(manager, date(2026, 11, 25)) == []

    def test_stay_overdue_until_somebody_meets_the_family(self, manager, team):
        request = RequestFactory(team=team)
        RequestFactory(team=team, received_at=datetime(2026, 11, 23, 12, 0, tzinfo=UTC))

        assert requests_overdue(manager, date(2026, 11, 25)) == [
            "1 request waits beyond five working days"
        ]
        request.first_contact_on = date(2026, 11, 24)
        request.save()
        assert requests_overdue(manager, date(2026, 11, 25)) == []
