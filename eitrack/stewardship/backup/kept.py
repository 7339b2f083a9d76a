"""The file of a backup: written under another name, renamed when it is whole, earlier ones kept."""

import fcntl
import os
from contextlib import contextmanager
from pathlib import Path

from eitrack.stewardship.backup.problem import BackupError


@contextmanager
def written_whole(path, *, keep, remains):
    """The path to write to; when the context ends without an error it becomes this file.

    Until then the file that was there stays as it is. A run that was killed leaves a part, which
    the next one begins anew. `keep` is how many backups there are afterwards: FILE, FILE.1, FILE.2.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        descriptor = os.open(part, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as problem:
        raise BackupError(f"Nothing can be written beside {path}: {problem.strerror}.") from problem
    try:
        _lock(descriptor, part, path)
        os.ftruncate(descriptor, 0)
        os.fchmod(descriptor, 0o600)
        _forget(part, remains)
        try:
            yield part
            _to_disk(part)
            _rotate(path, keep)
            part.replace(path)
            _to_disk(path.parent)
        except BaseException:
            part.unlink(missing_ok=True)
            _forget(part, remains)
            raise
    finally:
        os.close(descriptor)


def _lock(descriptor, part, path):
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Meanwhile another run may have finished, and what was opened is the backup by now.
        is_ours = os.path.samestat(os.fstat(descriptor), part.stat())
    except (BlockingIOError, FileNotFoundError):
        is_ours = False
    if not is_ours:
        raise BackupError(f"Another backup is writing {path}.")


def _forget(part, remains):
    for ending in remains:
        Path(f"{part}{ending}").unlink(missing_ok=True)


def _to_disk(path):
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _rotate(path, keep):
    """FILE.1 becomes FILE.2, and FILE both: the name that is about to be replaced never lacks."""
    number = keep
    while (surplus := _numbered(path, number)).exists():
        surplus.unlink()
        number += 1
    first = _numbered(path, 1)
    if keep < 2 or not path.exists() or (first.exists() and first.samefile(path)):
        return
    for number in range(keep - 1, 1, -1):
        younger = _numbered(path, number - 1)
        if younger.exists():
            younger.replace(_numbered(path, number))
    first.unlink(missing_ok=True)
    os.link(path, first)


def _numbered(path, number):
    return path.with_name(f"{path.name}.{number}")
