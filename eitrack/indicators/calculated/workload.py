"""What workers carry on a day, from the records, and how much of their room it takes (LOD-01)."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from eitrack.activities.choices import CommitmentKind, Repeat, SeriesRole
from eitrack.activities.kinds import KindCode
from eitrack.activities.models import Commitment, SeriesWorker, TimeEntry
from eitrack.cases.models import Allocation, LevelSpell
from eitrack.directory.models import Contract
from eitrack.directory.models.staffing import FULL_TIME_MINUTES_A_WEEK
from eitrack.indicators.calculated.workforce import runs_on, workforce
from eitrack.indicators.calculated.workload_points import (
    Carried,
    HeldCase,
    points_of,
    room_of,
    sum_of,
)
from eitrack.indicators.choices import Weight
from eitrack.indicators.figures import Parts
from eitrack.indicators.models import WeightSet
from eitrack.partnerships.choices import Status
from eitrack.partnerships.models import ProtocolVersion

FOUR_WEEKS = 4
SESSIONS = {Repeat.WEEKLY: 4, Repeat.FORTNIGHTLY: 2, Repeat.MONTHLY: 1}
# What a session of a series weighs: a weight, and how many sessions in four weeks it stands for.
SERIES = {
    KindCode.DROP_IN: (Weight.DROP_IN, 4),
    KindCode.OUTREACH: (Weight.DROP_IN, 4),
    KindCode.GROUP_SESSION: (Weight.GROUP, 4),
    KindCode.PLAYGROUND: (Weight.DAILY_PLAYGROUND, 20),
    KindCode.MEETING_SERVICE: (Weight.PANEL, 1),
}
PROGRAMME = {
    SeriesRole.LEAD: (Weight.PROGRAMME_LEAD, 4),
    SeriesRole.CO_LEAD: (Weight.PROGRAMME_CO_LEAD, 4),
}
COMMITMENTS = {
    CommitmentKind.SCHOOL_HALF_DAY: Weight.SCHOOL_HALF_DAY,
    CommitmentKind.DAILY_PLAYGROUND: Weight.DAILY_PLAYGROUND,
    CommitmentKind.PANEL: Weight.PANEL,
    CommitmentKind.PROTOCOL_LEAD: Weight.PROTOCOL_LEAD,
}
STANDING = COMMITMENTS | {KindCode.OPEN_EVENING: Weight.OPEN_EVENING}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# A contract, and one of somebody in the assessed first year, among the facts of one query.
CONTRACTS = CONTRACT, FIRST_YEAR = ("contract", "first year contract")


@dataclass(frozen=True)
class Load:
    """A worker's points and room on a day, whole in each of the worker's teams."""

    worker: int
    teams: frozenset
    points: float
    room: float


def workloads(asked):
    """A Load for each worker who wears a hat of the scope on the day; eight queries."""
    teams = {
        person.worker: frozenset(hat.team_id for hat in worn)
        for person in asked.load(workforce)
        if (worn := [hat for hat in person.hats if runs_on(hat, asked.day)])
    }
    weights = WeightSet.objects.points_on(asked.day)
    return [
        Load(worker, teams[worker], sum_of(points_of(carried, weights)), room_of(carried, weights))
        for worker, carried in carried_by(list(teams), asked.day).items()
    ]


def weighted_workload(loads, asked):
    """All points out of all room: the mean share of workers, by their hours (LOD-01)."""
    is_by_worker = asked.breakdown and asked.breakdown.code == "worker"
    rows = defaultdict(list)
    for load in loads:
        for key in {load.worker} if is_by_worker else load.teams:
            rows[key].append(load)
    return _parts(loads), {key: _parts(there) for key, there in rows.items()}


def _parts(loads):
    known = [load for load in loads if load.room]
    return Parts(
        numerator=sum(load.points for load in known),
        denominator=sum(load.room for load in known),
        known=len(known),
        asked=len(loads),
        workers=len(known),
    )


def carried_by(workers, day):
    """{worker's key: Carried} on this day, for `workload_points.points_of`."""
    fte, first_year, cases = defaultdict(float), defaultdict(float), defaultdict(list)
    of_workers = {"worker__in": workers}
    standing = defaultdict(Counter)
    for worker, weight, number in _series_roles(of_workers, day):
        standing[worker][weight] += number
    leads = []
    for worker, what, agency, number in _standing_facts(of_workers, day):
        if what in CONTRACTS:
            fte[worker] += number / FULL_TIME_MINUTES_A_WEEK
            first_year[worker] += (what == FIRST_YEAR) * number / FULL_TIME_MINUTES_A_WEEK
        else:
            standing[worker][STANDING[what]] += number
            leads += [(worker, agency)] if what == CommitmentKind.PROTOCOL_LEAD else []
    negotiated = set(_in_negotiation(day)) if leads else set()
    for worker, agency in leads:
        if agency in negotiated:
            standing[worker][Weight.NEGOTIATION] += 1
    for worker, *facts in _held_cases(of_workers, day):
        cases[worker].append(HeldCase(*facts))
    return {
        worker: Carried(
            fte[worker], first_year[worker], tuple(cases[worker]), dict(standing[worker])
        )
        for worker in workers
    }


def _standing_facts(of_workers, day):
    """(worker, what, agency or 0, number) in one query: minutes a week of contracts, commitments,
    open evenings of the month."""
    in_first_year = When(first_year_until_on__gte=day, then=Value(FIRST_YEAR))
    contracts = Contract.objects.current(day).annotate(
        what=Case(in_first_year, default=Value(CONTRACT)),
        of_agency=Value(0),
        number=sum((F(f"{weekday}_minutes") for weekday in WEEKDAYS), Value(0)),
    )
    commitments = Commitment.objects.current(day).annotate(
        what=F("kind"), of_agency=Coalesce("agency", 0), number=Value(1)
    )
    evenings = (
        TimeEntry.objects.counted()
        .filter(date__range=(day.replace(day=1), day), activity__kind=KindCode.OPEN_EVENING)
        .values("worker")
        .annotate(what=Value(KindCode.OPEN_EVENING.value), of_agency=Value(0), number=Count("pk"))
    )
    contracts, *others = (
        facts.filter(**of_workers).order_by().values_list("worker", "what", "of_agency", "number")
        for facts in (contracts, commitments, evenings)
    )
    return contracts.union(*others, all=True)


def _held_cases(of_workers, day):
    """Level and allocation are those of the day, the other facts those that are known now."""
    spells = LevelSpell.objects.current(day).filter(case=OuterRef("case"))
    return (
        Allocation.objects.held_on(day)
        .filter(**of_workers)
        .annotate(
            level=Subquery(spells.order_by("-from_on", "-pk").values("level")[:1]),
            agencies=Count("case__agencies_in_plan", distinct=True),
        )
        .order_by("pk")
        .values_list(
            "worker",
            "level",
            "agencies",
            "case__children",
            "case__has_long_travel",
            "case__has_interpreter",
            "case__is_winding_down",
        )
    )


def _series_roles(of_workers, day):
    """(worker, weight, number): a fortnightly drop-in is half a weekly one; co-workers help out.

    A programme is a group that has seats.
    """
    recent = (day - timedelta(weeks=FOUR_WEEKS, days=-1), day)
    runs = Q(series__until_on__isnull=True) | Q(series__until_on__gte=day)
    roles = (
        SeriesWorker.objects.current(day)
        .filter(runs, series__from_on__lte=day, role__in=PROGRAMME, **of_workers)
        .annotate(
            dates=Count("series__single_dates", Q(series__single_dates__date__range=recent)),
        )
        .order_by("pk")
    )
    for worker, role, kind, seats, repeat, dates in roles.values_list(
        "worker", "role", "series__activity_type__kind", "series__seats", "series__repeat", "dates"
    ):
        is_programme = kind == KindCode.GROUP_SESSION and seats
        weight, usual = PROGRAMME[role] if is_programme else SERIES.get(kind, (None, 1))
        if weight:
            yield worker, weight, SESSIONS.get(repeat, dates) / usual


def _in_negotiation(day):
    """Agencies with a protocol that is negotiated on this day."""
    versions = ProtocolVersion.objects.filter(negotiating_from_on__lte=day)
    versions = versions.select_related("protocol").defer("agreed_text", "learned_text")
    for version in versions.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day)):
        if version.status_on(day) == Status.NEGOTIATING:
            yield version.protocol.agency_id
