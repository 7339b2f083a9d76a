from allauth.account.adapter import DefaultAccountAdapter
from django.middleware.csrf import rotate_token


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Accounts are made by the administrator; nobody signs up by themselves."""

    def is_open_for_signup(self, request):
        return False

    def logout(self, request):
        """A phone that keeps records sees by the new token that nobody is signed in on it."""
        super().logout(request)
        rotate_token(request)
