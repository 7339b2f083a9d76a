from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0008_late_entries")]

    operations = [
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                name="activity_awaiting",
                fields=["date"],
                condition=models.Q(status="awaiting"),
            ),
        ),
        migrations.AddIndex(
            model_name="timeentry",
            index=models.Index(
                name="timeentry_awaiting",
                fields=["team", "date"],
                condition=models.Q(state="awaiting"),
            ),
        ),
    ]
