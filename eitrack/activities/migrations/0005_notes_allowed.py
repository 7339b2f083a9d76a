from django.db import migrations, models

from eitrack.activities.kinds import KINDS


def follow_the_kind(apps, schema_editor):
    """Every local name begins as its kind has it."""
    without = [kind.code.value for kind in KINDS if not kind.allows_note]
    types = apps.get_model("activities", "ActivityType").objects.all()
    types.filter(kind__in=without).update(allows_note=False)


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0004_threads_and_protocol_steps"),
    ]

    operations = [
        migrations.AddField(
            model_name="activitytype",
            name="allows_note",
            field=models.BooleanField(
                blank=True,
                default=True,
                help_text="Unless chosen, as the kind has it (rule 10).",
                verbose_name="notes allowed",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(follow_the_kind, migrations.RunPython.noop),
    ]
