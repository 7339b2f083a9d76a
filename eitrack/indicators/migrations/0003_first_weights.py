"""Version 1 of the weights: what INDICATORS.md part 5 proposes."""

from datetime import date

from django.db import migrations

POINTS = {
    "full_time": 100,
    "first_year": 90,
    "stable": 15,
    "level_2": 4,
    "level_2_agencies": 5,
    "level_3": 6,
    "winding_down": 2,
    "long_travel": 1,
    "interpreter": 1,
    "many_children": 1,
    "most_extras": 2,
    "drop_in": 9,
    "group": 10,
    "programme_lead": 12,
    "programme_co_lead": 9,
    "school_half_day": 12,
    "daily_playground": 7,
    "panel": 2,
    "protocol_lead": 1,
    "negotiation": 2,
    "open_evening": 3,
}


def write_first_version(apps, schema_editor):
    apps.get_model("indicators", "WeightSet").objects.create(
        from_on=date(2026, 4, 1), points=POINTS
    )


class Migration(migrations.Migration):
    dependencies = [("indicators", "0002_weights")]

    operations = [migrations.RunPython(write_first_version, migrations.RunPython.noop)]
