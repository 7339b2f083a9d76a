"""A district with two officers, a closed quarter, and work in it."""

from datetime import date

import pytest

from eitrack.directory.models import ClosedQuarter
from eitrack.returns.release import draft_views
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory
from tests.factories.directory import DistrictFactory

IN_THE_QUARTER = date(2026, 9, 14)


@pytest.fixture
def second_officer(district):
    officer = UserFactory(district=True, name="Sally Second", email="second@example.org")
    DistrictFactory().officers.add(officer)
    return officer


@pytest.fixture
def closed_quarter(worker, time_machine):
    """2026-Q2 of Riverside is closed; 14 and 30 people came to two drop-ins in it."""
    time_machine.move_to("2026-11-23T12:00Z")
    for attendance in (14, 30):
        ActivityFactory(by=worker.hat, date=IN_THE_QUARTER, attendance=attendance)
    return ClosedQuarter.objects.create(district=worker.hat.team.district, quarter="2026-Q2")


@pytest.fixture
def started(monkeypatch):
    """Keys of the returns whose process a page has started; none runs."""
    keys = []
    monkeypatch.setattr(draft_views, "start_preparing", keys.append)
    return keys
