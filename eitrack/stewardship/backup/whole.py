"""From the database to a checked file, and from a file to an empty database."""

from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError
from django.db import connection

from eitrack.stewardship.backup import postgresql, sealed, sqlite
from eitrack.stewardship.backup.elsewhere import address_of, manage_on
from eitrack.stewardship.backup.kept import written_whole
from eitrack.stewardship.backup.problem import BackupError

VERIFY = "audit_verify"


def back_up(path, *, tell, keep=1, recipient=None):
    """Write the whole database into this file, encrypted to `recipient`; {table: rows} of it."""
    engine = _engine()
    with written_whole(path, keep=keep, remains=engine.REMAINS) as part:
        if recipient is None:
            return _written(engine, part, tell)
        with _plain() as plain:
            counts = _written(engine, plain, tell)
            tell("Encrypting, and reading it back …")
            sealed.seal(plain, part, recipient)
            return counts


def _written(engine, path, tell):
    tell(f"Copying the database ({engine.SOURCE}) …")
    try:
        counts = engine.write(path)
        tell(f"Checking the copy of {path.stat().st_size / 1e6:,.1f} MB …")
        if (found := engine.check(path)) != counts:
            raise BackupError(f"The copy is not whole: {differences(counts, found)}.")
        _verify_trail(engine, path, tell)
    except OSError as problem:
        raise BackupError(f"The copy could not be written: {problem.strerror}.") from problem
    except CommandError as problem:
        raise BackupError(f"The audit trail is broken: {problem}") from problem
    return counts


def restore(path, *, tell, identity_file=None):
    """Read a backup into the database of the settings, which has to be empty; {table: rows}."""
    engine = _engine()
    if tables := engine.counts_now():
        raise BackupError(
            f"This database has {len(tables)} tables already. A backup is restored into an empty "
            "one only: name it in EITRACK_DATABASE_URL."
        )
    try:
        with _readable(path, identity_file) as plain:
            _refuse_other(engine, plain)
            tell("Checking the backup …")
            counts = engine.check(plain)
            tell(f"Restoring into {engine.SOURCE} …")
            connection.close()
            engine.restore(plain)
    except OSError as problem:
        raise BackupError(f"{path} cannot be read: {problem.strerror}.") from problem
    if (found := engine.counts_now()) != counts:
        raise BackupError(f"Not all came back: {differences(counts, found)}.")
    return counts


def _verify_trail(engine, path, tell):
    """Of the copy in SQLite; of PostgreSQL's a dump holds it, and the drill verifies that."""
    if VERIFY not in get_commands():
        return
    tell("Verifying the audit trail …")
    if engine is sqlite:
        manage_on(address_of(path), VERIFY)
    else:
        call_command(VERIFY, stdout=StringIO())


def differences(expected, found):
    """Both numbers of each table in which they differ."""
    return ", ".join(
        f"{table} {expected.get(table, 'no')} and {found.get(table, 'no')} rows"
        for table in sorted({*expected, *found})
        if expected.get(table) != found.get(table)
    )


def _engine():
    return sqlite if connection.vendor == "sqlite" else postgresql


@contextmanager
def _plain():
    with NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as file:
        yield Path(file.name)


@contextmanager
def _readable(path, identity_file):
    if not _begins(path, sealed.MAGIC):
        yield path
        return
    with _plain() as plain:
        sealed.unseal(path, plain, identity_file)
        yield plain


def _refuse_other(engine, path):
    for each in (sqlite, postgresql):
        if _begins(path, each.MAGIC):
            if each is engine:
                return
            raise BackupError(
                f"This is a backup of {each.SOURCE}, and the database of the settings is "
                f"{engine.SOURCE}."
            )
    raise BackupError("This is no backup of EITrack.")


def _begins(path, magic):
    with path.open("rb") as file:
        return file.read(len(magic)) == magic
