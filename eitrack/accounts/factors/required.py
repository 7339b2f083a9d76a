"""Whether a sign-in needs a second factor here, and whether this one has it."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.module_loading import import_string

# In the session: the second factor is set up, or asked from the next sign-in on.
IS_MET = "second_factor_met"
IS_FIRST = "first_sign_in"


def is_required():
    """By the setting; where nothing is set, everywhere but in the sample world."""
    if settings.SECOND_FACTOR is None:
        return not import_string(settings.SAMPLE_WORLD_CHECK)()
    return settings.SECOND_FACTOR


def has_factor(user):
    """An app or a passkey; recovery codes alone are none."""
    return (
        Authenticator.objects.filter(user_id=user.pk)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .exists()
    )


def came_from_there(request):
    """Signed in at the council's identity provider, which asks for a second factor of its own."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "socialaccount" for record in records)


def is_due(request):
    """Whether this person has to set one up before anything else; asked once in a session."""
    if request.session.get(IS_MET) or request.session.get(IS_FIRST) or not is_required():
        return False
    if not came_from_there(request) and not has_factor(request.user):
        return True
    request.session[IS_MET] = True
    return False
