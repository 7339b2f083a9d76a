"""Sessions: when they were used, and while the database cannot be written."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth import SESSION_KEY as USER
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware as DjangosMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from eitrack.common.unwritable import cannot_write

log = logging.getLogger(__name__)
View = TypeVar("View", bound=Callable[..., Any])


class SessionMiddleware(DjangosMiddleware):
    """Django's, but it knows when a session was last used, and one that cannot be written does not
    refuse the page.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            response = super().process_response(request, response)
            if request.session.accessed and is_used_by(request):
                note_use(request.session)
            return response
        except (SessionInterrupted, DatabaseError) as error:
            if not cannot_write(error):
                raise
            log.error("The database cannot be written, so a session was not: %s", error.__cause__)
            return response


def unattended(view: View) -> View:
    """A page that scripts ask for by themselves: nobody uses the session by it."""
    view.is_unattended = True  # type: ignore[attr-defined]
    return view


def is_used_by(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is None or not getattr(match.func, "is_unattended", False)


def note_use(session: Any) -> None:
    """If somebody is signed in, and it was not noted just now."""
    if session.is_use_due and USER in session:
        session.note_use()
