"""Who was there to work: hats, contracts, leave, and the days on which a record was expected."""

from collections import defaultdict

from tests.recount.rows import FULL_WEEK, days, runs_on

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HATS = ("team", "post", "funding_stream")


def hats_on(world, worker, day):
    return [hat for hat in world.rows_by("placements", "worker")[worker] if runs_on(hat, day)]


def contracts_on(world, worker, day):
    return [each for each in world.rows_by("contracts", "worker")[worker] if runs_on(each, day)]


def front_line(world):
    return [row["worker"] for row in world["workers"] if row["is_front_line"]]


def is_in(hat, part):
    """Whether the hat belongs to the row; where rows are not of hats, every hat does."""
    return part.by not in HATS or hat[part.by] == part.row


def full_time_of(contract):
    return sum(contract[f"{day}_minutes"] for day in WEEKDAYS) / FULL_WEEK


def full_time_on(world, worker, day):
    return sum(full_time_of(each) for each in contracts_on(world, worker, day))


def share_of_hats(worn, part):
    """The part of a worker's contract that falls to the hats of this row, by planned hours."""
    planned = sum(hat["planned_minutes"] for hat in worn)
    mine = [hat for hat in worn if is_in(hat, part)]
    if planned:
        return sum(hat["planned_minutes"] for hat in mine) / planned
    return len(mine) / len(worn) if worn else 0


def full_time(part):
    """Full-time workers on an average working day; several hats share a contract."""
    world = part.world
    working = [day for day in part.until_known() if world.is_working_day(day)]
    found = sum(
        full_time_on(world, worker, day) * share_of_hats(hats_on(world, worker, day), part)
        for worker in front_line(world)
        for day in working
    )
    return found / len(working) if working else 0


def leave(world, worker):
    """{day: share of it} of somebody's leave."""
    away = defaultdict(float)
    for absence in world.rows_by("absences", "worker")[worker]:
        for day in days(absence["from_on"], absence["until_on"]):
            away[day] += 0.5 if absence["is_half_day"] else 1
    return away


def marked(world, worker, mark):
    return {
        row["date"]
        for row in world.rows_by("day_statuses", "worker")[worker]
        if row["mark"] == mark
    }


def minutes_to_work(part, worker):
    """{day: minutes} a contract asks for on working days, less leave and days not worked."""
    world = part.world
    away, not_worked = leave(world, worker), marked(world, worker, "not_worked")
    found = {}
    for day in part.until_known():
        if not world.is_working_day(day) or day in not_worked:
            continue
        minutes = sum(
            contract[f"{WEEKDAYS[day.weekday()]}_minutes"]
            for contract in contracts_on(world, worker, day)
            if not contract["is_term_time_only"] or world.is_school_day(day)
        )
        if left := minutes * (1 - min(1, away[day])):
            found[day] = left
    return found


def expected_days(part):
    """(worker, day) on which a record was expected: a contracted working day under a hat."""
    return {
        (worker, day)
        for worker in front_line(part.world)
        for day in minutes_to_work(part, worker)
        if any(is_in(hat, part) for hat in hats_on(part.world, worker, day))
    }


def recorded_days(part):
    """(worker, day) with a record under whichever hat, or "nothing to log"."""
    logged = {(entry["worker"], entry["date"]) for entry in part.whole.entries}
    said = {
        (row["worker"], row["date"])
        for row in part.world["day_statuses"]
        if row["mark"] == "nothing_to_log"
    }
    return logged | said
