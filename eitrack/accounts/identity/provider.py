"""The provider of the settings, and who is linked to it."""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings

KIND = "openid_connect"
PROVIDER = "council"


def has_provider():
    return KIND in settings.SOCIALACCOUNT_PROVIDERS


def provider_name():
    """The council's, as people know it; "" without a provider."""
    return settings.SOCIALACCOUNT_PROVIDERS[KIND]["APPS"][0]["name"] if has_provider() else ""


def is_linked(user):
    """Whether this person signs in there: then nowhere else, so that who has left there has left.

    Without a provider in the settings a link means nothing, and passwords open as before.
    """
    return has_provider() and SocialAccount.objects.filter(user_id=user.pk).exists()


def may_use_own_ways(user):
    """Whether a password or a passkey of EITrack opens this account."""
    return not has_provider() or (settings.PASSWORDS and not is_linked(user))


def ask_there(request, *, next_url=None):
    """Lead to the provider's page; it asks who somebody is, on a PC that several use too."""
    provider = get_adapter(request).get_provider(request, PROVIDER)
    asks = provider.get_auth_params() | {"prompt": "select_account"}
    return provider.redirect(request, process="login", next_url=next_url, auth_params=asks)
