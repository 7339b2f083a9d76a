"""Saving a request or referral, with an entry in the trail."""

from django.db import transaction

from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.versioned import insert_once, take_version


@transaction.atomic
def save_new(new, *, by, own):
    """Save a new record, or return the one among `own` that its form became before."""
    if before := insert_once(new, own=own, by=by):
        return before
    record(Action.CREATED, by=by, about=new)
    return new


@transaction.atomic
def save_changed(changed, *, by, version, reason=""):
    """Save a change to the version the form was opened with; raises ClashError if it is older."""
    take_version(changed, version, among=type(changed).objects)
    changed.save()
    record(Action.CHANGED, by=by, about=changed, reason=reason)
