"""The addresses that Entra and Okta ask: /scim/v2/Users and one user of them."""

import json
import re
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from eitrack.accounts.models import User
from eitrack.stewardship.scim.keeping import change, create
from eitrack.stewardship.scim.resources import (
    ERROR,
    LIST,
    Said,
    ScimError,
    resource,
    said_in,
    said_in_patch,
    text,
)

MEDIA_TYPE = "application/scim+json"
MOST_OF_A_PAGE = 100
# The one question that both ask.
BY_NAME = re.compile(r'\s*userName\s+eq\s+"([^"]*)"\s*', re.IGNORECASE)


def for_directory(*methods):
    """Of whoever holds the token; answers in SCIM's words, its errors too."""

    def wrap(view):
        @csrf_exempt
        @never_cache
        @login_not_required
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not settings.SCIM_TOKEN:
                raise Http404
            try:
                check_token(request)
                if request.method not in methods:
                    raise ScimError("This method is not answered here.", status=405)
                return view(request, *args, **kwargs)
            except ScimError as problem:
                return error(problem)

        return guarded

    return wrap


def check_token(request):
    given = request.headers.get("Authorization", "")
    if not constant_time_compare(given, f"Bearer {settings.SCIM_TOKEN}"):
        raise ScimError("The token is not right.", status=401)


@for_directory("GET", "POST")
def scim_users(request):
    if request.method == "POST":
        user = create(said_in(body_of(request)), now=timezone.now())
        response = answer(resource(user), status=201)
        response["Location"] = request.build_absolute_uri(
            reverse("stewardship:scim_user", args=[user.pk])
        )
        return response
    return answer(listed(request))


@for_directory("GET", "PUT", "PATCH", "DELETE")
def scim_user(request, pk):
    user = User.objects.filter(pk=pk).first()
    if user is None:
        raise ScimError("There is no such user.", status=404)
    now = timezone.now()
    if request.method == "DELETE":
        change(user, Said(is_active=False), now=now)
        return HttpResponse(status=204)
    if request.method != "GET":
        is_patch = request.method == "PATCH"
        said = said_in_patch(body_of(request)) if is_patch else said_in(body_of(request))
        user = change(user, said, now=now)
    return answer(resource(user))


def listed(request):
    users = User.objects.order_by("pk")
    if wanted := request.GET.get("filter"):
        found = BY_NAME.fullmatch(wanted)
        if not found:
            raise ScimError('Only userName eq "…" is answered.', kind="invalidFilter")
        users = users.filter(email=text(found[1]).lower())
    start = max(1, whole_number(request, "startIndex", 1))
    count = min(MOST_OF_A_PAGE, max(0, whole_number(request, "count", MOST_OF_A_PAGE)))
    page = [resource(user) for user in users[start - 1 : start - 1 + count]]
    return {
        "schemas": [LIST],
        "totalResults": users.count(),
        "startIndex": start,
        "itemsPerPage": len(page),
        "Resources": page,
    }


def whole_number(request, name, default):
    given = request.GET.get(name, "")
    return int(given) if re.fullmatch(r"-?[0-9]{1,9}", given) else default


def body_of(request):
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise ScimError("The body is no JSON object.", kind="invalidSyntax")
    return body


def answer(what, status=200):
    return HttpResponse(json.dumps(what), content_type=MEDIA_TYPE, status=status)


def error(problem):
    said = {"schemas": [ERROR], "status": str(problem.status), "detail": problem.detail}
    response = answer(said | ({"scimType": problem.kind} if problem.kind else {}), problem.status)
    if problem.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response
