"""What was released before tells from which day on late records need approval."""

from django.db import migrations

from eitrack.common.periods import Period


def begin(apps, schema_editor):
    released = apps.get_model("returns", "Return").objects.filter(released_at__isnull=False)
    first = {}
    for district, period in released.values_list("district", "period"):
        day = Period.parse(period).start
        first[district] = min(day, first.get(district, day))
    for district, day in first.items():
        districts = apps.get_model("directory", "District").objects.filter(pk=district)
        districts.update(released_from_on=day)


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0017_released_from"),
        ("returns", "0004_hidden_counts"),
    ]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
