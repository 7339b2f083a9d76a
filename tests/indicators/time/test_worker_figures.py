"""One worker's quarter, worked by hand: what it went into, under which hat, paid by whom."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from eitrack.activities.models import TimeEntry
from eitrack.common.periods import Period
from eitrack.indicators.measures.pieces import minutes_by
from eitrack.indicators.models import MonthlySums
from eitrack.indicators.terms.scope import Scope
from eitrack.indicators.time.worker import worker_figures
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import (
    AgencyFactory,
    FundingStreamFactory,
    PlacementFactory,
    SiteFactory,
)
from tests.indicators.conftest import Q2, TODAY

pytestmark = pytest.mark.django_db
JULY = datetime.date(2026, 7, 6)


@pytest.fixture
def school():
    return AgencyFactory(name="Hill School")


@pytest.fixture
def of_ann(service):
    """The figures of Ann's second quarter, as Ann sees them."""

    def of_ann(period=Q2, user=None):
        worker = service.ann.worker
        return worker_figures(user or worker, worker, period, today=TODAY)

    return of_ann


def test_time_is_cut_by_group_hat_site_stream_and_contribution(service, held, of_ann, school):
    """60 drop-in + 45 case contact + 20 advice + 30 supervision = 155 minutes.

    The case contact is under a second hat at a school; the drop-in is paid by another stream.
    """
    at_school = PlacementFactory(worker=service.ann.worker, team=service.north, host=school)
    park, other = SiteFactory(name="Park"), FundingStreamFactory(name="Sure Start")
    case = CaseFactory()
    held(minutes=60, site=park, funding_stream=other, attendance=9, date=JULY)
    held(
        by=at_school,
        kind="case_contact",
        case=case,
        minutes=45,
        attendance=2,
        contribution="advocacy",
    )
    held(kind="consultation_professional", agency=school, minutes=20)
    held(kind="overhead", overhead_kind="supervision", minutes=30)

    found = of_ann()

    assert found.groups == {"unregistered": 60, "case": 45, "partnership": 20, "overhead": 30}
    assert found.service_minutes == 125
    assert minutes_by(found.pieces, lambda each: each.placement) == {
        service.ann.pk: 110,
        at_school.pk: 45,
    }
    by_site = minutes_by(found.pieces, lambda each: found.sites[each.site])
    assert by_site["Park"] == 60
    by_stream = minutes_by(found.pieces, lambda each: found.streams[each.funding_stream])
    assert by_stream["Sure Start"] == 60
    assert minutes_by(found.pieces, lambda each: each.contribution) == {"": 110, "advocacy": 45}
    assert sum(each.attendances for each in found.pieces) == 11
    assert frozenset().union(*(each.cases for each in found.pieces)) == {case.pk}
    assert found.agencies == {school.pk: "Hill School"}


def test_figures_are_those_of_the_catalogue(held, of_ann):
    """Direct time 60 + 20, of which 60 unregistered: 75%; 9 + 2 attendances."""
    held(minutes=60, attendance=9)
    held(kind="case_contact", case=CaseFactory(), minutes=20, attendance=2)

    found = of_ann()

    assert found.text_of("VIS-01") == "75%"
    assert found.text_of("RCH-01") == "11"
    assert found.text_of("OUT-01") == ""


def test_a_colleague_s_time_voids_and_other_days_are_left_out(service, held, joined, of_ann):
    mine = held(minutes=60, attendance=9)
    joined(mine, service.ben, 90)
    held(by=service.ben)
    held(void=True)
    held(date=Q2.end + datetime.timedelta(days=1))

    found = of_ann()

    assert found.groups["unregistered"] == 60
    assert sum(each.attendances for each in found.pieces) == 9


def test_planned_minutes_are_those_of_the_days_a_hat_was_worn(service, of_ann, school):
    """36 h a week over 92 days without a host; 7 h a week over 14 days at the school."""
    PlacementFactory(
        worker=service.ann.worker,
        team=service.north,
        host=school,
        planned_minutes=420,
        from_on=datetime.date(2026, 9, 17),
    )

    assert of_ann().planned_by_host() == {None: 2160 * 92 / 7, school.pk: 840}


def test_without_records_there_is_nothing(of_ann):
    found = of_ann()

    assert found.is_empty
    assert found.service_minutes == 0
    assert found.text_of("VIS-01") == "–"


def test_the_manager_of_a_team_sees_what_the_worker_sees(service, held, of_ann):
    held(minutes=60)
    manager = UserFactory(manager=True)
    service.north.managers.add(manager)

    assert of_ann(user=manager).pieces == of_ann().pieces


def test_nobody_else_gets_any(service, of_ann):
    of_another_team = UserFactory(manager=True)
    service.south.managers.add(of_another_team)
    for stranger in (service.ben.worker, of_another_team, UserFactory(district=True)):
        with pytest.raises(PermissionDenied):
            of_ann(user=stranger)


def test_a_colleague_s_record_of_a_sensitive_matter_has_no_place(service, held, of_ann, school):
    fields = {"kind": "joint_visit", "agency": school, "purpose": "domestic_abuse", "attendance": 1}
    held(**fields)
    held(**fields, recorded_by=service.ben.worker)

    own, closed = sorted(of_ann().pieces, key=lambda each: each.site is None)

    assert (own.agency, closed.agency) == (school.pk, None)
    assert own.site
    assert not closed.site


def test_stored_months_say_the_same_as_days(service, held, of_ann):
    held(minutes=60, attendance=9, date=JULY)
    held(minutes=30, attendance=4)
    part = Period(Q2.start, Q2.end - datetime.timedelta(days=1), "")

    of_days, worked_out, stored = of_ann(part), of_ann(), of_ann()

    assert of_days.pieces == worked_out.pieces == stored.pieces
    assert MonthlySums.objects.filter(breakdown="piece").count() == 3


def test_a_change_makes_stored_months_old(held, of_ann):
    activity = held(minutes=60)
    assert of_ann().service_minutes == 60
    entry = activity.time_entries.get()
    entry.contact_minutes = 90
    entry.save()

    assert of_ann().service_minutes == 90


def test_verify_knows_the_stored_pieces(held, of_ann):
    held(minutes=60)
    of_ann()

    call_command("verify_sums")

    TimeEntry.objects.filter(contact_minutes=60)._raw_delete(using="default")
    with pytest.raises(CommandError, match="in 2026-09 by piece"):
        call_command("verify_sums")


def test_queries_do_not_depend_on_the_number_of_records(
    service, held, of_ann, school, django_assert_max_num_queries
):
    for number in range(6):
        held(site=SiteFactory(), minutes=30 + number)
        hat = PlacementFactory(worker=service.ann.worker, team=service.north, host=school)
        held(by=hat, kind="case_contact", case=CaseFactory(), minutes=20)
    of_ann()

    with django_assert_max_num_queries(10):
        assert len(of_ann().pieces) == 12


def test_the_scope_is_the_worker_s(service, of_ann):
    assert of_ann().scope == Scope.of(service.ann.worker)
