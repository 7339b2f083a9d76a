"""FND: who pays for the work, and for how long."""

from tests.recount.rows import FULL_WEEK, Figure, all_minutes, runs_on
from tests.recount.staff import front_line

MONTHS_AHEAD = 6


def fnd_01(part):
    """Service minutes; beside them, their share of all service minutes."""
    minutes = all_minutes(part.service_entries)
    return Figure(minutes, beside=Figure(minutes, all_minutes(part.whole.service_entries)))


def fnd_02(part):
    """Planned hours of hats whose funding ends within six months, out of those of all hats."""
    world = part.world
    counted = set(front_line(world))
    worn = [
        hat
        for hat in world["placements"]
        if hat["worker"] in counted
        and runs_on(hat, part.day)
        and (part.by not in ("team", "host") or hat[part.by] == part.row)
    ]
    streams = {row["funding_stream"]: row for row in world["funding_streams"]}
    last = months_after(part.day, MONTHS_AHEAD)
    ending = [
        hat
        for hat in worn
        if (end := funded_until(hat, streams[hat["funding_stream"]])) and end <= last
    ]
    return Figure(planned(ending) / FULL_WEEK, planned(worn) / FULL_WEEK)


def planned(hats):
    return sum(hat["planned_minutes"] for hat in hats)


def funded_until(hat, stream):
    """Until its renewal ends, or else its stream's; None is no end known."""
    return hat["renewed_until_on"] or stream["renewed_until_on"] or stream["ends_on"]


def months_after(day, number):
    """The same day some months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    for number in range(day.day, 27, -1):
        try:
            return day.replace(year=year, month=month + 1, day=number)
        except ValueError:
            continue
    return day.replace(year=year, month=month + 1)
