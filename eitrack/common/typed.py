"""What was typed into the form of a page."""

from django.http import HttpRequest, QueryDict


def typed(request: HttpRequest) -> QueryDict | None:
    """Values as they were sent, or as they are given back after signing in again; else None.

    A form bound to them shows all of it; only a POST saves it (rule 9).
    """
    return request.POST if request.method == "POST" else request.POST or None
