"""Queries compiled once: writing SQL takes longer than most answers to it."""

from collections.abc import Callable, Hashable
from contextlib import suppress
from functools import lru_cache, wraps
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def compiled_query(build: Callable[..., QuerySet[Any, Any]]) -> Callable[..., list[Any]]:
    """`build(*keys) -> QuerySet` becomes a function that answers the rows, as a list.

    The SQL is kept, never an answer: the database is asked every time. `keys` say
    all that the query rests on, so they are keys of records, days and words: never a user, whose
    permissions may change. Rows come as a list, as nobody may narrow a query that is written;
    nothing is prefetched with them.
    """

    @lru_cache(maxsize=256)
    def written(*keys: Hashable, **more: Hashable) -> QuerySet[Any, Any]:
        queryset = build(*keys, **more)
        # Not the connection of this thread, but whichever belongs to the one that asks.
        compiler = queryset.query.get_compiler(connection=connection)
        with suppress(EmptyResultSet):
            statement = compiler.as_sql()
            compiler.as_sql = lambda: statement
            queryset.query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]
        return queryset

    @wraps(build)
    def rows(*keys: Hashable, **more: Hashable) -> list[Any]:
        queryset = written(*keys, **more)
        # As a queryset fills itself, without the copy of the query that `all()` would make.
        answer: Any = queryset._iterable_class(queryset)
        return list(answer)

    return rows
