"""Recording coverage: worker-days with a record out of those expected."""

from collections.abc import Callable, Iterable, Mapping

from eitrack.activities.choices import DayMark
from eitrack.directory.models import Placement
from eitrack.indicators.measures.calculated.log import logged_days
from eitrack.indicators.measures.calculated.workforce import Person, calendar, workforce
from eitrack.indicators.measures.evaluation import Evaluation
from eitrack.indicators.terms.figures import Coverage


def coverage(evaluation: Evaluation) -> Coverage:
    """Days with a record or "nothing to log", out of those expected, up to today (VIS-05)."""
    return Coverage(*added_up(worker_days(evaluation, evaluation.load(workforce))))


def worker_days(
    evaluation: Evaluation,
    people: Iterable[Person],
    hats_of: Callable[[Person], Iterable[Placement]] = lambda person: person.hats,
) -> dict[int, tuple[int, int]]:
    """{worker: (days with a record, days on which one was expected)}."""
    logged, within = evaluation.load(logged_days), evaluation.load(calendar)
    found = {}
    for person in people:
        wanted = person.expected_days(within, hats_of(person))
        said = {day for day, mark in person.marks.items() if mark == DayMark.NOTHING_TO_LOG}
        recorded = wanted & (logged.get(person.worker, set()) | said)
        found[person.worker] = len(recorded), len(wanted)
    return found


def added_up(by_worker: Mapping[int, tuple[int, int]]) -> tuple[int, int]:
    """(days with a record, days expected) of all workers."""
    days = by_worker.values()
    return sum(recorded for recorded, _ in days), sum(expected for _, expected in days)
