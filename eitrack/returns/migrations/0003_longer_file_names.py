"""Room for the longest name of a file: a district and a funding stream of 50 letters each."""

from importlib import import_module

from django.db import migrations, models

frozen = import_module("eitrack.returns.migrations.0002_frozen")


def freeze_again(apps, schema_editor):
    """SQLite alters a table by making it anew, which leaves its trigger behind."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(frozen.SQLITE[1])


class Migration(migrations.Migration):
    dependencies = [("returns", "0002_frozen")]
    operations = [
        migrations.RunPython(migrations.RunPython.noop, freeze_again),
        migrations.AlterField("returnfile", "name", models.CharField(max_length=200)),
        migrations.RunPython(freeze_again, migrations.RunPython.noop),
    ]
