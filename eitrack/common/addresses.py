from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponseBase

NUL = "\x00"


class ReadableAddressMiddleware:
    """Refuses a NUL in an address or cookie, which no page or database can read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if NUL in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        if any(NUL in value for value in request.COOKIES.values()):
            raise BadRequest("A cookie with a NUL is none of ours.")
        return self.get_response(request)
