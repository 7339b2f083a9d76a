"""Linking an account to a person at the identity provider: always confirmed, never by e-mail alone.

Whoever has an invitation, or is signed in here, signs in there too, reads both names, and confirms.
"""

from allauth.socialaccount.models import SocialLogin
from django.utils import timezone

from eitrack.accounts.invitations import LinkState, accept, state_of
from eitrack.accounts.models import Invitation

# In the session: the invitation somebody came by, and the answer of the provider that waits.
INVITED_BY_KEY = "identity_invitation"
IS_MEANT = "identity_link_meant"
WAITING = "identity_waiting"


def begin(request, *, key=""):
    """Somebody is about to sign in there in order to be linked."""
    request.session[INVITED_BY_KEY], request.session[IS_MEANT] = key, True


def is_linking(request):
    return bool(request.session.get(IS_MEANT)) and whom(request) is not None


def whom(request):
    """Whose account is to be linked: of a link that works, else of whoever is signed in."""
    if invitation := open_invitation(request):
        return invitation.user
    return request.user if request.user.is_authenticated else None


def open_invitation(request):
    key = request.session.get(INVITED_BY_KEY)
    found = key and Invitation.objects.with_key(key).select_related("user").first()
    return found if found and state_of(found, timezone.now()) == LinkState.OPEN else None


def waiting(request):
    """What the provider said: {"name", "email"}; None when nothing waits."""
    return request.session.get(WAITING) if is_linking(request) else None


def link(request):
    """Link them; an invitation is used up by it. Whether it still could be done."""
    said, invitation, user = waiting(request), open_invitation(request), whom(request)
    forget(request)
    if invitation and not accept(invitation, password=None, now=timezone.now()):
        return False
    login = SocialLogin.deserialize(said["login"])
    login.lookup()
    if login.is_existing:
        return login.user == user
    login.connect(request, user)
    return True


def forget(request):
    for name in (INVITED_BY_KEY, IS_MEANT, WAITING):
        request.session.pop(name, None)
