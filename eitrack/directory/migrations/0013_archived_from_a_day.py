import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone


def archive_from_today(apps, schema_editor):
    """Since when a place has been archived was not kept."""
    for name in ("Agency", "Site"):
        places = apps.get_model("directory", name).objects
        places.filter(is_archived=True).update(archived_from_on=timezone.localdate())


def archive_again(apps, schema_editor):
    for name in ("Agency", "Site"):
        places = apps.get_model("directory", name).objects
        places.filter(archived_from_on__isnull=False).update(is_archived=True)


def merged_into(model):
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="merged",
        to=f"directory.{model}",
    )


class Migration(migrations.Migration):
    dependencies = [("directory", "0012_external_identifiers")]

    operations = [
        *(
            migrations.AddField(model, "archived_from_on", models.DateField("archived from", blank=True, null=True))
            for model in ("agency", "site")
        ),
        *(migrations.AddField(model, "merged_into", merged_into(model)) for model in ("agency", "site")),
        migrations.RunPython(archive_from_today, archive_again, elidable=True),
    ]
