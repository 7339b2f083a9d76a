"""Where one is signed in, and staying so."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from eitrack.accounts.models import BrowserSession
from eitrack.accounts.sessions import end_session, end_sessions, mark_of_session, sessions_of
from eitrack.common.sessions import unattended


def browser_list(request):
    own = mark_of_session(request.session.session_key)
    sessions = [(each, mark_of_session(each.session_key)) for each in sessions_of(request.user)]
    rows = [(session, mark, mark == own) for session, mark in sessions]
    return render(request, "accounts/browser_list.html", {"rows": rows})


@require_POST
def browser_end(request, mark):
    if end_session(request.user, mark):
        messages.success(request, "Signed out there.")
    return redirect("accounts:browser_list")


@require_POST
def browser_end_others(request):
    ended = end_sessions(request.user, but=request.session.session_key)
    if ended:
        messages.success(request, "Signed out everywhere else.")
    return redirect("accounts:browser_list")


@never_cache
@unattended
@login_not_required
def stay(request):
    """`{"seconds": 95}` until the session ends, for the page that warns; a POST prolongs it."""
    now = timezone.now()
    if not request.user.is_authenticated:
        return JsonResponse({"seconds": 0})
    if request.method == "POST":
        request.session.note_use()
    ends = BrowserSession.objects.current(now).filter(session_key=request.session.session_key)
    ends_at = ends.values_list("expire_date", flat=True).first() or now
    return JsonResponse({"seconds": int((ends_at - now).total_seconds())})
