"""Figures of one day, calculated from a number of records that does not grow with history."""

from collections import defaultdict

from eitrack.indicators.figures import Parts
from eitrack.indicators.scope import ScopeKind


def open_cases_per_holder(holdings, scope, breakdown):
    """Open cases for each full-time worker who holds any (LOD-05).

    A joint case counts once for each holder in a team, once in the service. Holders without
    contracted hours on the day are left out with their cases, and counted as not known.
    Returns the Parts of all and, by team, the Parts of each row.
    """
    by_team = defaultdict(list)
    if breakdown is not None and breakdown.code == "team":
        for holding in holdings:
            by_team[holding.team].append(holding)
    rows = {team: _parts(held, once=False) for team, held in by_team.items()}
    return _parts(holdings, once=scope.kind == ScopeKind.DISTRICT), rows


def _parts(holdings, *, once):
    counted = [holding for holding in holdings if holding.fte]
    holders = {holding.worker: holding.fte for holding in counted}
    cases = {(holding.case, None if once else holding.worker) for holding in counted}
    return Parts(
        numerator=len(cases),
        denominator=sum(holders[worker] for worker in sorted(holders)),
        known=len(holders),
        asked=len({holding.worker for holding in holdings}),
        workers=len(holders),
    )
