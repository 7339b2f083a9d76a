"""PostgreSQL: pg_dump, whole and in its own format. A restore of data alone runs the triggers."""

import os
import re
import subprocess

import psycopg
from django.db import connection

from eitrack.stewardship.backup.problem import BackupError

MAGIC = b"PGDMP"
SOURCE = "PostgreSQL"
REMAINS = ()
COPIED = re.compile(rb'^COPY (?:"?\w+"?\.)?"?(\w+)"? \(')
END = b"\\.\n"


def write(path):
    """Dump the database into this file while people save; returns {table: rows} of that moment."""
    with _connected() as source:
        source.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        counts = counted(source)
        # The dump sees what was counted: both read one snapshot.
        [snapshot] = source.execute("SELECT pg_export_snapshot()").fetchone()
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={path}")
    return counts


def check(path):
    """{table: rows} of a dump, read to its end; BackupError for one that is damaged."""
    counts, table = {}, None
    with _started("pg_restore", "--data-only", "--file=-", str(path), stdout=-1) as reading:
        for line in reading.stdout:
            if table is not None:
                if line == END:
                    table = None
                else:
                    counts[table] += 1
            elif found := COPIED.match(line):
                table = found[1].decode()
                counts[table] = 0
        said = reading.stderr.read().decode(errors="replace").strip()
    if reading.returncode or table is not None:
        raise BackupError(f"The copy cannot be read: {said or 'it ends early'}")
    return counts


def restore(path):
    """Read this file into the database, in one transaction: killed, it leaves an empty one."""
    _run("pg_restore", "--single-transaction", "--exit-on-error", *OWN, str(path))


# Whoever restores owns what comes back, whatever the user was called where it was made.
OWN = ("--no-owner", "--no-privileges")


def counts_now():
    """{table: rows} of the database of the settings; {} of an empty one."""
    with _connected() as database:
        return counted(database)


def counted(database):
    named = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
    tables = [name for (name,) in database.execute(named)]
    if not tables:
        return {}
    each = " UNION ALL ".join(f"SELECT '{name}', COUNT(*) FROM \"{name}\"" for name in tables)
    return dict(database.execute(each).fetchall())


def parameters():
    """How psycopg and the programs of PostgreSQL reach the database of the settings."""
    words = {each.keyword.decode() for each in psycopg.pq.Conninfo.get_defaults()}
    known = connection.get_connection_params()
    return {name: value for name, value in known.items() if name in words and value}


def _connected():
    return psycopg.connect(**parameters())


def _run(program, *arguments):
    with _started(program, *arguments, to_database=True) as running:
        said = running.stderr.read().decode(errors="replace").strip()
    if running.returncode:
        raise BackupError(f"{program} ended with an error: {said}")


def _started(program, *arguments, to_database=False, **streams):
    environment = dict(os.environ)
    if to_database:
        known = parameters()
        # Not among the arguments, which other users of the machine see.
        if password := known.pop("password", None):
            environment["PGPASSWORD"] = password
        arguments = (f"--dbname={psycopg.conninfo.make_conninfo(**known)}", *arguments)
    try:
        return subprocess.Popen(
            [program, *arguments], env=environment, stderr=subprocess.PIPE, **streams
        )
    except FileNotFoundError as problem:
        raise BackupError(
            f"{program} is not installed here, and PostgreSQL is backed up and restored by it: "
            "`sudo apt-get install postgresql-client`, of the server's version or a later one."
        ) from problem
