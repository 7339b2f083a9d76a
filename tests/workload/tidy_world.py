"""One record of each kind, of a hat: what every file of tidy rows must hold, or must not."""

from datetime import UTC, date, datetime

from eitrack.activities.models import Commitment, DayStatus, SeatMark, SeriesDate
from eitrack.directory.models import Absence, ClosedQuarter
from tests.factories.activities import (
    ActivityFactory,
    CoDeliveryFactory,
    ProtocolStepFactory,
    SeriesFactory,
    SeriesWorkerFactory,
)
from tests.factories.cases import CaseFactory, LevelSpellFactory, ReferralFactory, RequestFactory
from tests.factories.directory import (
    AgencyFactory,
    ContractFactory,
    LinkWorkerFactory,
    SchoolTermFactory,
)
from tests.factories.partnerships import ProtocolFactory, ProtocolVersionFactory

DAY = date(2026, 11, 20)
NOTE = "ZQ-NOTE-4711"
REFERENCE = "ZQ-REFERENCE-4711"


def one_of_each(hat):
    """{file: the record of this hat in it}; lists that all may read have none."""
    worker, team = hat.worker, hat.team
    agency = AgencyFactory()
    case = CaseFactory(allocated_to=hat, district=team.district, reference=f"{REFERENCE} {hat.pk}")
    case.agencies_in_plan.add(agency)
    series = SeriesFactory(
        team=team, repeat="dates", seats=8, starts_at="10:30", name="Ivy's group"
    )
    activity = ActivityFactory(
        by=hat,
        kind="group_session",
        series=series,
        planned_on=DAY,
        starts_at="10:30",
        method="estimate",
        band="6-10",
        attendance=8,
        adults=5,
        children=3,
        need_level=2,
        note=NOTE,
    )
    link_worker = LinkWorkerFactory(agency=agency)
    protocol = ProtocolFactory(district=team.district, agency=agency)
    return {
        "activities": activity,
        "time_entries": activity.time_entries.get(),
        "co_deliveries": CoDeliveryFactory(activity=activity, agency=agency, number=2),
        "seat_marks": SeatMark.objects.create(activity=activity, seat=3, is_present=True),
        "protocol_steps": ProtocolStepFactory(activity=activity, protocol=protocol),
        "series": series,
        "series_workers": SeriesWorkerFactory(series=series, worker=worker, role="lead"),
        "series_dates": SeriesDate.objects.create(series=series, date=DAY),
        "cases": case,
        "case_agencies": case.agencies_in_plan.through.objects.get(case=case),
        "allocations": case.allocations.get(),
        "level_spells": LevelSpellFactory(case=case),
        "requests": RequestFactory(team=team, worker=worker, from_agency=agency),
        "referrals": ReferralFactory(
            team=team,
            worker=worker,
            destination=agency,
            route="fast_track",
            link_worker=link_worker,
            decided_at=datetime(2026, 11, 18, 15, 30, tzinfo=UTC),
            outcome="accepted",
        ),
        "protocol_versions": ProtocolVersionFactory(protocol=protocol, agreed=True),
        "workers": worker,
        "placements": hat,
        "contracts": worker.contracts.first() or ContractFactory(worker=worker),
        "absences": Absence.objects.create(worker=worker, from_on=DAY, until_on=DAY),
        "day_statuses": DayStatus.objects.create(worker=worker, date=DAY, mark="complete"),
        "commitments": Commitment.objects.create(worker=worker, kind="panel", from_on=DAY),
        "teams": team,
        "districts": team.district,
        "closed_quarters": ClosedQuarter.objects.get_or_create(
            district=team.district, quarter="2026-Q1"
        )[0],
    }


def open_lists():
    """One of each list that all may read and that nothing above has made."""
    SchoolTermFactory(from_on=date(2026, 9, 2), until_on=date(2026, 12, 18))
