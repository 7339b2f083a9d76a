"""For how long the service is paid for (FND-02)."""

from collections import defaultdict
from collections.abc import Iterable

from dateutil.relativedelta import relativedelta

from eitrack.directory.models.staffing import FULL_TIME_MINUTES_A_WEEK
from eitrack.indicators.measures.calculated.workforce import Person, runs_on
from eitrack.indicators.measures.evaluation import AllAndRows, Evaluation, Key
from eitrack.indicators.terms.figures import Parts

HORIZON = relativedelta(months=6)
# The key of the total; a hat without a host has the key None.
ALL = "all"


def ending_funding(people: Iterable[Person], evaluation: Evaluation) -> AllAndRows:
    """Full-time equivalents of hats whose funding ends within six months, out of all.

    A renewal that itself ends by then does not count as funded; a stream without an end does.
    """
    at_risk: defaultdict[Key, float] = defaultdict(float)
    planned: defaultdict[Key, float] = defaultdict(float)
    by_worker: defaultdict[Key, dict[int, tuple[float, float]]] = defaultdict(dict)
    is_by_host = evaluation.breakdown and evaluation.breakdown.code == "host"
    for person in people:
        for hat in person.hats:
            if not runs_on(hat, evaluation.day):
                continue
            fte, last_on = hat.planned_minutes / FULL_TIME_MINUTES_A_WEEK, hat.paid_until_on
            row = hat.host_id if is_by_host else hat.team_id
            for key in (ALL, row):
                is_at_risk = last_on is not None and last_on <= evaluation.day + HORIZON
                planned[key] += fte
                at_risk[key] += fte * is_at_risk
                risk, whole = by_worker[key].get(person.worker, (0, 0))
                by_worker[key][person.worker] = (risk + fte * is_at_risk, whole + fte)
    rows = {
        # It rests on the workers whose post is at risk; a row that rests on one is not published.
        key: Parts(
            at_risk[key],
            fte,
            workers=sum(risk > 0 for risk, _ in by_worker[key].values()),
            by_worker=by_worker[key],
        )
        for key, fte in planned.items()
    }
    return rows.pop(ALL, Parts(denominator=0)), rows
