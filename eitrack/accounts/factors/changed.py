"""A second factor was set up or removed: every other session of this person ends.

Told by allauth's signals, as its pages offer no other place for it.
"""

from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.dispatch import receiver

from eitrack.accounts.sessions import end_sessions


@receiver([authenticator_added, authenticator_removed])
def end_other_sessions(sender, request, user, **kwargs):
    end_sessions(user, but=request.session.session_key)
