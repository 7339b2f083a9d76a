"""An entry is late more than three working days after its day (rule 5)."""

import datetime

import pytest

from tests.factories.activities import ActivityFactory

pytestmark = pytest.mark.django_db
THURSDAY = datetime.date(2026, 11, 26)
WEDNESDAY_AFTER = datetime.datetime(2026, 12, 2, 10, tzinfo=datetime.UTC)


@pytest.mark.parametrize(("nation", "is_late"), [("england", True), ("scotland", False)])
def test_working_days_are_those_of_the_district_of_its_team(worker, nation, is_late):
    """Four working days later; Saint Andrew's Day, a Monday, is one only in England."""
    district = worker.hat.team.district
    district.nation = nation
    district.save()
    entry = ActivityFactory(by=worker.hat, date=THURSDAY).time_entries.get()
    entry.recorded_at = WEDNESDAY_AFTER

    entry.save()

    assert entry.is_late is is_late
