"""SQLite: the online backup in one step.

In small steps it would start over at every save, and the copy of VACUUM INTO is out of WAL.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from eitrack.stewardship.backup.problem import BackupError

MAGIC = b"SQLite format 3\0"
SOURCE = "SQLite"
# Beside a database file, of a run that was killed: another database would be mended with it.
REMAINS = ("-journal", "-wal", "-shm")


def write(path):
    """Copy the database into this file while people save; returns {table: rows} of that moment."""
    with closing(_opened()) as source, closing(sqlite3.connect(path)) as copy:
        source.execute("BEGIN")  # what is counted and what is copied are of one moment
        counts = counted(source)
        _copied(source, copy)
    return counts


def check(path):
    """{table: rows} of a copy that is sound; BackupError for one that is not."""
    try:
        # It is read only, so that checking leaves nothing beside it.
        address = f"{Path(path).absolute().as_uri()}?immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as copy:
            faults = [fault for (fault,) in copy.execute("PRAGMA integrity_check(3)")]
            if faults != ["ok"]:
                raise BackupError(f"The copy is damaged: {'; '.join(faults)}")
            if broken := copy.execute("PRAGMA foreign_key_check").fetchone():
                raise BackupError(f"In the copy a row of {broken[0]} refers to none.")
            return counted(copy)
    except sqlite3.Error as problem:
        raise BackupError(f"The copy cannot be read: {problem}") from problem


def restore(path):
    """Copy this file into the database, in one transaction: killed, it leaves an empty one."""
    with closing(sqlite3.connect(path)) as source, closing(_opened()) as database:
        _copied(source, database)
        database.execute("PRAGMA journal_mode=WAL")


def counts_now():
    """{table: rows} of the database of the settings; {} of an empty one."""
    with closing(_opened()) as database:
        return counted(database)


def counted(database):
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%'"
    tables = [name for (name,) in database.execute(f"{named} ESCAPE '~' ORDER BY name")]
    # As many selects as SQLite takes in one statement are fewer than there are tables.
    return {
        name: database.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in tables
    }


def _opened():
    return sqlite3.connect(connection.settings_dict["NAME"], timeout=20, isolation_level=None)


def _copied(source, target):
    try:
        source.backup(target)
    except sqlite3.Error as problem:
        raise BackupError(f"The copy could not be written: {problem}.") from problem
