import django_tables2 as tables

from eitrack.common.tables import BaseTable
from eitrack.intake.models import StagedRow
from eitrack.intake.workbook.sheets import BY_NAME

# A reference of a case is read by nobody here, as everywhere (SPEC.md rule 12).
NEVER_SHOWN = ("reference", "case")


class WorkbookRowTable(BaseTable):
    """Rows of a workbook, and what an import would do with each."""

    sheet = tables.Column()
    number = tables.Column("Row", attrs={"th": {"class": "figure"}, "td": {"class": "figure"}})
    state = tables.Column("What happens")
    reason = tables.Column("Why", orderable=False)
    content = tables.Column("What it says", orderable=False)

    class Meta(BaseTable.Meta):
        model = StagedRow
        fields = []
        empty_text = "No row here."

    def render_content(self, value, record):
        columns = BY_NAME[record.sheet].base_fields
        return "; ".join(
            f"{columns[name].label}: {text}"
            for name, text in value["values"].items()
            if name not in NEVER_SHOWN
        )

    def value_content(self, value, record):
        return self.render_content(value, record)
