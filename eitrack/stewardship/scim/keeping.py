"""Accounts made, changed and ended because a council's directory says so."""

from django.core.exceptions import ValidationError
from django.db import transaction

from eitrack.accounts.models import User
from eitrack.directory.people import (
    EmailTakenError,
    LastAdministratorError,
    add_user,
    change_user,
    switch_off,
    switch_on,
)
from eitrack.stewardship.scim.resources import ScimError

BY_MACHINE = "by the directory"
NAMED = ("email", "name", "external_id")


@transaction.atomic
def create(said, *, now):
    """Somebody new, without a role: those are given here, or at their sign-in by the council's."""
    user = User(email=said.email or "", name=said.name or said.email or "")
    user.external_id = said.external_id or ""
    checked(user)
    try:
        add_user(by=None, user=user)
    except EmailTakenError:
        raise taken() from None
    activate(user, said.is_active, now=now)
    return user


@transaction.atomic
def change(user, said, *, now):
    user = User.objects.select_for_update().get(pk=user.pk)
    before = [getattr(user, field) for field in NAMED]
    for field in NAMED:
        if getattr(said, field) is not None:
            setattr(user, field, getattr(said, field))
    if before != [getattr(user, field) for field in NAMED]:
        checked(user)
        try:
            change_user(by=None, user=user, now=now)
        except EmailTakenError:
            raise taken() from None
        User.objects.filter(pk=user.pk).update(external_id=user.external_id)
    activate(user, said.is_active, now=now)
    user.refresh_from_db()
    return user


def activate(user, is_active, *, now):
    """Off: sessions end and the calendar address is dead at once, open work stays to hand over."""
    if is_active is None or is_active == user.is_active:
        return
    if is_active:
        switch_on(by=None, user=user)
        return
    try:
        switch_off(by=None, user=user, now=now, reason=BY_MACHINE)
    except LastAdministratorError:
        raise ScimError(
            "The last administrator is not switched off by machine: make somebody else one first.",
            status=409,
        ) from None
    if hasattr(user, "calendar_feed"):
        user.calendar_feed.delete()


def checked(user):
    try:
        user.full_clean(exclude=["password"], validate_unique=False, validate_constraints=False)
    except ValidationError as problem:
        said = "; ".join(
            f"{field}: {' '.join(each)}" for field, each in problem.message_dict.items()
        )
        raise ScimError(said, kind="invalidValue") from None


def taken():
    return ScimError("Somebody has this userName.", status=409, kind="uniqueness")
