"""Results that are kept while what they rest on reads the same.

Making records of rows, and figures of records, takes ten times as long as reading the rows. So a
result is kept together with each statement that was read for it, and a hash of its answer. The next
time the statements are sent again: where every answer is the same, so is the result. Nothing has to
say that it changed, and nothing can forget to.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection

# Those of two or three pages of twelve quarters, and of many others: some ten megabytes.
MOST_KEPT = 64


class Reread:
    """The results of one request, which may share what was read for them.

    To check a result, no statement is sent that this request has sent already.
    """

    _kept: dict[Hashable, tuple[Any, dict[Any, int]]] = {}

    def __init__(self) -> None:
        self._now: dict[Any, int] = {}
        self._read: dict[Any, int] = {}
        self._may_keep = True

    def of(
        self, key: Hashable, work: Callable[[], Any], is_kept: Callable[[], bool] = lambda: True
    ) -> Any:
        """What `work()` answers, or answered before if all that it rested on is the same.

        `key` says what the result rests on beside the database, and nobody may change the result.
        All it rests on is read by `work`, here or in an earlier call of this object, and nothing is
        taken from another cache. What had to write is not kept, nor what read two answers to one
        statement, as somebody saved meanwhile, nor what `is_kept` refuses afterwards.
        """
        if kept := self._kept.get(key):
            result, read = kept
            if all(self._is_same(statement, answer) for statement, answer in read.items()):
                self._read |= read
                return result
            self._kept.pop(key, None)
        with connection.execute_wrapper(self._note):
            result = work()
        if self._may_keep and is_kept():
            self._keep(key, result)
        return result

    @classmethod
    def forget(cls) -> None:
        cls._kept.clear()

    def _keep(self, key: Hashable, result: Any) -> None:
        self._kept.pop(key, None)
        self._kept[key] = result, dict(self._read)
        for oldest in list(self._kept)[:-MOST_KEPT]:  # while other threads keep theirs
            self._kept.pop(oldest, None)

    def _is_same(self, statement: Any, answer: int) -> bool:
        if statement not in self._now:
            with connection.cursor() as cursor:
                cursor.execute(*statement)
                self._now[statement] = hash(tuple(cursor.fetchall()))
        return self._now[statement] == answer

    def _note(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """An execute wrapper of Django: read all rows of a cursor, note them and hand them on."""
        result = execute(sql, params, many, context)
        if many or not sql.startswith(("SELECT", "(SELECT")):
            self._may_keep = False
            return result
        cursor = context["cursor"]
        rows = cursor.fetchall()
        answer = hash(tuple(rows))
        self._may_keep &= self._read.get((sql, params), answer) == answer
        self._now[sql, params] = self._read[sql, params] = answer
        cursor.cursor = Rows(cursor.cursor, rows)
        return result


class Rows:
    """A database cursor whose rows were read already."""

    def __init__(self, cursor: Any, rows: Iterable[Any]) -> None:
        self._cursor, self._rows = cursor, iter(rows)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def __iter__(self) -> Iterator[Any]:
        return self._rows

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchmany(self, size: int) -> list[Any]:
        return list(islice(self._rows, size))

    def fetchall(self) -> list[Any]:
        return list(self._rows)
