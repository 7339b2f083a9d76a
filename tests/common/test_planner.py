"""SQLite's planner knows the sizes of tables, also of those that a migration wrote anew."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests.factories.directory import DistrictFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL looks by itself"),
]


def rows_known():
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'directory_district'")
        return {int(stat.split()[0]) for (stat,) in cursor.fetchall()}


@pytest.mark.parametrize("command", ["migrate", "daily"])
def test_the_planner_knows_how_many_rows_there_are(command):
    for name in ("North", "East", "South"):
        DistrictFactory(name=name, slug=name.lower())

    call_command(command, verbosity=0)

    assert rows_known() == {3}
