"""A database that cannot be written (full, read-only, locked), and one that cannot be reached."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, OperationalError

# SQLite's primary result codes.
OF_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
# PostgreSQL: read-only transaction, disk full, out of resources, lock timeout.
OF_POSTGRESQL = ("25006", "53", "55P03")
# PostgreSQL: broken connections, and a server that starts or stops.
AWAY = ("08", "57P")


def cannot_write(error: BaseException | None) -> bool:
    """Whether this error, or its cause, means that nothing can be written now."""
    while error is not None:
        if isinstance(error, sqlite3.Error):
            return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF in OF_SQLITE
        if state := getattr(error, "sqlstate", None):
            return str(state).startswith(OF_POSTGRESQL)
        error = error.__cause__ or error.__context__
    return False


def cannot_reach(error: BaseException | None) -> bool:
    """Whether this error means that no database answered."""
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CANTOPEN
    # PostgreSQL has no code for a server that is not there.
    state = getattr(cause, "sqlstate", None)
    return state is None or str(state).startswith(AWAY)


@contextmanager
def passing_over_what_cannot_be_written() -> Iterator[None]:
    """For writes that only save work later: if they fail, the page continues."""
    try:
        yield
    except DatabaseError as error:
        if not cannot_write(error):
            raise
