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


def look_again(using: str = "default", **kwargs: Any) -> None:
    """After migrations and once a day. PostgreSQL does so by itself."""
    if connections[using].vendor == "sqlite":
        with passing_over_what_cannot_be_written():
            look_at_sizes(using)
