"""One quarter in which every collected figure holds something, for rules that hold of them all."""

import datetime

from eitrack.activities.models import SeatMark
from eitrack.directory.models import Contract
from tests.factories.activities import CoDeliveryFactory, SeriesFactory
from tests.factories.cases import (
    CaseFactory,
    LevelSpellFactory,
    ReferralFactory,
    RequestFactory,
)
from tests.factories.directory import (
    AgencyFactory,
    ContractFactory,
    FundingStreamFactory,
    LinkWorkerFactory,
    PlacementFactory,
)
from tests.indicators.agreements import agreed_on

MONDAY = datetime.datetime(2026, 9, 7, 11, tzinfo=datetime.UTC)


def on(month, day):
    return datetime.date(2026, month, day)


def a_quarter_of_everything(service, held):
    """Work of every kind that a figure asks for; answers the activities, and a case of Ann's."""
    for hat in (service.ann, service.ben, service.cem):
        if not Contract.objects.filter(worker=hat.worker).exists():
            ContractFactory(worker=hat.worker)
    school = AgencyFactory(kind="school")
    clinic = AgencyFactory(kind="health")
    split_between_hosts(service, held, school)
    agreements_and_answers(service, school, clinic)
    case = cases_of(service, school)
    series = SeriesFactory(team=service.north)
    found = [
        held(
            series=series,
            date=on(9, 1),
            attendance=12,
            adults=5,
            children=7,
            first_time=4,
            returning=8,
            first_time_not_known=0,
            need_level=1,
            has_interpreter=True,
        ),
        held(kind="group_session", attendance=15, method="estimate", band="11-20", need_level=3),
        held(kind="playground", conversations=9, begun_by_family=5, begun_by_worker=2),
        held(kind="open_evening", attendance=60, conversations=14),
        held(kind="consultation_family", begun_by="family", outcome="advice", attendance=1),
        held(
            kind="consultation_professional",
            agency=school,
            profession="teacher",
            has_threshold_advice=True,
            threshold_result="held_lower",
        ),
        held(kind="partner_liaison", agency=school, formality="informal"),
        held(kind="protocol_work", agency=school, topic="consent"),
        held(kind="joint_visit", agency=clinic, attendance=2),
        held(service.cem, kind="outreach", attendance=3),
        held(kind="overhead", overhead_kind="supervision"),
    ]
    CoDeliveryFactory(activity=found[-3], agency=clinic)
    for day in (on(7, 6), on(8, 3), on(9, 14)):
        visit = {"kind": "case_contact", "case": case, "attendance": 2, "minutes": 960}
        found += [held(date=day, **visit), held(date=day + datetime.timedelta(days=1), **visit)]
    found.append(a_programme(service, held))
    return found, case


def split_between_hosts(service, held, school):
    ending = FundingStreamFactory(ends_on=on(12, 31))
    there = PlacementFactory(
        worker=service.ann.worker,
        team=service.north,
        host=school,
        planned_minutes=720,
        funding_stream=ending,
    )
    held(there, kind="outreach", attendance=4)


def agreements_and_answers(service, school, clinic):
    agreed_on(on(7, 20), school, "consent", drafted_on=on(7, 1))
    agreed_on(on(7, 20), clinic, "consent", review_due_on=on(8, 31))
    RequestFactory(team=service.north, received_at=MONDAY, first_contact_on=on(9, 8))
    ReferralFactory(
        team=service.north,
        destination=(office := AgencyFactory(kind="social_work")),
        is_statutory=True,
        route="fast_track",
        link_worker=LinkWorkerFactory(agency=office),
        sent_at=MONDAY,
        decided_at=MONDAY + datetime.timedelta(hours=2),
        outcome="accepted",
    )


def cases_of(service, school):
    """One that is met, one opened and one closed in the quarter."""
    case = CaseFactory(allocated_to=service.ann, children=2, adults=1, source_agency=school)
    LevelSpellFactory(case=case, level=2)
    CaseFactory(
        allocated_to=service.ann,
        opened_on=on(8, 3),
        consent_on=on(8, 3),
        informal_first="yes",
        has_stepped_down_in=True,
    )
    CaseFactory(allocated_to=service.ann, closed_on=on(9, 30), end_reason="stepped_up")
    return case


def a_programme(service, held):
    """One session, which is the whole of it; seat 1 came."""
    series = SeriesFactory(
        team=service.north, seats=8, planned_sessions=1, from_on=on(9, 8), name="Programme"
    )
    session = held(
        kind="group_session", series=series, session_number=1, date=on(9, 8), attendance=1
    )
    SeatMark.objects.create(activity=session, seat=1, is_present=True)
    return session
