"""How much of the time worked is in the log: worker-days with a record out of those expected."""

from eitrack.activities.choices import DayMark
from eitrack.indicators.calculated.log import logged_days
from eitrack.indicators.calculated.workforce import days, workforce
from eitrack.indicators.figures import Coverage


def coverage(asked):
    """Days with a record or "nothing to log", out of those expected, up to today (VIS-05)."""
    recorded, expected = worker_days(asked, asked.load(workforce))
    return Coverage(recorded, expected)


def worker_days(asked, people, hats_of=lambda person: person.hats):
    """How many worker-days have a record, and on how many one was expected."""
    logged, all_days = asked.load(logged_days), asked.load(days)
    recorded = expected = 0
    for person in people:
        wanted = person.expected_days(all_days, hats_of(person))
        said = {day for day, mark in person.marks.items() if mark == DayMark.NOTHING_TO_LOG}
        expected += len(wanted)
        recorded += len(wanted & (logged.get(person.worker, set()) | said))
    return recorded, expected
