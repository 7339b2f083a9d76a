"""What was released before pages kept it hidden is hidden on them too (D16.12)."""

from django.db import migrations

from eitrack.indicators.disclosure.released import all_hidden, both_hidden
from eitrack.indicators.disclosure.rules import Rules
from eitrack.indicators.disclosure.tables import CountTable


def keep(apps, schema_editor):
    decisions = apps.get_model("indicators", "AmountDecision").objects
    released = apps.get_model("returns", "Return").objects.filter(released_at__isnull=False)
    for each in released.order_by("pk").iterator(chunk_size=10):
        if "sheets" not in each.kept:
            continue
        tables = [CountTable.from_dict(table) for table in each.kept["sheets"]]
        hidden = all_hidden(tables, Rules(**each.kept["rules"]))
        row, _ = decisions.get_or_create(district_id=each.district_id, period=each.period)
        row.hidden_counts = both_hidden(row.hidden_counts, hidden)
        row.save(update_fields=["hidden_counts"])


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0006_amountdecision_hidden_counts"),
        ("returns", "0003_longer_file_names"),
    ]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
