"""The database itself refuses to change a released return, or a file of one."""

from django.db import migrations

SAYS = "A released return is never changed."
SQLITE = [
    f"""
CREATE TRIGGER returns_return_frozen BEFORE UPDATE ON returns_return
WHEN OLD.state = 'released' BEGIN SELECT RAISE(ABORT, '{SAYS}'); END
""",
    f"""
CREATE TRIGGER returns_returnfile_frozen BEFORE UPDATE ON returns_returnfile
BEGIN SELECT RAISE(ABORT, '{SAYS}'); END
""",
]
POSTGRESQL = [
    f"""
CREATE FUNCTION returns_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{SAYS}'; END $$;
CREATE TRIGGER returns_return_frozen BEFORE UPDATE ON returns_return
FOR EACH ROW WHEN (OLD.state = 'released') EXECUTE FUNCTION returns_frozen();
CREATE TRIGGER returns_returnfile_frozen BEFORE UPDATE ON returns_returnfile
FOR EACH ROW EXECUTE FUNCTION returns_frozen();
"""
]


def create(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRESQL:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for table in ("returns_return", "returns_returnfile"):
        on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
        schema_editor.execute(f"DROP TRIGGER {table}_frozen{on}")
    if schema_editor.connection.vendor != "sqlite":
        schema_editor.execute("DROP FUNCTION returns_frozen()")


class Migration(migrations.Migration):
    dependencies = [("returns", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
