import django.db.models.deletion
from django.db import migrations, models


def name_district(apps, schema_editor):
    """Until now each district kept all terms; without a district nobody kept any."""
    SchoolTerm = apps.get_model("directory", "SchoolTerm")
    districts = list(apps.get_model("directory", "District").objects.order_by("pk"))
    terms = list(SchoolTerm.objects.order_by("pk"))
    if not districts:
        SchoolTerm.objects.all().delete()
        return
    SchoolTerm.objects.update(district=districts[0])
    SchoolTerm.objects.bulk_create(
        SchoolTerm(district=other, name=term.name, from_on=term.from_on, until_on=term.until_on)
        for other in districts[1:]
        for term in terms
    )


class Migration(migrations.Migration):
    dependencies = [("directory", "0009_nation_of_a_district")]

    operations = [
        migrations.AddField(
            "schoolterm",
            "district",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="school_terms",
                to="directory.district",
            ),
        ),
        migrations.AddField(
            "schoolterm",
            "agency",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="school_terms",
                to="directory.agency",
            ),
        ),
        migrations.RunPython(name_district, migrations.RunPython.noop, elidable=True),
    ]
