"""A code of an app is right once."""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.db import transaction

LAST_STEP = "last_step"


@transaction.atomic
def use_code(authenticator, code):
    """Whether the code is of a later half minute than the last one that was used.

    allauth remembers a code for half a minute, but with a clock that may be half a minute wrong it
    is right for a minute and a half. The code that set the app up counts as used.
    """
    locked = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    step = step_of(decrypt(locked.data["secret"]), code)
    if step is None or step <= locked.data.get(LAST_STEP, step_at(locked.created_at.timestamp())):
        return False
    locked.data[LAST_STEP] = step
    locked.save(update_fields=["data"])
    # Whoever saves the one at hand later must not undo it.
    authenticator.data = locked.data
    return True


def step_of(secret, code):
    """Of which half minute since 1970 the code is; None if of none near now."""
    for step in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


def step_at(moment):
    """The last step of which a code could have set the app up at this moment."""
    return int(moment) // app_settings.TOTP_PERIOD + app_settings.TOTP_TOLERANCE
