"""How the sign-in pages of allauth behave in this house."""

import logging

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.middleware.csrf import rotate_token
from django.urls import reverse

from eitrack.common.mail import at_site, sends_mail

log = logging.getLogger(__name__)


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Accounts are made by the administrator; nobody signs up by themselves."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail or the password is not right. Check both.",
        "too_many_login_attempts": (
            "Too many wrong tries. Wait a quarter of an hour, then try once more. If you have "
            "forgotten your password, ask your administrator."
        ),
    }

    def is_open_for_signup(self, request):
        return False

    def logout(self, request):
        """A phone that keeps records sees by the new token that nobody is signed in on it."""
        super().logout(request)
        rotate_token(request)

    def get_client_ip(self, request):
        """The address as the outermost trusted proxy saw it; else of whoever connected.

        What came past the proxies names too few of them, and is not believed.
        """
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")
        if len(forwarded) < settings.ALLAUTH_TRUSTED_PROXY_COUNT:
            return request.META["REMOTE_ADDR"]
        return super().get_client_ip(request)

    def send_mail(self, template_prefix, email, context):
        """Nothing where no mail is set up; a server that does not answer is told to the log.

        The page says the same for every address, so that it says nothing about accounts.
        """
        if not sends_mail():
            return
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as problem:  # What SMTP and the network raise.
            log.error("An e-mail could not be sent: %s", type(problem).__name__)

    def get_reset_password_from_key_url(self, key):
        uid, _, key = key.partition("-")
        return at_site(reverse("account_reset_password_from_key", args=[uid, key]))

    def get_email_confirmation_url(self, request, emailconfirmation):
        return at_site(reverse("account_confirm_email", args=[emailconfirmation.key]))
