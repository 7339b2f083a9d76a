"""An interpreter or threshold advice that nobody was asked about is not recorded, and not "no".

Until now a tick that was not set was kept as false. What had been ticked and was taken back was
an answer, and stays.
"""

from django.db import migrations, models

NAMES = ("has_interpreter", "has_threshold_advice")


def forget_what_was_not_asked(apps, schema_editor):
    activities = apps.get_model("activities", "Activity").objects
    versions = apps.get_model("activities", "HistoricalActivity").objects
    for name in NAMES:
        answered = versions.filter(**{name: True}).values("id")
        for records, key in ((activities, "pk"), (versions, "id")):
            taken_back = records.filter(**{name: False, f"{key}__in": answered})
            kept = list(taken_back.values_list("pk", flat=True))
            records.filter(**{name: False}).update(**{name: None})
            records.filter(pk__in=kept).update(**{name: False})


class Migration(migrations.Migration):
    dependencies = [("activities", "0010_open_evening_index")]

    operations = [
        *(
            migrations.AlterField(model, name, models.BooleanField(words, null=True, blank=True))
            for model in ("activity", "historicalactivity")
            for name, words in (
                ("has_interpreter", "interpreter used"),
                ("has_threshold_advice", "threshold advice given"),
            )
        ),
        migrations.RunPython(forget_what_was_not_asked, migrations.RunPython.noop),
    ]
