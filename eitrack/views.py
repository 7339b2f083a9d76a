"""Pages of no room: home, and three pages of text."""

import sys
import uuid

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views import csrf, defaults
from django.views.decorators.cache import never_cache

from eitrack.accounts.roles import Permission
from eitrack.common.unwritable import cannot_reach
from eitrack.daybook.middleware import rescued
from eitrack.help import BY_SLUG, SHEETS, beside, contents_for

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
    context = {"topic": topic, "before": before, "after": after}
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
    if not cannot_reach(sys.exc_info()[1]):
        return defaults.server_error(request)
    page = render_to_string("away.html", {"is_post": request.method == "POST"})
    return HttpResponse(page, status=503, headers={"Retry-After": "60"})


@login_not_required
@never_cache
def signal(request):
    """An empty response: a form checks that the server can be reached before it is sent."""
    return HttpResponse(status=204)


def csrf_failure(request, reason=""):
    """A user who signed out or in since the form was opened gets it back; else it is refused."""
    return rescued(request) or csrf.csrf_failure(request, reason)
