"""What the database's planner knows of the sizes of tables.

SQLite looks at its tables only when it is told to, and forgets what it saw of a table that a
migration writes anew: a worker's list of activities then takes 65 ms instead of 2.
"""

from typing import Any

from django.db import connections

from eitrack.common.unwritable import passing_over_what_cannot_be_written

# Rows of an index that SQLite reads, so that nobody who saves has to wait for it.
MOST_ROWS = 1000


def look_at_sizes(using: str = "default") -> None:
    """Let the planner see tables that were just filled, even before a commit.

    PostgreSQL takes a table it has not looked at for an empty one, and reads it once a row. Only
    tables of ours are looked at there: others are shared with other databases, and stay locked
    until the commit.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {MOST_ROWS}")
            cursor.execute("ANALYZE")
        else:
            tables = connection.introspection.django_table_names(only_existing=True)
            cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, sorted(tables)))}")


# JIT compilation of a query with many sums takes longer than running it. On current disks an index
# look-up costs little more than a sequential read. Parallel workers read more than a page of 25
# rows needs. A writer waits for a lock as long as on SQLite.
OF_THE_ROLE = {
    "jit": "off",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "0",
    "lock_timeout": "20s",
}


def look_again(using: str = "default", **kwargs: Any) -> None:
    """After migrations and once a day. PostgreSQL does so by itself, and is told what is above."""
    if connections[using].vendor == "sqlite":
        with passing_over_what_cannot_be_written():
            look_at_sizes(using)
    else:
        tell_role(using)


def tell_role(using: str = "default") -> None:
    """What every later connection of this user to this database begins with, and this one has.

    Kept by the server, as a pooler refuses what is said at the start of a connection, and shares
    what is said later. Done once.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unnest(setconfig) FROM pg_db_role_setting"
            " WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND setrole = (SELECT oid FROM pg_roles WHERE rolname = current_user)"
        )
        told = {setting for (setting,) in cursor.fetchall()}
        cursor.execute("SELECT current_database()")
        database = connection.ops.quote_name(cursor.fetchone()[0])
        for name, value in OF_THE_ROLE.items():
            if f"{name}={value}" not in told:
                role = f"ALTER ROLE CURRENT_USER IN DATABASE {database}"
                cursor.execute(f"{role} SET {name} = '{value}'")
                cursor.execute(f"SET {name} = '{value}'")
