from django.db import migrations, models
from django.utils import timezone

from eitrack.directory.calendars import working_days_between

LATE_AFTER_WORKING_DAYS = 3
AT_ONCE = 2000


def settle_lateness(apps, schema_editor):
    """What was recorded late before the field was there."""
    late = []
    entries = apps.get_model("activities", "TimeEntry").objects
    for pk, day, recorded_at in entries.values_list("pk", "date", "recorded_at").iterator(AT_ONCE):
        recorded_on = timezone.localtime(recorded_at).date()
        # Most are recorded within three days, which needs no calendar.
        if (recorded_on - day).days > LATE_AFTER_WORKING_DAYS:
            if working_days_between(day, recorded_on) > LATE_AFTER_WORKING_DAYS:
                late.append(pk)
    for start in range(0, len(late), AT_ONCE // 4):
        entries.filter(pk__in=late[start : start + AT_ONCE // 4]).update(is_late=True)


class Migration(migrations.Migration):
    dependencies = [("activities", "0007_protocol_step_applied")]

    operations = [
        migrations.AddField(
            model_name=model,
            name="is_late",
            field=models.BooleanField(default=False, editable=False),
        )
        for model in ("historicaltimeentry", "timeentry")
    ] + [migrations.RunPython(settle_lateness, migrations.RunPython.noop)]
