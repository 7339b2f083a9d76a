"""A copy of a migrated database, and nothing that was there before."""

import sqlite3
from contextlib import closing

import pytest

from tests.migrated import copy_migrated, name_of_migrations


@pytest.fixture
def kept(tmp_path):
    """A folder in which the database of these migrations is already made."""
    folder = tmp_path / "kept"
    folder.mkdir()
    with closing(sqlite3.connect(folder / f"{name_of_migrations()}.sqlite3")) as made:
        made.execute("CREATE TABLE of_the_copied (id INTEGER)")
        made.commit()
    return folder


def test_a_copy_replaces_what_was_there_with_its_log(kept, tmp_path):
    path, log = tmp_path / "test.sqlite3", tmp_path / "test.sqlite3-wal"
    path.write_text("another")
    log.write_text("of another")

    copy_migrated(path, kept)

    with closing(sqlite3.connect(path)) as copied:
        assert copied.execute("SELECT name FROM sqlite_master").fetchall() == [("of_the_copied",)]
    assert not log.exists()


@pytest.mark.parametrize("path", ["eitrack/cases/migrations/0099_new.py", "requirements.lock"])
def test_another_migration_or_package_makes_another_database(tmp_path, path):
    before = name_of_migrations(tmp_path)

    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("new")

    assert name_of_migrations(tmp_path) != before
