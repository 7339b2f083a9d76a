"""LOD: who carries what, and how thinly people are spread."""

from tests.recount.rows import Figure, runs_on
from tests.recount.staff import full_time_on


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
