"""Who is signed in, read from memory until somebody's account changes."""

from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone

from eitrack.accounts.models import user_by_key


class Backend(AuthenticationBackend):
    """allauth's. A deactivated or changed account counts from the next request, as ever."""

    def get_user(self, user_id):
        user = user_by_key(user_id)
        return user if user and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user):
        """Nobody signs in, or stays signed in, after their last day."""
        return user.works_on(timezone.localdate())
