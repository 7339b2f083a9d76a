"""Lines of the log, each with the number of its request, and without addresses.

An address may hold a token, a name or a reference: a page is called by its name in `urls` instead.
"""

import json
import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

NO_PAGE = "an unknown address"
# What stands behind the host of an address in a message, and rows that PostgreSQL quotes.
BEHIND_HOST = re.compile(r"(https?://[^/\s'\"?#]+)[^\s'\"]*")
QUOTED_ROW = re.compile(r"^\s*(?:DETAIL|CONTEXT):.*$", re.MULTILINE)

_number: ContextVar[str] = ContextVar("request_number", default="")
log = logging.getLogger("eitrack.requests")


def new_number() -> str:
    """Short enough to be read out on the telephone."""
    return secrets.token_hex(4)


def number_now() -> str:
    """The number of the request that is being answered, or ""."""
    return _number.get()


def page_of(request: HttpRequest) -> str:
    """The name of a page in `urls`, as daybook:today; never its address."""
    match = getattr(request, "resolver_match", None)
    return match.view_name if match and match.view_name else NO_PAGE


class NumberedMiddleware:
    """Gives each request a number: for its lines of the log, and for whoever reports a fault."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        number, began = new_number(), perf_counter()
        token = _number.set(number)
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = number
            if log.isEnabledFor(logging.INFO):
                facts = {
                    "method": request.method if request.method in METHODS else "other",
                    "page": page_of(request),
                    "status": response.status_code,
                    "ms": round((perf_counter() - began) * 1000),
                }
                log.info("%(method)s %(page)s %(status)s", facts, extra={"facts": facts})
            return response
        finally:
            _number.reset(token)


METHODS = {"GET", "POST", "HEAD", "OPTIONS"}


def words_of(record: logging.LogRecord) -> str:
    """The message of a line, without addresses."""
    request = getattr(record, "request", None)
    args = record.args
    if isinstance(request, HttpRequest) and isinstance(args, tuple):
        addresses = {request.path, request.get_full_path()}
        addresses |= {each.encode("unicode_escape").decode("ascii") for each in addresses}
        page = page_of(request)
        args = tuple(page if each in addresses else each for each in args)
    message = str(record.msg) % args if args else str(record.msg)
    return without_addresses(message)


def without_addresses(text: str) -> str:
    return QUOTED_ROW.sub("", BEHIND_HOST.sub(r"\1/…", text)).rstrip()


class TextFormatter(logging.Formatter):
    """A line for people: what is wrong, and the number of the request."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        number = number_now()
        return f"{words_of(record)} [request {number}]" if number else words_of(record)

    def formatException(self, ei: Any) -> str:
        return without_addresses(super().formatException(ei))


class JsonFormatter(TextFormatter):
    """A line for programs: one object."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request": number_now(),
            "message": words_of(record),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
