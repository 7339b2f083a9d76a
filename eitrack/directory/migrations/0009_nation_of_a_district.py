from django.db import migrations, models

NATIONS = [
    ("england", "England"),
    ("scotland", "Scotland"),
    ("wales", "Wales"),
    ("northern-ireland", "Northern Ireland"),
]


class Migration(migrations.Migration):
    """Districts until now reckoned by the bank holidays of England."""

    dependencies = [("directory", "0008_link_worker_has_district")]

    operations = [
        migrations.AddField(
            "district",
            "nation",
            models.CharField(
                choices=NATIONS,
                default="england",
                help_text="Its bank holidays are no working days.",
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            "district",
            models.CheckConstraint(
                condition=models.Q(("nation__in", [code for code, _ in NATIONS])),
                name="district_nation_known",
            ),
        ),
    ]
