from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from eitrack.activities.series.handover import hand_over_all as hand_over_series
from eitrack.activities.series.handover import led_by
from eitrack.cases.handover import hand_over_all as hand_over_cases
from eitrack.cases.handover import held_by
from eitrack.directory.models import Placement


@transaction.atomic
def reallocate(*, by, worker, team, to, on):
    """Hand over all open cases and series of an absent worker in the team.

    Returns how many cases and how many series.
    """
    cases = hand_over_cases(worker=worker, teams=[team], to=to, team=team, on=on, by=by)
    serieses = list(series_of(worker, team, on))
    hand_over_series(by=by, serieses=serieses, to=to, day=on)
    return cases, len(serieses)


def stays_with(hat, day):
    """How many open cases and series of the team the worker still has after this last day.

    0 if another hat in the team continues.
    """
    after = day + timedelta(days=1)
    others = Placement.objects.filter(worker=hat.worker_id, team=hat.team_id).exclude(pk=hat.pk)
    if others.filter(Q(until_on__isnull=True) | Q(until_on__gte=after)).exists():
        return 0, 0
    cases = held_by(hat.worker_id, [hat.team_id])
    return cases.count(), series_of(hat.worker_id, hat.team_id, after).count()


def series_of(worker, team, day):
    led = led_by(worker, day).filter(team=team)
    return led.exclude(until_on__lt=day).distinct()
