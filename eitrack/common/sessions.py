"""Sessions while the database cannot be written."""

import logging

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware as DjangosMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from eitrack.common.unwritable import cannot_write

log = logging.getLogger(__name__)


class SessionMiddleware(DjangosMiddleware):
    """Django's, but a session that cannot be written does not refuse the page."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except (SessionInterrupted, DatabaseError) as error:
            if not cannot_write(error):
                raise
            log.error("The database cannot be written, so a session was not: %s", error.__cause__)
            return response
