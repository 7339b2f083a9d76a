import uuid

from django.db import migrations, models


def throw_away(apps, schema_editor):
    """What is kept is kept for 30 minutes only; without a key nobody could ask for it."""
    apps.get_model("daybook", "KeptForm").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("daybook", "0001_initial")]

    operations = [
        migrations.RunPython(throw_away, migrations.RunPython.noop),
        migrations.AddField(
            model_name="keptform",
            name="key",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
