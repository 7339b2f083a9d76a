from django.db import transaction

from eitrack.activities.series.handover import hand_over_all as hand_over_series
from eitrack.activities.series.staying import series_of
from eitrack.cases.handover import hand_over_all as hand_over_cases


@transaction.atomic
def reallocate(*, by, worker, team, to, on):
    """Hand over all open cases and series of an absent worker in the team.

    Returns how many cases and how many series.
    """
    cases = hand_over_cases(worker=worker, teams=[team], to=to, team=team, on=on, by=by)
    serieses = list(series_of(worker, team, on))
    hand_over_series(by=by, serieses=serieses, to=to, day=on)
    return cases, len(serieses)
