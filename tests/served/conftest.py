"""A gunicorn as production starts it, on SQLite or PostgreSQL as the suite itself."""

import json
import os
import sqlite3
from contextlib import closing

import psycopg
import pytest
from django.conf import settings

from tests.serving import HOUSE, Server

WORLD = HOUSE / "tests" / "served" / "world.py"


class OwnDatabase:
    """A database that no other test knows: a file, or one beside the suite's on its server."""

    def __init__(self, folder):
        self.is_file = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
        self.name = str(folder / "world.sqlite3") if self.is_file else f"served_{os.getpid()}"

    def connect(self, name=None):
        """Another connection than the server's, as after a restart."""
        if self.is_file:
            return sqlite3.connect(f"file:{self.name}?mode=ro", uri=True)
        where = settings.DATABASES["default"]
        return psycopg.connect(
            host=where["HOST"],
            port=where["PORT"] or None,
            user=where["USER"],
            password=where["PASSWORD"] or None,
            dbname=name or self.name,
            autocommit=True,
        )

    def create(self):
        if not self.is_file:
            with closing(self.connect("postgres")) as connection:
                connection.execute(f"CREATE DATABASE {self.name}")

    def drop(self):
        if not self.is_file:
            with closing(self.connect("postgres")) as connection:
                connection.execute(f"DROP DATABASE {self.name} WITH (FORCE)")

    def ask(self, sql):
        with closing(self.connect()) as connection:
            return connection.execute(sql).fetchall()


class ServedHouse(Server):
    def __init__(self, folder, database):
        url = os.environ.get("EITRACK_DATABASE_URL")
        super().__init__(
            folder,
            settings="tests.served.settings",
            environment={
                "SERVED_DATABASE": database.name,
                "SERVED_FOLDER": str(folder),
                **({"EITRACK_DATABASE_URL": url} if url else {}),
            },
            workers=2,
        )
        self.database = database

    def build_world(self):
        self.prepare(self.database.name if self.database.is_file else None)
        read = f"exec(open({str(WORLD)!r}).read())"
        return json.loads(self.manage("shell", "--no-imports", "-c", read))


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    """A running server, and `house.world`: who is signed in."""
    folder = tmp_path_factory.mktemp("served")
    database = OwnDatabase(folder)
    database.create()
    server = ServedHouse(folder, database)
    try:
        server.world = server.build_world()
        server.start()
        yield server
        server.stop()
    finally:
        database.drop()
