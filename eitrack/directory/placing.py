"""Giving a worker a hat, changing it, and ending it."""

from django.db import transaction

from eitrack.accounts.models import User
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.directory.models import Placement

SAME_HAT = ("worker", "post", "team", "host", "base_site", "funding_stream", "from_on")


@transaction.atomic
def add_placement(*, by, placement, joint_managers):
    """Save a new hat and return it; the same one, sent twice, is saved once."""
    # Locked, so that the second of two users finds what the first has saved.
    User.objects.select_for_update().get(pk=placement.worker_id)
    same = {name: getattr(placement, name) for name in SAME_HAT}
    there = Placement.objects.filter(
        **{name: value for name, value in same.items() if value is not None},
        **{f"{name}__isnull": True for name, value in same.items() if value is None},
    )
    if found := there.first():
        return found
    placement.save()
    placement.joint_managers.set(joint_managers)
    record(Action.CREATED, by=by, about=placement)
    return placement


@transaction.atomic
def change_placement(*, by, placement, joint_managers):
    """Save a changed hat. Time logged under it keeps the team, post and stream of its day."""
    placement.save()
    placement.joint_managers.set(joint_managers)
    record(Action.CHANGED, by=by, about=placement)


@transaction.atomic
def end_placement(*, by, placement, on):
    """Set the last day of the hat; other concurrent changes stay."""
    placement = Placement.objects.select_for_update().get(pk=placement.pk)
    placement.until_on = on
    placement.save()
    record(Action.CLOSED, by=by, about=placement)
