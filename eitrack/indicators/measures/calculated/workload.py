"""What workers carry on a day and how much of their room that takes (LOD-01)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from eitrack.activities.choices import CommitmentKind, Repeat, SeriesRole
from eitrack.activities.kinds import KindCode
from eitrack.activities.models import Commitment, SeriesWorker, TimeEntry
from eitrack.cases.models import Allocation, LevelSpell
from eitrack.common.compiled_query import compiled_query
from eitrack.directory.models import Contract
from eitrack.directory.models.staffing import FULL_TIME_MINUTES_A_WEEK
from eitrack.indicators.choices import Weight
from eitrack.indicators.measures.calculated.parts import by_row
from eitrack.indicators.measures.calculated.workforce import Person, everybody, runs_on, workforce
from eitrack.indicators.measures.calculated.workload_points import (
    Carried,
    HeldCase,
    points_of,
    room_of,
    sum_of,
)
from eitrack.indicators.measures.evaluation import Evaluation
from eitrack.indicators.models import WeightSet
from eitrack.indicators.terms.figures import Parts
from eitrack.partnerships.choices import Status
from eitrack.partnerships.models import ProtocolVersion

# Pairs of a day and the keys of its workers.
WorkersOn = tuple[tuple[date, tuple[int, ...]], ...]
FOUR_WEEKS = 4
SESSIONS = {Repeat.WEEKLY: 4, Repeat.FORTNIGHTLY: 2, Repeat.MONTHLY: 1}
# What a series weighs: a weight, and how many sessions in four weeks it stands for.
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
# Facts of one query: a contract, and that of a worker in the assessed first year.
CONTRACTS = CONTRACT, FIRST_YEAR = ("contract", "first year contract")


@dataclass(frozen=True)
class Load:
    """A worker's points and room on a day; the same in each of the worker's teams."""

    worker: int
    team: frozenset[int]
    points: float
    room: float


def workloads(evaluation: Evaluation) -> list[Load]:
    """A Load for each worker who wears a hat of the scope on the day; five queries for all days."""
    carried_on, weights_on = evaluation.whole.load(_carried_and_weights)
    teams = _teams_on(evaluation.load(workforce), evaluation.day)
    weights = weights_on[evaluation.day]
    return [
        Load(worker, teams[worker], sum_of(points_of(carried, weights)), room_of(carried, weights))
        for worker, carried in carried_on[evaluation.day].items()
        if worker in teams
    ]


def _carried_and_weights(
    evaluation: Evaluation,
) -> tuple[dict[date, dict[int, Carried]], Mapping[date, Mapping[str, float]]]:
    people, days = evaluation.load(everybody), evaluation.last_days
    workers_on = {day: list(_teams_on(people, day)) for day in days}
    return carried_on_each(workers_on), WeightSet.objects.points_on_each(days)


def _teams_on(people: Iterable[Person], day: date) -> dict[int, frozenset[int]]:
    """{worker: teams} of those who wear a hat of the scope on this day."""
    return {
        person.worker: frozenset(hat.team_id for hat in worn)
        for person in people
        if (worn := [hat for hat in person.hats if runs_on(hat, day)])
    }


@by_row
def weighted_workload(loads: Sequence[Load], evaluation: Evaluation) -> Parts:
    """All points out of all room: the mean share of workers, weighted by their hours (LOD-01)."""
    known = [load for load in loads if load.room]
    return Parts(
        numerator=sum(load.points for load in known),
        denominator=sum(load.room for load in known),
        known=len(known),
        asked=len(loads),
        workers=len(known),
        by_worker={load.worker: (load.points, load.room) for load in known},
    )


def carried_by(workers: Iterable[int], day: date) -> dict[int, Carried]:
    """{worker's key: Carried} on this day, for `workload_points.points_of`."""
    return carried_on_each({day: workers})[day]


def carried_on_each(workers_on: Mapping[date, Iterable[int]]) -> dict[date, dict[int, Carried]]:
    """{day: {worker's key: Carried}} for the workers of each day; at most four queries."""
    by_day = tuple((day, tuple(workers)) for day, workers in workers_on.items())
    fte: defaultdict[tuple[date, int], float] = defaultdict(float)
    first_year: defaultdict[tuple[date, int], float] = defaultdict(float)
    cases: defaultdict[tuple[date, int], list[HeldCase]] = defaultdict(list)
    standing: defaultdict[tuple[date, int], dict[str, float]] = defaultdict(
        lambda: defaultdict(float)
    )
    for day, worker, weight, number in _series_weights(by_day):
        standing[day, worker][weight] += number
    leads: list[tuple[date, int, int]] = []
    for day, worker, what, agency, number in _with_days(by_day, _standing_facts(by_day)):
        if what in CONTRACTS:
            fte[day, worker] += number / FULL_TIME_MINUTES_A_WEEK
            first_year[day, worker] += (what == FIRST_YEAR) * number / FULL_TIME_MINUTES_A_WEEK
        else:
            standing[day, worker][STANDING[what]] += number
            leads += [(day, worker, agency)] if what == CommitmentKind.PROTOCOL_LEAD else []
    negotiated = _in_negotiation({(day, agency) for day, _, agency in leads}) if leads else ()
    for day, worker, agency in leads:
        if (day, agency) in negotiated:
            standing[day, worker][Weight.NEGOTIATION] += 1
    held = sorted(_held_cases(by_day), key=lambda row: row[:2])
    for day, _, worker, *facts in _with_days(by_day, held):
        cases[day, worker].append(HeldCase(*facts))
    return {
        day: {
            worker: Carried(
                fte[day, worker],
                first_year[day, worker],
                tuple(cases[day, worker]),
                dict(standing[day, worker]),
            )
            for worker in workers
        }
        for day, workers in by_day
    }


def _of_each_day(
    workers_on: WorkersOn,
    querysets_of: Callable[[date], Iterable[QuerySet[Any, Any]]],
    *fields: str,
) -> QuerySet[Any, Any]:
    """Rows (number of the day, *fields) of what `querysets_of(day)` has of the workers of that day.

    One query; `workers_on` are pairs of a day and keys of workers.
    """
    first, *others = [
        queryset.filter(worker__in=workers)
        .order_by()
        .annotate(of_day=Value(number))
        .values_list("of_day", *fields)
        for number, (day, workers) in enumerate(workers_on)
        for queryset in querysets_of(day)
    ]
    return first.union(*others, all=True) if others else first


def _with_days(workers_on: WorkersOn, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    return ((workers_on[number][0], *row) for number, *row in rows)


@compiled_query
def _standing_facts(workers_on: WorkersOn) -> QuerySet[Any, Any]:
    """(day, worker, what, agency or 0, number): contracts, commitments, open evenings of the month.

    The number of a contract is its minutes a week.
    """
    return _of_each_day(workers_on, _standing_on, "worker", "what", "of_agency", "number")


def _standing_on(day: date) -> Iterator[QuerySet[Any, Any]]:
    in_first_year = When(first_year_until_on__gte=day, then=Value(FIRST_YEAR))
    yield Contract.objects.current(day).annotate(
        what=Case(in_first_year, default=Value(CONTRACT)),
        of_agency=Value(0),
        number=sum((F(f"{weekday}_minutes") for weekday in WEEKDAYS), Value(0)),
    )
    yield Commitment.objects.current(day).annotate(
        what=F("kind"), of_agency=Coalesce("agency", 0), number=Value(1)
    )
    # By the activity's date: open evenings have an index, all time of a month would be slow.
    month = (day.replace(day=1), day)
    yield (
        TimeEntry.objects.counted()
        .filter(activity__date__range=month, activity__kind=KindCode.OPEN_EVENING)
        .values("worker")
        .annotate(what=Value(KindCode.OPEN_EVENING.value), of_agency=Value(0), number=Count("pk"))
    )


@compiled_query
def _held_cases(workers_on: WorkersOn) -> QuerySet[Any, Any]:
    """(day, key, worker, *facts of a case), in no order; level and allocation are of that day."""
    return _of_each_day(
        workers_on,
        _held_on,
        "pk",
        "worker",
        "level",
        "agencies",
        "case__children",
        "case__has_long_travel",
        "case__has_interpreter",
        "case__is_winding_down",
    )


def _held_on(day: date) -> Iterator[QuerySet[Any, Any]]:
    spells = LevelSpell.objects.current(day).filter(case=OuterRef("case"))
    yield Allocation.objects.held_on(day).annotate(
        level=Subquery(spells.order_by("-from_on", "-pk").values("level")[:1]),
        agencies=Count("case__agencies_in_plan", distinct=True),
    )


def _series_weights(workers_on: WorkersOn) -> Iterator[tuple[date, int, Weight, float]]:
    """(day, worker, weight, number): a fortnightly drop-in is half a weekly one.

    Co-workers help out and carry no weight. A programme is a group that has seats.
    """
    rows = _with_days(workers_on, sorted(_series_roles(workers_on), key=lambda row: row[:2]))
    for day, _, worker, role, kind, seats, repeat, dates in rows:
        is_programme = kind == KindCode.GROUP_SESSION and seats
        weight, usual = PROGRAMME[role] if is_programme else SERIES.get(kind, (None, 1))
        if weight:
            yield day, worker, weight, SESSIONS.get(repeat, dates) / usual


@compiled_query
def _series_roles(workers_on: WorkersOn) -> QuerySet[Any, Any]:
    return _of_each_day(
        workers_on,
        _roles_on,
        "pk",
        "worker",
        "role",
        "series__activity_type__kind",
        "series__seats",
        "series__repeat",
        "dates",
    )


def _roles_on(day: date) -> Iterator[QuerySet[Any, Any]]:
    recent = (day - timedelta(weeks=FOUR_WEEKS, days=-1), day)
    runs = Q(series__until_on__isnull=True) | Q(series__until_on__gte=day)
    yield (
        SeriesWorker.objects.current(day)
        .filter(runs, series__from_on__lte=day, role__in=PROGRAMME)
        .annotate(
            dates=Count("series__single_dates", Q(series__single_dates__date__range=recent)),
        )
    )


def _in_negotiation(led: Collection[tuple[date, int]]) -> set[tuple[date, int]]:
    """Those of these (day, agency) with a protocol that is negotiated on the day."""
    days, agencies = (frozenset(each) for each in zip(*led, strict=True))
    return {
        (day, version.protocol.agency_id)
        for version in _begun(min(days), max(days), agencies)
        for day in days
        if version.negotiating_from_on <= day
        and (version.ended_on is None or day < version.ended_on)
        and version.status_on(day) == Status.NEGOTIATING
    }


@compiled_query
def _begun(first: date, last: date, agencies: frozenset[int]) -> QuerySet[Any, Any]:
    """Versions that were negotiated by the last day and had not ended by the first."""
    not_ended = Q(ended_on__isnull=True) | Q(ended_on__gt=first)
    of_agencies = ProtocolVersion.objects.filter(not_ended, protocol__agency__in=agencies)
    begun = of_agencies.filter(negotiating_from_on__lte=last).select_related("protocol")
    return begun.defer("agreed_text", "learned_text")
