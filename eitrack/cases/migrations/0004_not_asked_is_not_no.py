"""Whether a family needs an interpreter or lives far away is not recorded where nobody said so.

Until now a tick that was not set was kept as false. What had been ticked and was taken back was
an answer, and stays.
"""

from django.db import migrations, models

NAMES = ("has_interpreter", "has_long_travel")


def forget_what_was_not_asked(apps, schema_editor):
    cases = apps.get_model("cases", "Case").objects
    versions = apps.get_model("cases", "HistoricalCase").objects
    for name in NAMES:
        answered = versions.filter(**{name: True}).values("id")
        for records, key in ((cases, "pk"), (versions, "id")):
            taken_back = records.filter(**{name: False, f"{key}__in": answered})
            kept = list(taken_back.values_list("pk", flat=True))
            records.filter(**{name: False}).update(**{name: None})
            records.filter(pk__in=kept).update(**{name: False})


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_referral_decided_index")]

    operations = [
        *(
            migrations.AlterField(model, name, field)
            for model in ("case", "historicalcase")
            for name, field in (
                ("has_interpreter", models.BooleanField(null=True, blank=True)),
                (
                    "has_long_travel",
                    models.BooleanField("more than 45 minutes to travel", null=True, blank=True),
                ),
            )
        ),
        migrations.RunPython(forget_what_was_not_asked, migrations.RunPython.noop),
    ]
