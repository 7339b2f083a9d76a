"""A database that can be read and not written: full, set read-only, or locked by somebody."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError

# SQLite's result codes, without what stands in their higher bits.
OF_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
# PostgreSQL: read-only transaction, disk full, out of resources, lock not to be had in time.
OF_POSTGRESQL = ("25006", "53", "55P03")


def cannot_write(error: BaseException | None) -> bool:
    """Whether this error, or one behind it, says that nothing can be written at the moment."""
    while error is not None:
        if isinstance(error, sqlite3.Error):
            return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF in OF_SQLITE
        if state := getattr(error, "sqlstate", None):
            return str(state).startswith(OF_POSTGRESQL)
        error = error.__cause__ or error.__context__
    return False


@contextmanager
def passing_over_what_cannot_be_written() -> Iterator[None]:
    """For what is written to be found sooner next time: a page goes on without it."""
    try:
        yield
    except DatabaseError as error:
        if not cannot_write(error):
            raise
