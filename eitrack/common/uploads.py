"""The size limit of requests, checked before anything is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

MEGABYTE = 1024 * 1024
INTAKE = "/intake/"
NATIONAL_LISTS = "/intake/places/"
# For users not signed in: more than a form that is stored for them.
MOST_OF_A_STRANGER = 256 * 1024


class UploadLimitMiddleware:
    """Refuses a request that is too large with a page that states the limit.

    Runs after the user is known and before anything reads the form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if size_of(request) <= most_for(request):
            return self.get_response(request)
        context = {"most_megabytes": most_of_a_file(request) // MEGABYTE}
        response = render(request, "413.html", context, status=413)
        # Unread data would be taken for the next request.
        response["Connection"] = "close"
        return response


def may_bring_files(request: HttpRequest) -> bool:
    """Whether it is sent to a page that takes large files, by somebody who may open it."""
    is_there = request.path_info.startswith(INTAKE)
    return is_there and request.user.may("see_imports")  # type: ignore[union-attr]


def most_of_a_file(request: HttpRequest) -> int:
    """What the page says; what a sheet or a workbook may have, its own page says."""
    is_list = request.path_info.startswith(NATIONAL_LISTS) and may_bring_files(request)
    return settings.MOST_INTAKE_BYTES if is_list else settings.MOST_FILE_BYTES


def size_of(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def most_for(request: HttpRequest) -> int:
    if not request.user.is_authenticated:
        return MOST_OF_A_STRANGER
    if request.content_type == "multipart/form-data" and may_bring_files(request):
        return settings.MOST_INTAKE_BYTES
    if request.content_type == "multipart/form-data":
        return settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE
