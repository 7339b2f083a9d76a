"""The one use of signals: accounts is below audit and cannot call it, nor can allauth."""

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa import signals as factors
from allauth.socialaccount.signals import social_account_added
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from eitrack.accounts.models import Invitation, RoleTerm, User
from eitrack.audit.choices import BY_MAIL, Action, RoleChange
from eitrack.audit.trail import record


@receiver(user_logged_in)
def note_sign_in(sender, user, **kwargs):
    record(Action.SIGNED_IN, by=user, about=user)


@receiver(user_logged_out)
def note_sign_out(sender, user, **kwargs):
    if user is not None:
        record(Action.SIGNED_OUT, by=user, about=user)


@receiver(user_login_failed)
def note_failed_sign_in(sender, credentials, **kwargs):
    """Of which account, if there is one of this address.

    Without the address as it was typed, which may be a password in the wrong field.
    """
    email = str(credentials.get("email") or credentials.get("username") or "").lower()
    user = User.objects.filter(email=email).first() if email else None
    record(Action.SIGN_IN_FAILED, by=None, about=user)


@receiver(password_changed)
@receiver(password_set)
def note_new_password(sender, request, user, **kwargs):
    record(Action.PASSWORD_CHANGED, by=user, about=user)


@receiver(password_reset)
def note_reset_password(sender, request, user, **kwargs):
    """By a link that was mailed to them."""
    record(Action.PASSWORD_CHANGED, by=user, about=user, reason=BY_MAIL)


@receiver([factors.authenticator_added, factors.authenticator_reset])
def note_factor(sender, user, authenticator, **kwargs):
    record(Action.FACTOR_ADDED, by=user, about=user, reason=authenticator.type)


@receiver(factors.authenticator_removed)
def note_factor_removed(sender, user, authenticator, **kwargs):
    record(Action.FACTOR_REMOVED, by=user, about=user, reason=authenticator.type)


@receiver(factors.authentication_failed)
def note_factor_failed(sender, user, authenticator, **kwargs):
    """By nobody: who typed the wrong code is what is not known."""
    record(Action.FACTOR_FAILED, by=None, about=user, reason=authenticator.type)


@receiver(social_account_added)
def note_link(sender, request, sociallogin, **kwargs):
    record(Action.IDENTITY_LINKED, by=sociallogin.user, about=sociallogin.user)


@receiver(post_save, sender=RoleTerm)
def note_role_change(sender, instance, created, raw=False, **kwargs):
    if not raw:
        note_role(instance, RoleChange.GIVEN if created else RoleChange.CHANGED)


@receiver(post_delete, sender=RoleTerm)
def note_role_taken(sender, instance, **kwargs):
    note_role(instance, RoleChange.TAKEN)


def note_role(term, change):
    """The reason is what happened, and to which role: `given worker`."""
    reason = f"{change.value} {term.role}"
    record(Action.ROLE_CHANGED, by=term.changed_by, about=term.user, reason=reason)


@receiver(post_save, sender=Invitation)
def note_invitation(sender, instance, created, update_fields=None, raw=False, **kwargs):
    if raw:
        return
    if created:
        record(Action.INVITED, by=instance.invited_by, about=instance.user)
    elif "used_at" in (update_fields or ()):
        record(Action.ACCEPTED, by=instance.user, about=instance.user)
