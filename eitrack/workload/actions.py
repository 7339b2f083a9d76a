from django.db import transaction

from eitrack.activities.handover import hand_over_all as hand_over_series
from eitrack.activities.handover import led_by
from eitrack.cases.handover import hand_over_all as hand_over_cases


@transaction.atomic
def reallocate(*, by, worker, team, to, on):
    """All open cases and series that an absent worker holds in the team go to somebody else.

    Says how many cases and how many series.
    """
    cases = hand_over_cases(worker=worker, teams=[team], to=to, team=team, on=on, by=by)
    serieses = list(series_of(worker, team, on))
    hand_over_series(by=by, serieses=serieses, to=to, day=on)
    return cases, len(serieses)


def series_of(worker, team, day):
    led = led_by(worker, day).filter(team=team)
    return led.exclude(until_on__lt=day).distinct()
