"""Whether the log can be trusted, and how much of the time paid for is direct (VIS-05, LOD-02)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from eitrack.directory.models import Placement
from eitrack.indicators.measures.calculated.contract_by_hat import by_hat, key_of, minutes_to_work
from eitrack.indicators.measures.calculated.log import log_by_hat
from eitrack.indicators.measures.calculated.workforce import Person, calendar, hats, overlaps
from eitrack.indicators.measures.coverage import added_up, worker_days
from eitrack.indicators.measures.evaluation import AllAndRows, Evaluation, Key
from eitrack.indicators.terms.figures import Parts


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


def direct_share(people: Iterable[Person], evaluation: Evaluation) -> AllAndRows:
    """Direct minutes under a hat, out of the contracted minutes that are its share (LOD-02).

    Workers without a contract are left out with their minutes and counted as not known.
    """
    log, within = evaluation.load(log_by_hat), evaluation.load(calendar)
    direct: defaultdict[Key, float] = defaultdict(float)
    paid: defaultdict[Key, float] = defaultdict(float)
    by_worker: defaultdict[Key, dict[int, tuple[float, float]]] = defaultdict(dict)
    known: defaultdict[Key, set[int]] = defaultdict(set)
    everybody: defaultdict[Key, set[int]] = defaultdict(set)
    for person in people:
        minutes = by_hat(person, within, minutes_to_work)
        for hat in person.hats:
            for key in {None, key_of(hat, evaluation.breakdown)}:
                everybody[key].add(person.worker)
                if person.contracts:
                    known[key].add(person.worker)
                    there = log.get(hat.pk, Counter()).get("logged_direct", 0), minutes.get(hat, 0)
                    direct[key] += there[0]
                    paid[key] += there[1]
                    before = by_worker[key].get(person.worker, (0, 0))
                    by_worker[key][person.worker] = before[0] + there[0], before[1] + there[1]
    rows = {
        key: Parts(
            direct[key],
            paid[key],
            len(known[key]),
            len(workers),
            workers=len(known[key]),
            by_worker=by_worker[key],
        )
        for key, workers in everybody.items()
    }
    return rows.pop(None, Parts(denominator=0)), rows
