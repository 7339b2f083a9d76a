"""Saving a request or referral, with an entry in the trail."""

from django.db import transaction

from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.versioned import ClashError, insert_once, take_version


@transaction.atomic
def save_new(new, *, by, own):
    """Save a new record, or return the one among `own` that its form became before."""
    if before := insert_once(new, own=own, by=by):
        return before
    record(Action.CREATED, by=by, about=new)
    return new


@transaction.atomic
def note_once(record, *, by, reason, **values):
    """Note these values of a record; raises ClashError if one of them was noted before."""
    record = type(record).objects.select_for_update().get(pk=record.pk)
    if any(getattr(record, name) for name in values):
        raise ClashError
    for name, value in values.items():
        setattr(record, name, value)
    save_changed(record, by=by, version=record.version, reason=reason)


@transaction.atomic
def save_changed(changed, *, by, version, reason=""):
    """Save a change to the version the form was opened with; raises ClashError if it is older."""
    take_version(changed, version, among=type(changed).objects)
    changed.save()
    record(Action.CHANGED, by=by, about=changed, reason=reason)
