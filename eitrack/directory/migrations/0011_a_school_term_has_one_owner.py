from django.db import migrations, models


class Migration(migrations.Migration):
    """Apart from filling it in: PostgreSQL changes no table whose rows have just been written."""

    dependencies = [("directory", "0010_whose_school_terms")]

    operations = [
        migrations.AddConstraint(
            "schoolterm",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency__isnull", True), ("district__isnull", False)),
                    models.Q(("agency__isnull", False), ("district__isnull", True)),
                    _connector="OR",
                ),
                name="schoolterm_of_district_or_agency",
                violation_error_message="A term is of a district, or of one agency.",
            ),
        ),
    ]
