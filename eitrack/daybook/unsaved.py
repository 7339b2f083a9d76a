"""A save while the database cannot be written: the typed data stays in the page."""

import logging

from django.contrib import messages
from django.db import DatabaseError
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from eitrack.common.logs import page_of
from eitrack.common.unwritable import cannot_write
from eitrack.daybook.kept import GivenBack, is_ours, without_secrets

log = logging.getLogger(__name__)
NOTHING_SAVED = "Nothing can be saved at the moment. What you typed is still here."


class UnsavedMiddleware:
    """Answers 503 with the page as sent, and logs the reason."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, DatabaseError) or not cannot_write(exception):
            return None
        log.error("The database cannot be written: %s", exception)
        sent = request.POST if request.method == "POST" else None
        response = shown_again(request, sent) if sent else None
        if response is None:
            response = render(request, "503.html", {"is_post": sent is not None})
        response.status_code = 503
        response["Retry-After"] = "60"
        add_never_cache_headers(response)
        return response


def shown_again(request, sent):
    """The page with the typed data, as if opened with it; else a button that sends it again.

    None if neither is possible.
    """
    match, path = request.resolver_match, request.get_full_path()
    values = GivenBack(sent.urlencode())
    request.method, request.POST = "GET", values
    messages.error(request, NOTHING_SAVED)
    try:
        response = match.func(request, *match.args, **match.kwargs)
        if hasattr(response, "render") and not response.is_rendered:
            response.render()
    except Exception:
        log.exception("What was sent to %s could not be shown again.", page_of(request))
        return None
    finally:
        request.method, request.POST = "POST", sent
    if response.status_code == 200 and (values.is_read or not is_ours(match)):
        return response
    lists = without_secrets(sent).lists()
    return render(
        request, "daybook/given_back.html", {"address": path, "lists": lists, "is_unsaved": True}
    )
