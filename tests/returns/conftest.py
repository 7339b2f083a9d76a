"""A district with two officers, a closed quarter, and work in it."""

from datetime import date

import pytest

from eitrack.common.pdf import PdfError
from eitrack.directory.models import ClosedQuarter
from eitrack.returns import files
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


@pytest.fixture(autouse=True)
def _no_paper(request, monkeypatch):
    """As on a machine without Pango, unless a test is of `pdf`: the paper of a return takes as long
    as all the rest of it.
    """

    def pdf(document, standing):
        raise PdfError("Not asked for.")

    if not request.node.get_closest_marker("pdf"):
        monkeypatch.setattr(files, "pdf", pdf)
