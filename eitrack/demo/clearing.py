"""Taking the sample world away, so that it can be built anew."""

from django.apps import apps

from eitrack.audit.triggers import taken_off

# What migrations wrote stays.
KEPT = ("contenttypes", "auth")


def remove_everything(connection, style):
    """Empty every table of records, inside the caller's transaction; keys start at 1 again.

    The caller has made sure that all of it is sample data.
    """
    tables = [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in KEPT and model._meta.managed
    ]
    statements = connection.ops.sql_flush(style, tables, reset_sequences=True, allow_cascade=False)
    with taken_off(connection), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
