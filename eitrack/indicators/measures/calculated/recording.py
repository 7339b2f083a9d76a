"""Whether the log can be trusted: worker-days with a record out of those expected (VIS-05)."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from eitrack.activities.choices import DayMark
from eitrack.directory.models import Placement
from eitrack.indicators.measures.calculated.log import log_by_hat, logged_days
from eitrack.indicators.measures.calculated.workforce import (
    Person,
    calendar,
    hats,
    overlaps,
    workforce,
)
from eitrack.indicators.measures.evaluation import AllAndRows, Evaluation
from eitrack.indicators.terms.figures import Coverage, Parts


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


def recording_coverage(people: Sequence[Person], evaluation: Evaluation) -> AllAndRows:
    """Worker-days with a record out of those expected; beside it, entries made in time (VIS-05).

    Days are expected of front-line workers; entries in time are those of everybody.
    """
    log, teams = evaluation.load(log_by_hat), evaluation.load(hats_in_scope)

    def parts(team: int | None = None) -> Parts:
        def hats_of(person: Person) -> list[Placement]:
            return [hat for hat in person.hats if team in (None, hat.team_id)]

        there = [person for person in people if hats_of(person)]
        by_worker = worker_days(evaluation, there, hats_of)
        recorded, expected = added_up(by_worker)
        logged = [
            log.get(hat, Counter()) for hat, of_team in teams.items() if team in (None, of_team)
        ]
        entries = sum(sums.get("logged_entries", 0) for sums in logged)
        in_time = sum(sums.get("logged_in_time", 0) for sums in logged)
        beside = Parts(in_time, entries, workers=len(there))
        return Parts(recorded, expected, workers=len(there), beside=beside, by_worker=by_worker)

    return parts(), {team: parts(team) for team in sorted(set(teams.values()))}


def hats_in_scope(evaluation: Evaluation) -> dict[int, int]:
    """{hat: team} of everybody in the scope, including managers."""
    return {
        hat.pk: hat.team_id
        for hat in evaluation.whole.load(hats)
        if evaluation.scope.holds(hat) and overlaps(hat, evaluation.period.start, evaluation.day)
    }
