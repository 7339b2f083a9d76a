"""Seal the entries that are there, then let the database refuse every change."""

from django.db import migrations

from eitrack.audit import triggers
from eitrack.audit.sealing import entry_seal

BATCH = 5000
# The content of an entry of this version, in the order of `Entry.content`.
CONTENT = (
    "at",
    "on",
    "by_id",
    "action",
    "record_kind",
    "record_id",
    "reason",
    "parameters",
    "file_hash",
)


def seal_entries(apps, schema_editor):
    entries = apps.get_model("audit", "Entry").objects.order_by("pk")
    last = 0
    while rows := list(entries.filter(pk__gt=last).values_list("pk", *CONTENT)[:BATCH]):
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE audit_entry SET seal = %s WHERE id = %s",
                [(entry_seal(content), pk) for pk, *content in rows],
            )
        last = rows[-1][0]


def create(apps, schema_editor):
    triggers.create(schema_editor.connection)


def drop(apps, schema_editor):
    triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0008_seals")]
    operations = [
        migrations.RunPython(seal_entries, migrations.RunPython.noop),
        migrations.RunPython(create, drop),
    ]
