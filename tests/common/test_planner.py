"""The planner knows the sizes of tables, also of those that a migration wrote anew."""

import pytest
from django.core.management import call_command
from django.db import connection

from eitrack.common.planner import OF_THE_ROLE, tell_role
from tests.factories.directory import DistrictFactory

pytestmark = pytest.mark.django_db
of_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL looks by itself")
of_postgresql = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no roles")


def rows_known():
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'directory_district'")
        return {int(stat.split()[0]) for (stat,) in cursor.fetchall()}


@of_sqlite
@pytest.mark.parametrize("command", ["migrate", "daily"])
def test_the_planner_knows_how_many_rows_there_are(command):
    for name in ("North", "East", "South"):
        DistrictFactory(name=name, slug=name.lower())

    call_command(command, verbosity=0)

    assert rows_known() == {3}


@of_postgresql
def test_the_role_is_told_and_every_later_connection_knows():
    with connection.cursor() as cursor:
        cursor.execute(
            f"ALTER ROLE CURRENT_USER IN DATABASE {connection.settings_dict['NAME']} RESET ALL"
        )
    call_command("migrate", verbosity=0)

    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(setconfig) FROM pg_db_role_setting")
        told = {setting for (setting,) in cursor.fetchall()}
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
    assert {f"{name}={value}" for name, value in OF_THE_ROLE.items()} <= told


@of_postgresql
def test_what_the_role_was_told_is_not_told_again(django_assert_num_queries):
    tell_role()

    with django_assert_num_queries(2):
        tell_role()
