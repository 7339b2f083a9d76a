"""Settings of allauth's second factors."""

import base64
import logging
import secrets

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from eitrack.accounts.factors.qr import qr_svg
from eitrack.accounts.factors.required import is_required

log = logging.getLogger(__name__)


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": (
            "This code is not right, or was used already. Wait for the next one and type it."
        ),
        "cannot_delete_authenticator": (
            "It is your only second factor. Add another one first, then remove this."
        ),
        "cannot_generate_recovery_codes": (
            "Recovery codes stand in for a second factor. Set one up first."
        ),
    }

    def get_totp_issuer(self):
        return "EITrack"

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": "EITrack"}

    def generate_authenticator_name(self, user, type):
        taken = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {taken + 1}"

    def build_totp_svg(self, url):
        return qr_svg(url)

    def can_delete_authenticator(self, authenticator):
        """Where a second factor is required, the last one is replaced, not removed."""
        if authenticator.type == Authenticator.Type.RECOVERY_CODES or not is_required():
            return True
        return others_of(authenticator).exists()

    def encrypt(self, text):
        return keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """With another secret key than it was written with it is lost, and no code is right."""
        try:
            return keys().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            log.error("A second factor was set up under another EITRACK_SECRET_KEY.")
            return base64.b32encode(secrets.token_bytes(20)).decode()


def others_of(authenticator):
    """What else this person signs in with; recovery codes only stand in for those."""
    return (
        Authenticator.objects.filter(user_id=authenticator.user_id)
        .exclude(pk=authenticator.pk)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
    )


def keys():
    """So that a copy of the database alone opens nobody's account."""
    known = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(key_from(secret)) for secret in known])


def key_from(secret):
    digest = salted_hmac("eitrack.factors", "key", secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
