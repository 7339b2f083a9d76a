from django.db import migrations


def forget(apps, schema_editor):
    """Sums by site, agency and their kinds are stored by place from now on: none of before is
    read, and what is asked for is computed again.
    """
    apps.get_model("indicators", "MonthlySums").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("indicators", "0006_amountdecision_hidden_counts")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop, elidable=True)]
