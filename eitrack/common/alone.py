"""One run at a time across machines: others do nothing instead of waiting."""

import fcntl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from zlib import crc32

from django.db import connection


def alone(name: str) -> AbstractContextManager[bool]:
    """A context whose value is whether nobody else runs under this name.

    Machines that share a database share the lock, which ends with the process.
    """
    return _lock_of_database(name) if connection.vendor == "postgresql" else _locked_file(name)


@contextmanager
def _lock_of_database(name: str) -> Iterator[bool]:
    """Held by a transaction that does nothing else: a pooler keeps its connection for it alone."""
    # A separate connection, so that the work cannot release or prolong the lock.
    own = connection.copy()
    key = crc32(name.encode())
    try:
        own.set_autocommit(False)
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [key])
            [is_alone] = cursor.fetchone()
            yield is_alone
    finally:
        own.close()


@contextmanager
def _locked_file(name: str) -> Iterator[bool]:
    """A file beside the database file, which is on one machine only."""
    with Path(f"{connection.settings_dict['NAME']}.{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
