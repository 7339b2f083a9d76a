"""How much of the time worked is in the log: worker-days with a record out of those expected."""

from eitrack.activities.choices import DayMark
from eitrack.indicators.measures.calculated.log import logged_days
from eitrack.indicators.measures.calculated.workforce import days, workforce
from eitrack.indicators.terms.figures import Coverage


def coverage(evaluation):
    """Days with a record or "nothing to log", out of those expected, up to today (VIS-05)."""
    return Coverage(*added_up(worker_days(evaluation, evaluation.load(workforce))))


def worker_days(evaluation, people, hats_of=lambda person: person.hats):
    """{worker: (days with a record, days on which one was expected)}."""
    logged, all_days = evaluation.load(logged_days), evaluation.load(days)
    found = {}
    for person in people:
        wanted = person.expected_days(all_days, hats_of(person))
        said = {day for day, mark in person.marks.items() if mark == DayMark.NOTHING_TO_LOG}
        recorded = wanted & (logged.get(person.worker, set()) | said)
        found[person.worker] = len(recorded), len(wanted)
    return found


def added_up(by_worker):
    """The days of all workers: with a record, expected."""
    return tuple(sum(each[n] for each in by_worker.values()) for n in (0, 1))
