"""A command of ours on another database than that of the settings, in a process of its own."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connection

from eitrack.stewardship.backup.postgresql import parameters
from eitrack.stewardship.backup.problem import BackupError


def manage_on(url, *arguments):
    """What `manage.py` prints there; BackupError with what it complained of."""
    done = subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "EITRACK_DATABASE_URL": url},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BackupError(f"{arguments[0]} of the copy: {done.stderr.strip() or done.stdout}")
    return done.stdout


def address_of(path):
    """The database in this file, as a setting names it."""
    return f"sqlite:///{quote(str(path))}"


@contextmanager
def empty_database():
    """The address of a database beside that of the settings, for as long as the context lasts."""
    if connection.vendor == "sqlite":
        with TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
            yield address_of(Path(folder) / "drill.sqlite3")
        return
    name = f"eitrack_drill_{os.getpid()}"
    try:
        with psycopg.connect(**parameters(), autocommit=True) as own:
            own.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    except psycopg.Error as problem:
        raise BackupError(
            f"No database for the drill could be made: {problem}. "
            "`ALTER USER … CREATEDB` lets this user make one."
        ) from problem
    try:
        yield urlunsplit(urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(**parameters(), autocommit=True) as own:
            own.execute(f"DROP DATABASE {name} WITH (FORCE)")
