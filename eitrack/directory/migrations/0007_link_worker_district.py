import django.db.models.deletion
from django.db import migrations, models


def name_district(apps, schema_editor):
    """The district of a referral that went to them, else of a team of who named them, else the
    first: until now every district saw them all."""
    LinkWorker = apps.get_model("directory", "LinkWorker")
    History = apps.get_model("directory", "HistoricalLinkWorker")
    District = apps.get_model("directory", "District")
    first = District.objects.order_by("pk").values_list("pk", flat=True).first()
    for link_worker in LinkWorker.objects.all():
        sent = link_worker.referrals.order_by("-sent_at").values_list("team__district", flat=True)
        named = History.objects.filter(
            id=link_worker.pk, history_user__managed_teams__isnull=False
        ).values_list("history_user__managed_teams__district", flat=True)
        link_worker.district_id = sent.first() or named.first() or first
        link_worker.save()
        History.objects.filter(id=link_worker.pk).update(district_id=link_worker.district_id)


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0006_funder_wording"),
        ("cases", "0002_requests_and_referrals"),
    ]

    operations = [
        migrations.AddField(
            "linkworker",
            "district",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="link_workers",
                to="directory.district",
            ),
        ),
        migrations.AddField(
            "historicallinkworker",
            "district",
            models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="directory.district",
            ),
        ),
        migrations.RunPython(name_district, migrations.RunPython.noop, elidable=True),
    ]
