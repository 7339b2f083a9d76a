"""How thinly workers are spread over hats, and whether plans with hosts hold (LOD-03, LOD-04)."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median

from django.db.models import Q, Sum

from eitrack.activities.models import TimeEntry
from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.directory.models import Placement
from eitrack.indicators.calculated.parts import in_any
from eitrack.indicators.calculated.workforce import everybody, runs_on, workforce
from eitrack.indicators.figures import Parts

LEAST_MINUTES = 30
FOUR_WEEKS = timedelta(weeks=4, days=-1)
THIRTEEN_WEEKS = timedelta(weeks=13, days=-1)


@dataclass(eq=False)
class Spread:
    """A worker's minutes by hat in four weeks, and by host in thirteen, planned and actual.

    A hat is a post in a team at a host, so that one which is renewed stays one. Without a host the
    own team counts as one: two such hats in two teams are at two hosts.
    """

    teams: frozenset
    hats: Counter = field(default_factory=Counter)
    actual: Counter = field(default_factory=Counter)
    planned: Counter = field(default_factory=Counter)


def spreads(asked):
    """A Spread for each worker who wears a hat of the scope on the day; two queries for all."""
    day, found = asked.day, {}
    for person in asked.load(workforce):
        if worn := [hat for hat in person.hats if runs_on(hat, day)]:
            found[person.worker] = Spread(frozenset(hat.team_id for hat in worn))
    first = day - THIRTEEN_WEEKS
    logged, placed = asked.whole.load(_time_and_plans)
    for worker, post, team, host, minutes, recent in logged[day]:
        if worker in found:
            found[worker].actual[host_of(host, team)] += minutes
            found[worker].hats[post, team, host] += recent
    for worker, host, team, planned, from_on, until_on in placed:
        days = (min(until_on or day, day) - max(from_on, first)).days + 1
        if worker in found and days > 0:
            found[worker].planned[host_of(host, team)] += planned * days
    return list(found.values())


def _time_and_plans(asked):
    """({last day: (worker, post, team, host, minutes of thirteen weeks, of four)}, placements)."""
    spans = [(day - THIRTEEN_WEEKS, day) for day in asked.last_days]
    workers = [person.worker for person in asked.load(everybody)]
    counted = TimeEntry.objects.counted().filter(in_any(spans, "date"), worker__in=workers)
    hat = ("worker", "placement__post", "placement__team", "placement__host")
    amounts = {}
    for number, (first, day) in enumerate(spans):
        recent = (day - FOUR_WEEKS, day)
        amounts |= {
            f"all_{number}": Sum(ALL_MINUTES, filter=Q(date__range=(first, day))),
            f"recent_{number}": Sum(ALL_MINUTES, filter=Q(date__range=recent), default=0),
        }
    rows = list(counted.order_by().values(*hat).annotate(**amounts))
    logged = {
        day: [
            (*(row[name] for name in hat), row[f"all_{number}"], row[f"recent_{number}"])
            for row in rows
            if row[f"all_{number}"] is not None
        ]
        for number, (_, day) in enumerate(spans)
    }
    placed = Placement.objects.overlapping_any(spans).filter(worker__in=workers).order_by()
    return logged, list(
        placed.values_list("worker", "host", "team", "planned_minutes", "from_on", "until_on")
    )


def host_of(agency, team):
    """What counts as the host of a hat: its agency, else its team."""
    return ("agency", agency) if agency else ("team", team)


def hats_used(spread):
    """Minutes of the hats with half an hour or more."""
    return [minutes for minutes in spread.hats.values() if minutes >= LEAST_MINUTES]


def role_spread(minutes):
    """1 - sum of squared shares: 0 with one hat, near 1 with many alike."""
    whole = sum(minutes)
    return 1 - sum((each / whole) ** 2 for each in minutes)


def hats_and_spread(found, asked):
    """The mean number of hats used, beside the median spread; workers without time are unknown."""

    def parts(spreads):
        used = [minutes for spread in spreads if (minutes := hats_used(spread))]
        number = len(used)
        middle = median(map(role_spread, used)) if used else 0
        # Of nobody there is no median.
        beside = Parts(middle, None if used else 0, number, number, workers=number)
        hats = sum(len(minutes) for minutes in used)
        return Parts(hats, number, number, len(spreads), workers=number, beside=beside)

    return _of_all_and_teams(found, parts)


def split_difference(spread, hosts):
    """How far the shares of these hosts lie from those planned; of all of a worker's hosts it is
    0 as planned, 1 all elsewhere."""
    planned, actual = spread.planned.total(), spread.actual.total()
    apart = (abs(spread.actual[host] / actual - spread.planned[host] / planned) for host in hosts)
    return sum(sorted(apart)) / 2


def hosts_of(spread):
    return spread.planned.keys() | spread.actual.keys()


def planned_and_actual(found, asked):
    """The mean difference of workers with two hosts or more; those without time are unknown."""

    def parts(spreads, is_counted=lambda host: True):
        shared = [spread for spread in spreads if len(+spread.planned) > 1]
        known = [
            split_difference(spread, filter(is_counted, hosts_of(spread)))
            for spread in shared
            if spread.actual.total()
        ]
        return Parts(sum(known), len(known), len(known), len(shared), workers=len(known))

    if asked.breakdown and asked.breakdown.code == "host":
        return parts(found), _by_host(found, parts)
    return _of_all_and_teams(found, parts)


def _by_host(found, parts):
    """A row for each agency, and one for own teams, with the part of the difference it makes."""
    at_host = defaultdict(list)
    for spread in found:
        for key in {row_of(host) for host in hosts_of(spread)}:
            at_host[key].append(spread)
    return {
        key: parts(there, lambda host, key=key: row_of(host) == key)
        for key, there in at_host.items()
    }


def row_of(host):
    """The key of an agency; None for own teams."""
    of, key = host
    return key if of == "agency" else None


def _of_all_and_teams(found, parts):
    by_team = defaultdict(list)
    for spread in found:
        for team in spread.teams:
            by_team[team].append(spread)
    return parts(found), {team: parts(there) for team, there in by_team.items()}
