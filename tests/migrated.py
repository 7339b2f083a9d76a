"""An SQLite database with every table and no record, migrated once and copied ever after."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
KEPT = HOUSE / "var" / "migrated"


@contextmanager
def alone(path):
    """Only one process at a time goes on from here; the others wait."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def copy_migrated(path, kept=KEPT):
    """Put a migrated database where `path` says, whatever lies there."""
    for old in (path, *(Path(f"{path}-{part}") for part in ("wal", "shm"))):
        old.unlink(missing_ok=True)
    with alone(kept / "lock"):
        made = kept / f"{name_of_migrations()}.sqlite3"
        if not made.exists():
            for old in kept.glob("*.sqlite3*"):
                old.unlink()
            migrate(made)
        shutil.copyfile(made, path)


def name_of_migrations(house=HOUSE):
    """Another one once a migration, or a package that may bring some, is another."""
    said = hashlib.sha256()
    for path in [*sorted(house.glob("eitrack/*/migrations/*.py")), house / "requirements.lock"]:
        if path.exists():
            said.update(str(path.relative_to(house)).encode() + path.read_bytes())
    return said.hexdigest()[:16]


def migrate(path):
    making = path.with_suffix(".sqlite3-making")
    at_once = "init_command=PRAGMA%20journal_mode=OFF;PRAGMA%20synchronous=OFF"
    for command in (["migrate", "--verbosity=0"], ["createcachetable"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=HOUSE,
            env={
                **{name: value for name, value in os.environ.items() if "EITRACK_" not in name},
                "DJANGO_SETTINGS_MODULE": "eitrack.settings",
                "EITRACK_DATABASE_URL": f"sqlite:///{making}?{at_once}",
            },
            check=True,
        )
    with closing(sqlite3.connect(making)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    making.rename(path)
