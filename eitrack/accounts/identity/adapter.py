"""What happens when somebody comes back from the identity provider."""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string

from eitrack.accounts.identity.linking import WAITING, is_linking

# What is kept of an answer: nothing that says more of a person than their account here does.
NOTHING = {}


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Nobody signs up by it, and an e-mail links nobody: Entra never says one is verified."""

    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        """Refuse who has no role there; let the new ones confirm who they are, or turn them away.

        Their roles there become those here at each sign-in.
        """
        said = claims_of(sociallogin)
        sociallogin.account.extra_data = NOTHING
        roles = roles_in(said)
        if roles is not None and not roles:
            raise ImmediateHttpResponse(refuse(request, "no_role"))
        if not sociallogin.is_existing:
            self.meet(request, sociallogin, said)
        # `lookup` has written down what was said.
        sociallogin.account.save(update_fields=["extra_data"])
        if roles is not None:
            import_string(settings.ROLES_TAKEN_OVER_BY)(sociallogin.user, roles)

    def meet(self, request, sociallogin, said):
        if not is_linking(request):
            raise ImmediateHttpResponse(refuse(request, "unknown"))
        request.session[WAITING] = {
            "login": sociallogin.serialize(),
            "name": said.get("name", ""),
            "email": said.get("email") or said.get("preferred_username", ""),
        }
        raise ImmediateHttpResponse(redirect("accounts:identity_link"))

    def on_authentication_error(
        self, request, provider, error=None, exception=None, extra_context=None
    ):
        raise ImmediateHttpResponse(refuse(request, "failed"))


def claims_of(sociallogin):
    """What the provider says of the person; the signed token before the page."""
    said = sociallogin.account.extra_data
    return {**said.get("userinfo", {}), **said.get("id_token", {})}


def roles_in(said):
    """Our roles by the app roles of the answer; None where roles are given here.

    Never by groups: of somebody in more than two hundred Entra names none.
    """
    if not settings.ROLES_BY_APP_ROLE:
        return None
    theirs = said.get("roles", [])
    named = theirs if isinstance(theirs, list) else [theirs]
    table = settings.ROLES_BY_APP_ROLE
    return {table[role] for role in named if isinstance(role, str) and role in table}


def refuse(request, why):
    return render(request, "accounts/identity_refused.html", {"why": why}, status=403)
