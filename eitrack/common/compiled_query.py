"""Queries compiled once: writing SQL takes longer than most answers to it."""

from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Keys = ParamSpec("Keys")
Row = TypeVar("Row")


def compiled_query(build: Callable[Keys, QuerySet[Any, Row]]) -> Callable[Keys, list[Row]]:
    """`build(*keys) -> QuerySet` becomes a function that returns the rows as a list.

    Only the SQL is kept, never a result: the database is queried every time. `keys` must determine
    the query, so they are keys of records, days and words; never a user, whose permissions may
    change. Rows are a list, since a compiled query cannot be narrowed; relations are not
    prefetched.
    """

    @lru_cache(maxsize=256)
    def written(*keys: Any, **more: Any) -> QuerySet[Any, Row]:
        queryset = build(*keys, **more)
        # Not the connection of this thread, but whichever belongs to the one that asks.
        compiler = queryset.query.get_compiler(connection=connection)
        with suppress(EmptyResultSet):
            statement = compiler.as_sql()
            compiler.as_sql = lambda: statement
            queryset.query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]
        return queryset

    @wraps(build)
    def rows(*keys: Keys.args, **more: Keys.kwargs) -> list[Row]:
        queryset = written(*keys, **more)  # type: ignore[arg-type]
        # As a queryset fills itself, without the copy of the query that `all()` would make.
        answer: Any = queryset._iterable_class(queryset)  # type: ignore[arg-type]
        return list(answer)

    return rows
