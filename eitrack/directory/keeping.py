"""Keeping contracts and absences, each change with its line in the trail."""

from datetime import timedelta

from django.db import transaction

from eitrack.accounts.models import User
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.directory.models import Contract


class OverlapError(Exception):
    """Another one of this worker covers some of the same days; `other` says which."""

    def __init__(self, other):
        super().__init__(str(other))
        self.other = other


def others_beside(kept):
    """Those of the same worker that cover some of the same days."""
    rows = type(kept).objects.filter(worker=kept.worker_id).exclude(pk=kept.pk)
    if kept.until_on is None:
        return rows.filter(until_on__gte=kept.from_on) | rows.filter(until_on__isnull=True)
    return rows.overlapping(kept.from_on, kept.until_on)


@transaction.atomic
def keep_contract(*, by, contract, ends_the_one_before=False):
    """Save a new or changed contract and return it; the same one, sent twice, is saved once."""
    lock_worker(contract)
    if ends_the_one_before and (before := running_before(contract)):
        before.until_on = contract.from_on - timedelta(days=1)
        before.save()
        record(Action.CLOSED, by=by, about=before)
    return keep(contract, by)


def running_before(contract):
    """The contract that began earlier and runs on the first day of this one, or None."""
    rows = Contract.objects.filter(worker=contract.worker_id, from_on__lt=contract.from_on)
    return rows.exclude(pk=contract.pk).current(contract.from_on).order_by("-from_on").first()


@transaction.atomic
def keep_absence(*, by, absence):
    """Save a new or changed absence and return it; the same one, sent twice, is saved once."""
    lock_worker(absence)
    return keep(absence, by)


def lock_worker(kept):
    """So that the second of two users finds what the first has saved."""
    User.objects.select_for_update().get(pk=kept.worker_id)


def keep(kept, by):
    is_new = kept.pk is None
    if is_new and (same := same_as(kept)):
        return same
    if other := others_beside(kept).first():
        raise OverlapError(other)
    kept.save()
    record(Action.CREATED if is_new else Action.CHANGED, by=by, about=kept)
    return kept


def same_as(kept):
    """The stored one that says the same, or None."""
    names = [field.attname for field in kept._meta.concrete_fields if not field.primary_key]
    values = {name: getattr(kept, name) for name in names}
    given = {name: value for name, value in values.items() if value is not None}
    empty = {f"{name}__isnull": True for name in values.keys() - given.keys()}
    return type(kept).objects.filter(**given, **empty).first()


@transaction.atomic
def remove(kept, *, by):
    """Take it out, as it was a mistake or did not come about; its history stays."""
    record(Action.VOIDED, by=by, about=kept)
    kept.delete()
