from django.db import transaction

from eitrack.activities.series.handover import hand_over_all as hand_over_series
from eitrack.activities.series.staying import series_of
from eitrack.cases.handover import hand_over_all as hand_over_cases
from eitrack.cases.handover import hand_over_open
from eitrack.common.words import listed, plural


@transaction.atomic
def reallocate(*, by, worker, team, to, on):
    """Hand over all open cases, series, requests and referrals of an absent worker in the team.

    Returns in words what was handed over.
    """
    cases = hand_over_cases(worker=worker, teams=[team], to=to, team=team, on=on, by=by)
    serieses = list(series_of(worker, team, on))
    hand_over_series(by=by, serieses=serieses, to=to, day=on)
    requests, referrals = hand_over_open(worker=worker, team=team, to=to, by=by)
    return in_words(cases, len(serieses), requests, referrals)


def in_words(cases, serieses, requests=0, referrals=0):
    """ "2 cases, 1 series and 1 request"; cases and series are always named."""
    parts = [plural(cases, "case", "cases"), f"{serieses} series"]
    parts += [plural(requests, "request", "requests")] * bool(requests)
    parts += [plural(referrals, "referral", "referrals")] * bool(referrals)
    return listed(parts)
