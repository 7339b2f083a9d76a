from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0009_awaiting_indexes")]

    operations = [
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                name="activity_open_evening",
                fields=["date"],
                condition=models.Q(kind="open_evening"),
            ),
        ),
    ]
