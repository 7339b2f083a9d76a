"""Standing commitments beside series: half-days in schools, panels, agencies led in protocols."""

from itertools import cycle

from eitrack.activities.choices import CommitmentKind
from eitrack.activities.models import Commitment
from eitrack.demo.staff import BEST, LIAISON
from eitrack.demo.writing import write

IN_SCHOOLS = (LIAISON, BEST)
# Every so many practitioners one sits on the monthly panel.
EVERY = 6


def write_commitments(places, staff):
    practitioners = [worker for worker in staff if not worker.is_manager]
    half_days = [
        _commitment(worker, CommitmentKind.SCHOOL_HALF_DAY, worker.hats[0].host)
        for worker in practitioners
        if worker.post in IN_SCHOOLS
    ]
    panels = [_commitment(worker, CommitmentKind.PANEL) for worker in practitioners[::EVERY]]
    # Those without cases have the time.
    leads = cycle([worker for worker in staff if not worker.holds_cases])
    protocols = [
        _commitment(worker, CommitmentKind.PROTOCOL_LEAD, agency)
        for agency, worker in zip(places.agencies.values(), leads, strict=False)
    ]
    write([*half_days, *panels, *protocols], history=True)


def _commitment(worker, kind, agency=None):
    return Commitment(worker=worker.user, kind=kind, agency=agency, from_on=worker.hats[0].from_on)
