"""How workers are spread over hats, and whether plans with hosts hold (LOD-03, LOD-04)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from django.db.models import QuerySet

from eitrack.common.compiled_query import compiled_query
from eitrack.common.periods import Period, whole_months
from eitrack.directory.models import Placement
from eitrack.indicators.measures.calculated.log import minutes_by_day
from eitrack.indicators.measures.calculated.parts import by_row
from eitrack.indicators.measures.calculated.workforce import everybody, runs_on, workforce
from eitrack.indicators.measures.evaluation import AllAndRows, Evaluation, Key
from eitrack.indicators.terms.figures import Parts

# An agency or a team, by its key.
Host = tuple[str, int]
LEAST_MINUTES = 30
FOUR_WEEKS = timedelta(weeks=4, days=-1)
THIRTEEN_WEEKS = timedelta(weeks=13, days=-1)


@dataclass(eq=False)
class Spread:
    """A worker's minutes by hat over four weeks, and by host over thirteen, planned and actual.

    A hat here is a post in a team at a host, so a renewed placement is the same hat. The own team
    stands in for a missing host: two such hats in two teams have two hosts.
    """

    worker: int
    team: frozenset[int]
    hats: Counter[tuple[int, int, int | None]] = field(default_factory=Counter)
    actual: Counter[Host] = field(default_factory=Counter)
    planned: Counter[Host] = field(default_factory=Counter)


def spreads(evaluation: Evaluation) -> list[Spread]:
    """A Spread for each worker who wears a hat of the scope on the day."""
    day = evaluation.day
    found: dict[int, Spread] = {}
    for person in evaluation.load(workforce):
        if worn := [hat for hat in person.hats if runs_on(hat, day)]:
            found[person.worker] = Spread(person.worker, frozenset(hat.team_id for hat in worn))
    first, recent = day - THIRTEEN_WEEKS, day - FOUR_WEEKS
    placed = evaluation.whole.load(_placed)
    for hat in placed.values():
        days = (min(hat.until_on or day, day) - max(hat.from_on, first)).days + 1
        if hat.worker_id in found and days > 0:
            found[hat.worker_id].planned[host_of(hat)] += hat.planned_minutes * days
    logged = minutes_by_day(evaluation, placed.values(), _thirteen_weeks)
    for hat in placed.values():
        minutes = logged.get(hat.pk, {})
        if hat.worker_id in found and (in_all := _between(first, day, minutes)):
            spread, of_post = found[hat.worker_id], (hat.post_id, hat.team_id, hat.host_id)
            spread.actual[host_of(hat)] += in_all
            spread.hats[of_post] += _between(recent, day, minutes)
    return list(found.values())


def _between(first: date, last: date, minutes: Mapping[date, int]) -> int:
    return sum(amount for day, amount in minutes.items() if first <= day <= last)


def _placed(evaluation: Evaluation) -> dict[int, Placement]:
    """{key: placement} of all placements the workers of the scope ever had."""
    workers = tuple(person.worker for person in evaluation.load(everybody))
    return {hat.pk: hat for hat in _hats_ever(workers)}


@compiled_query
def _hats_ever(workers: tuple[int, ...]) -> QuerySet[Placement]:
    return Placement.objects.filter(worker__in=workers).order_by().select_related("team")


def _thirteen_weeks(period: Period, last: date) -> Period:
    return whole_months(last - THIRTEEN_WEEKS, last)


def host_of(hat: Placement) -> Host:
    """What counts as the host of a hat: its agency, else its team."""
    return ("agency", hat.host_id) if hat.host_id else ("team", hat.team_id)


def hats_used(spread: Spread) -> list[int]:
    """Minutes of the hats with half an hour or more."""
    return [minutes for minutes in spread.hats.values() if minutes >= LEAST_MINUTES]


def role_spread(minutes: Sequence[int]) -> float:
    """1 minus the sum of squared shares: 0 with one hat, near 1 with many equal ones."""
    whole = sum(minutes)
    return 1 - sum((each / whole) ** 2 for each in minutes)


@by_row
def hats_and_spread(spreads: Sequence[Spread], evaluation: Evaluation) -> Parts:
    """The mean number of hats used, and the median spread; workers without time are unknown."""
    used = {spread.worker: minutes for spread in spreads if (minutes := hats_used(spread))}
    number = len(used)
    middle = median(map(role_spread, used.values())) if used else 0
    # Without workers there is no median.
    beside = Parts(middle, None if used else 0, number, number, workers=number)
    by_worker = {worker: (len(minutes), 1) for worker, minutes in used.items()}
    hats = sum(number_of_hats for number_of_hats, _ in by_worker.values())
    return Parts(
        hats, number, number, len(spreads), workers=number, beside=beside, by_worker=by_worker
    )


def split_difference(spread: Spread, hosts: Iterable[Host]) -> float:
    """How far the shares of these hosts are from the plan.

    Over all hosts of a worker it is 0 if all is as planned, 1 if all time was elsewhere.
    """
    planned, actual = spread.planned.total(), spread.actual.total()
    apart = (abs(spread.actual[host] / actual - spread.planned[host] / planned) for host in hosts)
    return sum(sorted(apart)) / 2


def hosts_of(spread: Spread) -> Set[Host]:
    return spread.planned.keys() | spread.actual.keys()


def planned_and_actual(found: Sequence[Spread], evaluation: Evaluation) -> AllAndRows:
    """The mean difference of workers with two or more hosts; those without time are unknown."""
    whole, rows = _difference(found, evaluation)
    if evaluation.breakdown and evaluation.breakdown.code == "host":
        rows = _by_host(found)
    return whole, rows


@by_row
def _difference(spreads: Sequence[Spread], evaluation: Evaluation) -> Parts:
    return _difference_at(spreads, lambda host: True)


def _difference_at(spreads: Sequence[Spread], is_counted: Callable[[Host], bool]) -> Parts:
    shared = [spread for spread in spreads if len(+spread.planned) > 1]
    known = {
        spread.worker: (split_difference(spread, filter(is_counted, hosts_of(spread))), 1)
        for spread in shared
        if spread.actual.total()
    }
    apart, number = sum(difference for difference, _ in known.values()), len(known)
    return Parts(apart, number, number, len(shared), workers=number, by_worker=known)


def _by_host(found: Sequence[Spread]) -> dict[Key, Parts]:
    """A row for each agency and one for own teams, with its part of the difference."""
    at_host: defaultdict[Key, list[Spread]] = defaultdict(list)
    for spread in found:
        for key in {row_of(host) for host in hosts_of(spread)}:
            at_host[key].append(spread)
    return {
        key: _difference_at(there, lambda host, key=key: row_of(host) == key)  # type: ignore[misc]
        for key, there in at_host.items()
    }


def row_of(host: Host) -> Key:
    """The key of an agency; None for own teams."""
    of, key = host
    return key if of == "agency" else None
