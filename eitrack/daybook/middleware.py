"""Keeps what was typed when a session ends meanwhile (rule 9)."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers

from eitrack.daybook.kept import KEY, address_of, keep, kept_form, opened

SIGN_IN = "You were signed out. What you typed is kept for 30 minutes: sign in, and it comes back."
GONE = "What was typed here is no longer kept: it was sent since, or 30 minutes have passed."
OUT_OF_REACH = (403, 404)


class KeptFormMiddleware:
    """Stores what is sent without being signed in, and gives it back at `?kept_form=`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        kept = getattr(request, "kept_form", None)
        if kept is None:
            return response
        if request.method == "POST":
            if response.status_code < 500:
                kept.delete()
            return response
        if not request.POST.is_read and response.status_code not in OUT_OF_REACH:
            response = to_send_on(request)
        add_never_cache_headers(response)
        return response

    def process_view(self, request, view, args, kwargs):
        if request.method == "POST":
            if not request.user.is_authenticated:
                return rescued(request) if getattr(view, "login_required", True) else None
            if KEY in request.POST:
                request.kept_form = kept_form(request.POST[KEY], request)
        elif KEY in request.GET and request.user.is_authenticated:
            give_back(request)
        return None


def rescued(request):
    """The address where the stored form is shown; None if it must not be stored."""
    kept = keep(request)
    if kept is None:
        return None
    address = address_of(kept, request)
    if not request.user.is_authenticated:
        messages.info(request, SIGN_IN)
        return redirect_to_login(address, settings.LOGIN_URL)
    if request.user == kept.worker:
        return redirect(address)
    return render(request, "403_csrf.html", {"address": address}, status=403)


def give_back(request):
    """Let the page show the typed data as if it were sent, without saving it."""
    kept = kept_form(request.GET[KEY], request)
    values = kept and opened(kept)
    if values is None:
        messages.warning(request, GONE)
        return
    request.kept_form, request.POST = kept, values


def to_send_on(request):
    """A button that sends it again, for what has no page of its own."""
    query = request.GET.copy()
    del query[KEY]
    context = {"address": f"{request.path}?{query.urlencode()}", "lists": request.POST.lists()}
    return render(request, "daybook/given_back.html", context)
