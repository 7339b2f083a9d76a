"""The typed data of a form."""

from django.http import HttpRequest, QueryDict


def typed(request: HttpRequest) -> QueryDict | None:
    """The data as sent, or as given back after signing in again; else None.

    A form bound to it shows all of it; only a POST saves it (rule 9).
    """
    return request.POST if request.method == "POST" else request.POST or None
