"""What `make demo` and `make serve` do to a database that is the other's: nothing."""

import os
import sqlite3
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

BASE = Path(settings.BASE_DIR)
SAMPLE, REAL = 1, 0


def started(script, database):
    """The answer of a script that would serve this database."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("EITRACK_")
    }
    environment["EITRACK_DATABASE_URL"] = f"sqlite:///{database}"
    return subprocess.run(
        [BASE / ".ci" / script],
        env=environment | {"PORT": "48737"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def database(tmp_path):
    """`database(SAMPLE)` is one of an older version, with one district."""

    def database(*districts, users=0):
        path = tmp_path / "old.sqlite3"
        with sqlite3.connect(path) as connection:
            connection.execute("create table directory_district (id integer, is_sample bool)")
            connection.execute("create table accounts_user (id integer)")
            for kind in districts:
                connection.execute("insert into directory_district values (1, ?)", [kind])
            for number in range(users):
                connection.execute("insert into accounts_user values (?)", [number])
        connection.close()
        return path

    return database


def tables_of(path):
    with sqlite3.connect(path) as connection:
        found = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
    connection.close()
    return sorted(name for (name,) in found)


@pytest.mark.parametrize(
    ("districts", "users", "whose"),
    [
        ((), 0, "none"),
        ((SAMPLE,), 5, "sample"),
        ((REAL,), 0, "real"),
        ((SAMPLE, REAL), 5, "real"),
        ((), 1, "real"),
    ],
)
def test_whose_a_database_is(database, districts, users, whose):
    answer = started("whose-database", database(*districts, users=users))

    assert (answer.stdout, answer.stderr) == (f"{whose}\n", "")


def test_an_empty_one_is_nobodys(tmp_path):
    assert started("whose-database", tmp_path / "new.sqlite3").stdout == "none\n"


@pytest.mark.parametrize("script", ["demo", "serve"])
def test_one_that_does_not_answer_is_named_in_one_line(tmp_path, script):
    answer = started(script, tmp_path / "no-such-folder" / "new.sqlite3")

    assert answer.returncode == 1
    assert answer.stderr == (
        "The database of the settings does not answer: unable to open database file\n"
    )


@pytest.mark.parametrize(
    ("script", "kind", "said"),
    [
        ("demo", REAL, "holds a real service, which 'make demo' leaves alone"),
        ("serve", SAMPLE, "holds the sample world, and a real service has one of its own"),
    ],
)
def test_a_database_of_the_other_is_refused_and_stays_as_it_is(database, script, kind, said):
    path = database(kind, users=1)
    before = tables_of(path)

    answer = started(script, path)

    assert answer.returncode == 1
    assert said in answer.stderr
    assert "Bringing the database up to date" not in answer.stdout
    assert tables_of(path) == before
