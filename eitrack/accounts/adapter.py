"""Settings of the sign-in pages of allauth."""

import logging
import time

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from django.conf import settings
from django.contrib.auth import SESSION_KEY as USER
from django.middleware.csrf import rotate_token
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.factors.required import IS_FIRST
from eitrack.accounts.identity.adapter import refuse
from eitrack.accounts.identity.provider import may_use_own_ways, provider_name
from eitrack.accounts.sessions import browser_in_words, end_sessions
from eitrack.common.mail import at_site, sends_mail

log = logging.getLogger(__name__)


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Accounts are created by the administrator; nobody can sign up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail or the password is not right. Check both.",
        "too_many_login_attempts": (
            "Too many wrong tries. Wait a quarter of an hour, then try once more. If you have "
            "forgotten your password, ask your administrator."
        ),
    }

    def is_open_for_signup(self, request):
        return False

    def pre_login(self, request, user, **kwargs):
        """After their last day they read what somebody reads who is switched off.

        Whoever signs in at the council's identity provider does so nowhere else.
        """
        user.is_active = user.works_on(timezone.localdate())
        comes_from_there = "sociallogin" in (kwargs.get("signal_kwargs") or {})
        if not comes_from_there and not may_use_own_ways(user):
            return refuse(request, "own_ways")
        return super().pre_login(request, user, **kwargs)

    def login(self, request, user):
        """Remembers in the session whether it is this person's first, and of what browser."""
        is_first = user.last_login is None
        super().login(request, user)
        request.session[IS_FIRST] = is_first
        request.session.begin(browser_in_words(request.headers.get("User-Agent", "")))

    def set_password(self, user, password):
        """Every session ends but the one in which somebody changes their own."""
        super().set_password(user, password)
        session = self.request.session
        is_own = session.get(USER) == str(user.pk)
        end_sessions(user, but=session.session_key if is_own else None)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not of somebody who has signed in, or shown who they are, within minutes."""
        request = context.request
        shown = get_authentication_records(request, request.user)
        if shown and time.time() - shown[-1]["at"] < account_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user):
        """Somebody from the council's identity provider is asked there, and has no password."""
        methods = super().get_reauthentication_methods(user)
        if may_use_own_ways(user) or not user.is_authenticated:
            return methods
        url, there = reverse("accounts:identity_again"), f"Sign in with {provider_name()}"
        others = [method for method in methods if method["id"] != "reauthenticate"]
        return [{"id": "identity", "description": there, "url": url}, *others]

    def logout(self, request):
        """A phone with stored records learns from the new token that nobody is signed in."""
        super().logout(request)
        rotate_token(request)

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Of the account alone: a site with several names counts its guesses together."""
        return credentials.get("email", "").lower()

    def get_client_ip(self, request):
        """The address seen by the outermost trusted proxy, else that of the connection.

        A request that bypassed the proxies has too few of them and is not trusted.
        """
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")
        if len(forwarded) < settings.ALLAUTH_TRUSTED_PROXY_COUNT:
            return request.META["REMOTE_ADDR"]
        return super().get_client_ip(request)

    def send_mail(self, template_prefix, email, context):
        """Does nothing without mail; failures of the server are logged.

        The page is the same for every address, so that it reveals nothing about accounts.
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
