"""Pages of no room: home, and three pages of text."""

import logging
import sys
import uuid

from allauth.core.ratelimit import consume
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views import csrf
from django.views.decorators.cache import never_cache

from eitrack.accounts.roles import Permission
from eitrack.common.logs import number_now, page_of
from eitrack.common.unwritable import cannot_reach
from eitrack.daybook.middleware import rescued
from eitrack.help import BY_SLUG, SHEETS, beside, contents_for
from eitrack.help_pictures import pictures_of
from eitrack.wrong import (
    NUMBER,
    PAGE,
    WrongForm,
    can_be_mailed,
    carried,
    mail_report,
    whom_to_tell,
)

log = logging.getLogger(__name__)

LONGEST_QUERY = 60

# The first page of each permission; a user with several roles starts with the first match.
FIRST_PAGES = [
    (Permission.RECORD_ACTIVITY, "daybook:today"),
    (Permission.SEE_TEAMS, "workload:team_list"),
    (Permission.SEE_SUMMARY, "returns:summary"),
    (Permission.SEE_SERVICE, "stewardship:service_detail"),
    (Permission.SEE_INDICATORS, "indicators:indicator_list"),
]


def home(request):
    """Redirect each role to its first page."""
    for permission, page in FIRST_PAGES:
        if request.user.may(permission):
            return redirect(page)
    return render(request, "no_role.html", status=403)


@login_not_required
def help_page(request):
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    groups = contents_for(request.user, query)
    found = sum(len(topics) for _, topics in groups)
    context = {"groups": groups, "query": query, "found": found, "sheets": SHEETS}
    return render(request, "help.html", context)


@login_not_required
def help_topic(request, slug):
    if slug not in BY_SLUG:
        raise Http404
    topic = BY_SLUG[slug]
    before, after = beside(topic)
    pictures = pictures_of(topic)
    context = {"topic": topic, "before": before, "after": after, "pictures": pictures}
    return render(request, "help_topic.html", context)


@login_not_required
def help_sheet(request, slug):
    """A page that is made to be printed."""
    if slug not in SHEETS:
        raise Http404
    context = {"title": SHEETS[slug], "template": f"help/sheets/{slug}.html"}
    return render(request, "help_sheet.html", context)


@login_not_required
def privacy(request):
    return render(request, "privacy.html")


@login_not_required
def accessibility(request):
    return render(request, "accessibility.html")


def too_many_tries(request):
    """Too many tries from one address or for one account; or they cannot be counted now."""
    if cache.add(f"counted-{uuid.uuid4()}", True, timeout=1):
        return render(request, "429.html", status=429)
    return render(request, "503.html", {"is_post": request.method == "POST"}, status=503)


def server_error(request):
    """Our own fault, or no database answers: then nothing on the page may ask for it."""
    context = {"request_number": number_now(), "request_page": page_of(request)}
    if not cannot_reach(sys.exc_info()[1]):
        return HttpResponse(render_to_string("500.html", context), status=500)
    page = render_to_string("away.html", {**context, "is_post": request.method == "POST"})
    return HttpResponse(page, status=503, headers={"Retry-After": "60"})


@login_not_required
@never_cache
def wrong(request):
    """Mail what somebody says is wrong, or say whom to tell."""
    given = request.POST if request.method == "POST" else request.GET
    page = carried(given.get("page", ""), PAGE)
    number = carried(given.get("number", ""), NUMBER)
    form, is_sent, is_lost = None, False, False
    if can_be_mailed():
        is_post = request.method == "POST"
        form = WrongForm(request.POST if is_post else None, user=request.user)
        if is_post and form.is_valid():
            if not consume(request, action="wrong"):
                return too_many_tries(request)
            may_answer = form.cleaned_data.get("may_answer")
            try:
                mail_report(
                    words=form.cleaned_data["words"],
                    page=page,
                    number=number,
                    agent=request.headers.get("User-Agent", ""),
                    sender=request.user.email if may_answer else "",
                )
                is_sent = True
            except OSError as problem:
                log.error("A report could not be sent: %s", type(problem).__name__)
                is_lost = True
    context = {
        "form": form,
        "is_sent": is_sent,
        "is_lost": is_lost,
        "page": page,
        "number": number,
        "address": settings.SUPPORT_EMAIL,
        "administrators": whom_to_tell(request.user),
    }
    return render(request, "wrong.html", context)


@login_not_required
@never_cache
def signal(request):
    """An empty response: a form checks that the server can be reached before it is sent."""
    return HttpResponse(status=204)


def csrf_failure(request, reason=""):
    """A user who signed out or in since the form was opened gets it back; else it is refused."""
    return rescued(request) or csrf.csrf_failure(request, reason)
