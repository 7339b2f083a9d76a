"""Lists that change once a month: read once by a server process, good until a mark says otherwise.

A model with `lists_are_cached = True` marks every write to its table (`ListMark`), whoever writes:
a page, a command, another process; the mark is part of the writer's transaction. A request reads
all marks in one query before it takes the first list from memory, so a change shows on the next
page of every process. Outside a request, and in one that has itself written to such a table, lists
are always read anew.
"""

import pickle
import re
import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from functools import cache, wraps
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest
from django.http.response import HttpResponseBase

if TYPE_CHECKING:
    from eitrack.common.models import ListMarkQuerySet

Build = TypeVar("Build", bound=Callable[..., Any])
Versions = dict[str, int]

MOST_OF_ONE_KIND = 500
# What is written past Django, by hand in the database, leaves no mark.
MOST_SECONDS = 600
# A request may wait for its body: a role taken away meanwhile opens nothing once it has arrived.
MOST_SECONDS_OF_MARKS = 20
WRITES = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"')
# Every sign-in writes it, and no list shows it.
SIGN_IN = 'UPDATE "accounts_user" SET "last_login" = %s WHERE'

Kept = dict[tuple[Any, ...], tuple[list[int | None], float, Any]]
_all_kept: list[Kept] = []
_request = threading.local()


class CachedListsMiddleware:
    """Lets lists be taken from memory while a request is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        _request.is_open, _request.versions = True, None
        try:
            return self.get_response(request)
        finally:
            _request.is_open = False


def cached_list(
    *labels: str, copied: bool = False, most: int = MOST_OF_ONE_KIND
) -> Callable[[Build], Build]:
    """`build(*key)` is asked once for each key while no table of these models (`labels`) changes.

    A key is made of plain values, and of records, which count by their primary key: of a user, for
    whoever's eyes a list is. The answer is shared by all who ask, so nobody changes it; records
    whose related records may be read later are `copied` for each. A process keeps `most` of them.
    """

    def wrap(build: Build) -> Build:
        tables = cache(lambda: _tables_of(labels))
        lists: Kept = {}
        _all_kept.append(lists)

        @wraps(build)
        def listed(*key: Any) -> Any:
            versions = _versions()
            if versions is None:
                return build(*key)
            now = [versions.get(table) for table in tables()]
            of = tuple(one.pk if isinstance(one, models.Model) else one for one in key)
            kept = lists.get(of)
            if kept is None or kept[0] != now or monotonic() - kept[1] > MOST_SECONDS:
                value = build(*key)
                lists.pop(of, None)
                lists[of] = (now, monotonic(), pickle.dumps(value) if copied else value)
                for oldest in list(lists)[:-most]:  # while other threads add theirs
                    lists.pop(oldest, None)
                return value
            return pickle.loads(kept[2]) if copied else kept[2]

        return cast(Build, listed)

    return wrap


def forget_lists() -> None:
    """As a process that has just started."""
    for lists in _all_kept:
        lists.clear()


def lacks_versions() -> bool:
    """Whether a request is being answered that has not read the marks, or long ago."""
    if not getattr(_request, "is_open", False):
        return False
    return _request.versions is None or monotonic() - _request.read_at > MOST_SECONDS_OF_MARKS


def take_versions(versions: Versions) -> None:
    """{table: number} of `ListMark`, for this request."""
    _request.versions, _request.read_at = versions, monotonic()


def _versions() -> Versions | None:
    """{table: number} as this request has read it; None where every list is read anew."""
    if not getattr(_request, "is_open", False):
        return None
    if lacks_versions():
        take_versions(_marks().versions())
    return cast(Versions, _request.versions)


def _tables_of(labels: Iterable[str]) -> list[str]:
    tables = []
    for label in labels:
        model = apps.get_model(label)
        tables += [model._meta.db_table, *_tables_of_relations(model)]
    if unmarked := sorted(set(tables) - _watched()):
        raise ImproperlyConfigured(f"{', '.join(unmarked)}: lists_are_cached is missing.")
    return tables


def _tables_of_relations(model: type[models.Model]) -> list[str]:
    between: list[Any] = [field.remote_field.through for field in model._meta.local_many_to_many]
    return [through._meta.db_table for through in between]


@cache
def _watched() -> set[str]:
    models_ = [model for model in apps.get_models() if getattr(model, "lists_are_cached", False)]
    return {model._meta.db_table for model in models_}.union(*map(_tables_of_relations, models_))


def watch(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Look at what is written through this connection."""
    if _mark_writes not in connection.execute_wrappers:
        # First, as the last one is taken away by whoever opened it for a while.
        connection.execute_wrappers.insert(0, _mark_writes)


def _mark_writes(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    found = None if sql.startswith("SELECT") else WRITES.match(sql)
    if not found or found[1] not in _watched() or sql.startswith(SIGN_IN):
        return execute(sql, params, many, context)
    connection = context["connection"]
    with _transaction_of(connection, sql):
        result = execute(sql, params, many, context)
        _request.is_open = False
        if _are_marks_kept(connection):
            _marks().add(found[1])
    return result


def _transaction_of(connection: BaseDatabaseWrapper, sql: str) -> AbstractContextManager[Any]:
    """One for a write and its mark, where the writer has none; SQLite ends none before the key of
    a new row was read.
    """
    is_unread = connection.vendor == "sqlite" and sql.startswith("INSERT")
    if connection.in_atomic_block or is_unread:
        return nullcontext()
    return transaction.atomic(using=connection.alias)


def _marks() -> "ListMarkQuerySet":
    return cast("ListMarkQuerySet", apps.get_model("common.ListMark").objects)


_seen: set[str] = set()


def _are_marks_kept(connection: BaseDatabaseWrapper) -> bool:
    """Whether there is a table of marks yet: migrations write lists before it is made."""
    if not _seen and _marks().model._meta.db_table in connection.introspection.table_names():
        _seen.add("there")
    return bool(_seen)
