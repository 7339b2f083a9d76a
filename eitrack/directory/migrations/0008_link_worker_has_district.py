import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Apart from filling it in: PostgreSQL changes no table whose rows have just been written."""

    dependencies = [("directory", "0007_link_worker_district")]

    operations = [
        migrations.AlterField(
            "linkworker",
            "district",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="link_workers",
                to="directory.district",
            ),
        ),
    ]
