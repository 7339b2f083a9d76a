"""Whether this machine works, for a balancer: `/healthz` of the process, `/readyz` of all it needs.

Answered before sessions, host names and HTTPS are looked at, as a balancer asks by number.
"""

import shutil
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from eitrack.common.node import has_the_key

MEGABYTE = 1024 * 1024
_seen: set[str] = set()


class HealthMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == "/healthz":
            return said([])
        if request.path_info == "/readyz":
            return said(what_fails())
        return self.get_response(request)


def said(failing: list[str]) -> HttpResponse:
    """ "ok", or which parts are not, and nothing more."""
    words = f"not ok: {', '.join(failing)}\n" if failing else "ok\n"
    return HttpResponse(
        words,
        status=503 if failing else 200,
        content_type="text/plain",
        headers={"Cache-Control": "no-store"},
    )


def what_fails() -> list[str]:
    failing = [] if has_space() else ["disk"]
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return ["database", *failing]
    if not is_or_was("migrations", are_migrations_applied):
        return ["migrations", *failing]
    return failing if is_or_was("key", has_the_key) else ["key", *failing]


def has_space() -> bool:
    least: int = settings.LEAST_FREE_MEGABYTES * MEGABYTE
    return shutil.disk_usage(settings.FOLDER).free >= least


def is_or_was(part: str, is_so: Callable[[], bool]) -> bool:
    """What is true once stays so for as long as the process runs, and is not asked again."""
    if part not in _seen and is_so():
        _seen.add(part)
    return part in _seen


def are_migrations_applied() -> bool:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
