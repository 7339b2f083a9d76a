"""Inviting somebody to choose a password, by a link that works once."""

import secrets
from datetime import timedelta

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.models import Invitation, User
from eitrack.accounts.sessions import end_sessions
from eitrack.common.mail import send_link

VALID_FOR = timedelta(days=3)
KEY_BYTES = 32
SUBJECT = "Choose your password"


class LinkState(models.TextChoices):
    """What became of a link."""

    OPEN = "open", "This link works"
    USED = "used", "This link was used already"
    EXPIRED = "expired", "This link is too old"
    WITHDRAWN = "withdrawn", "This link was replaced"
    UNKNOWN = "unknown", "This link is not complete"


@transaction.atomic
def invite(user, *, now, by=None):
    """Withdraw the user's open links, and return the address of a new one on this site.

    Nothing keeps the address: it is mailed, or shown to whoever invites.
    """
    withdraw(user, now=now)
    key = secrets.token_urlsafe(KEY_BYTES)
    Invitation.objects.create(
        user=user,
        digest=Invitation.digest_of(key),
        invited_by=by,
        invited_at=now,
        expires_at=now + VALID_FOR,
    )
    return f"{reverse('accounts:invitation')}?key={key}"


@transaction.atomic
def withdraw(user, *, now):
    """Let no link of this user work any more."""
    # Locked, so that of two who invite at once one link stays.
    User.objects.select_for_update().get(pk=user.pk)
    user.invitations.open(now).update(withdrawn_at=now)


def mail_invitation(user, *, link, until, connection=None):
    """Send the link; raises OSError when the server does not take it."""
    send_link(SUBJECT, f"{in_words(until)}\n", user.email, link, connection)


def in_words(until):
    """What stands above the link in a mail."""
    return (
        "You have been invited to EITrack. Choose your password here; the link works once, until "
        f"{until}:"
    )


def state_of(invitation, now):
    """Whether a link works, and else why not; `invitation` is None for an unknown key."""
    if invitation is None:
        return LinkState.UNKNOWN
    if invitation.used_at:
        return LinkState.USED
    if invitation.withdrawn_at or not invitation.user.works_on(timezone.localdate(now)):
        return LinkState.WITHDRAWN
    return LinkState.OPEN if invitation.expires_at > now else LinkState.EXPIRED


@transaction.atomic
def accept(invitation, *, password, now):
    """Set the password; returns whether the link still worked."""
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    locked = Invitation.objects.select_for_update().select_related("user").get(pk=invitation.pk)
    if state_of(locked, now) != LinkState.OPEN:
        return False
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user)
    locked.used_at = now
    locked.save(update_fields=["used_at"])
    return True
