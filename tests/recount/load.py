"""LOD: who carries what, and how thinly people are spread."""

from collections import Counter
from datetime import timedelta
from statistics import median

from tests.recount.rows import Figure, contact, runs_on
from tests.recount.staff import (
    contracts_on,
    front_line,
    full_time_of,
    full_time_on,
    hats_on,
    is_in,
    minutes_to_work,
    share_of_hats,
)
from tests.recount.weights import points

LEAST_MINUTES = 30
FOUR_WEEKS = timedelta(weeks=4)
THIRTEEN_WEEKS = timedelta(weeks=13)


def lod_01(part):
    """Points of what workers carry, out of the points that their hours have room for."""
    carried = room = known = 0
    workers = [each for each in wearing(part) if part.by != "worker" or each == part.row]
    for worker in workers:
        of_worker = contracts_on(part.world, worker, part.day)
        room_of = sum(full_time_of(each) * full_points(each, part.day) for each in of_worker)
        if room_of:
            room += room_of
            carried += points(part, worker)
            known += 1
    return Figure(carried, room, known, len(workers))


def full_points(contract, day):
    """100, or 90 in the assessed first year."""
    until = contract["first_year_until_on"]
    return 90 if until and day <= until else 100


def lod_02(part):
    """Contact minutes with families, out of contracted minutes less leave."""
    world = part.world
    there = {
        worker
        for worker in front_line(world)
        for hat in world.rows_by("placements", "worker")[worker]
        if is_in(hat, part) and overlaps(hat, part)
    }
    paid = {
        worker
        for worker in there
        if any(overlaps(each, part) for each in world.rows_by("contracts", "worker")[worker])
    }
    minutes = sum(
        of_day * share_of_hats(hats_on(world, worker, day), part)
        for worker in paid
        for day, of_day in minutes_to_work(part, worker).items()
    )
    direct = contact(each for each in part.direct_entries if each["worker"] in paid)
    return Figure(direct, minutes, len(paid), len(there))


def overlaps(row, part):
    return row["from_on"] <= part.day and (row["until_on"] is None or row["until_on"] >= part.start)


def lod_03(part):
    """Hats used in four weeks, out of workers with time; beside it, the median role spread."""
    workers = wearing(part)
    used = []
    for worker in workers:
        by_hat = Counter()
        for entry in last_entries(part, worker, FOUR_WEEKS):
            by_hat[entry["post"], entry["team"], entry["host"]] += minutes_of(entry)
        if long := [minutes for minutes in by_hat.values() if minutes >= LEAST_MINUTES]:
            used.append(long)
    middle = median(map(role_spread, used)) if used else None
    return Figure(sum(map(len, used)), len(used), len(used), len(workers), beside=Figure(middle))


def lod_04(part):
    """How far shares of time at hosts lie from those planned, on average of who has two hosts."""
    world, workers = part.world, wearing(part)
    first = part.day - THIRTEEN_WEEKS + timedelta(days=1)
    apart, asked = [], 0
    for worker in workers:
        planned, actual = Counter(), Counter()
        for hat in world.rows_by("placements", "worker")[worker]:
            since, until = max(hat["from_on"], first), min(hat["until_on"] or part.day, part.day)
            planned[host_of(hat)] += hat["planned_minutes"] * max(0, (until - since).days + 1)
        for entry in last_entries(part, worker, THIRTEEN_WEEKS):
            actual[host_of(entry)] += minutes_of(entry)
        there = {host for host in {*planned, *actual} if is_row(host, part)}
        if len(+planned) < 2 or not there:
            continue
        asked += 1
        if actual.total():
            shares = (
                abs(actual[host] / actual.total() - planned[host] / planned.total())
                for host in there
            )
            apart.append(sum(shares) / 2)
    return Figure(sum(apart), len(apart), len(apart), asked)


def is_row(host, part):
    """Whether this host is the row's agency; own teams are those of the row without one."""
    return part.by != "host" or part.row == (host if isinstance(host, int) else None)


def lod_05(part):
    """Open cases allocated on the last day, for each full-time equivalent of their holders."""
    world, day = part.world, part.day
    held = [
        each
        for each in world["allocations"]
        if runs_on(each, day)
        and is_open(world, each["case"], day)
        and part.team in (None, each["team"])
    ]
    hours = {each["worker"]: full_time_on(world, each["worker"], day) for each in held}
    paid = [each for each in held if hours[each["worker"]]]
    found = len(paid) if part.by == "team" else len({each["case"] for each in paid})
    return Figure(
        found,
        sum(hours.values()),
        known=sum(map(bool, hours.values())),
        asked=len(hours),
    )


def is_open(world, number, day):
    """A case that was handed over to another team was open while its allocation ran."""
    return all(
        case["opened_on"] <= day and (case["closed_on"] is None or case["closed_on"] >= day)
        for case in world.rows_by("cases", "case")[number]
    )


def wearing(part):
    """Front-line workers who wear a hat of this row on the last day."""
    return [
        worker
        for worker in front_line(part.world)
        if any(is_in(hat, part) for hat in hats_on(part.world, worker, part.day))
    ]


def last_entries(part, worker, weeks):
    """Counted time of a worker, in whichever team, in the weeks up to the last day."""
    return [
        entry
        for entry in part.world.counted
        if entry["worker"] == worker and part.day - weeks < entry["date"] <= part.day
    ]


def minutes_of(entry):
    return entry["contact_minutes"] + entry["preparation_minutes"] + entry["travel_minutes"]


def host_of(row):
    """The host agency; the own team counts as one where there is none."""
    return row["host"] or f"team {row['team']}"


def role_spread(minutes):
    """0 with one hat, near 1 with many alike."""
    return 1 - sum((each / sum(minutes)) ** 2 for each in minutes)
