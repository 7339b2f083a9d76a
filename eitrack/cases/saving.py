"""Saving a request or a referral: sent twice it is saved once, a clash is told (rule 9)."""

import uuid

from django.db import IntegrityError, transaction
from django.db.models import F

from eitrack.audit.choices import Action
from eitrack.audit.trail import record


class ClashError(Exception):
    """Somebody else changed the record after this form was opened."""


def saved_before(model, token, **owner):
    """The record this user saved from the form with this token, or None."""
    return model.objects.filter(form_token=token, **owner).first()


@transaction.atomic
def save_new(new, *, by, owner):
    """Save a new record under its form's token and return it, or the one saved with it before.

    `owner` names the field that says whose form it was; a token that somebody else's record
    holds is replaced.
    """
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:
        if before := saved_before(type(new), new.form_token, **{owner: getattr(new, owner)}):
            return before
        if not type(new).objects.filter(form_token=new.form_token).exists():
            raise
        new.pk, new.form_token = None, uuid.uuid4()
        new.save(force_insert=True)
    record(Action.CREATED, by=by, about=new)
    return new


@transaction.atomic
def save_changed(changed, *, by, version, reason=""):
    """Save a change of the version the form was opened with; raises ClashError when it is older."""
    newest = type(changed).objects.filter(pk=changed.pk, version=version)
    # The change itself is saved below, where history hears it; this line decides who is first.
    if not newest.update(version=F("version") + 1):
        raise ClashError
    changed.version = version + 1
    changed.save()
    record(Action.CHANGED, by=by, about=changed, reason=reason)
