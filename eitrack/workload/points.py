"""Workload in weighted points beside logged hours, and whether the weights fit."""

from dataclasses import dataclass
from datetime import timedelta

from eitrack.indicators.measures.calculated.workload import carried_by
from eitrack.indicators.measures.calculated.workload_points import points_of, room_of, sum_of
from eitrack.indicators.models import WeightSet

FULL = 95
OVER = 105
# 205 days of 7.2 hours in 13 times four weeks (INDICATORS.md part 5): 100 points.
FOUR_WEEKS = timedelta(weeks=4)
FULL_TIME_MINUTES = 205 / 13 * 7.2 * 60
STRETCHES = 2
MOST_DIFFERENCE = 0.2


@dataclass(frozen=True)
class Points:
    """What a worker carries in points, line by line, the room for them, and open cases."""

    lines: tuple
    room: float
    open_cases: int = 0

    @property
    def all(self):
        return sum_of(self.lines)

    @property
    def share(self):
        """Percent of the room; None without contracted hours."""
        return 100 * self.all / self.room if self.room else None

    @property
    def in_words(self):
        """ "98 of 100, above 95": relative to the room, so that part-time counts alike."""
        if self.share is None:
            return f"{number(self.all)}, no contracted hours known"
        above = next((f", above {most}" for most in (OVER, FULL) if self.share > most), "")
        return f"{number(self.all)} of {number(self.room)}{above}"

    @property
    def minutes(self):
        """The time in four weeks that these points stand for."""
        return self.all / 100 * FULL_TIME_MINUTES


def number(points):
    """Points to one digit: "4.5", "12"."""
    return f"{points:.1f}".removesuffix(".0")


def points_by_worker(workers, day, weights=None):
    """{worker: Points} on this day, with the weights of the day or other ones."""
    weights = WeightSet.objects.points_on(day) if weights is None else weights
    return weighed(carried_by(list(workers), day), weights)


def weighed(carried, weights):
    """{worker: Points} for what they carry."""
    return {
        worker: Points(tuple(points_of(load, weights)), room_of(load, weights), len(load.cases))
        for worker, load in carried.items()
    }


def stretches(today):
    """The two stretches of four whole weeks before this week, older first: (first, last)."""
    monday = today - timedelta(days=today.weekday())
    return [
        (monday - back * FOUR_WEEKS, monday - (back - 1) * FOUR_WEEKS - timedelta(days=1))
        for back in range(STRETCHES, 0, -1)
    ]


def look_wrong(expected, logged):
    """Whether points and logged time differ by more than 20 % in every stretch.

    Both are minutes. A stretch without logged time is ignored.
    """
    return all(
        minutes and points and abs(minutes - points) > MOST_DIFFERENCE * points
        for points, minutes in zip(expected, logged, strict=True)
    )
