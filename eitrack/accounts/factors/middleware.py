"""From the second sign-in on, people without a second factor set one up first."""

from django.shortcuts import redirect

from eitrack.accounts.factors.required import is_due

# What somebody needs for that, and the way out. Pages that need no sign-in are open as ever.
LET_THROUGH = {
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
}


class SecondFactorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        if request.resolver_match.view_name in LET_THROUGH or not is_due(request):
            return None
        return redirect("mfa_index")
