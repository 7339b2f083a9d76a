"""The work of a team that stays with somebody whose hat there ends."""

from datetime import timedelta

from django.db.models import Q

from eitrack.activities.series.handover import led_by
from eitrack.cases.handover import held_by
from eitrack.directory.models import Placement


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
