import django_tables2 as tables

from eitrack.cases.fields import BY_NAME, EXPORTED
from eitrack.cases.models import Case
from eitrack.common.choices import NeedLevel
from eitrack.common.tables import BaseTable
from eitrack.common.words import day_and_year


def column(name, **options):
    field = BY_NAME[name]
    return tables.Column(accessor=field.source or name, verbose_name=field.export, **options)


class CaseTable(BaseTable):
    """Cases without their references, for the page and the files."""

    case = column("case", linkify=True)
    opened = column("opened_on")
    level = column("level")
    workers = column("held_by", orderable=False)
    family = column("adults", empty_values=(), orderable=False)
    closed = column("closed_on")
    end_reason = column("end_reason", empty_values=("",), visible=False)

    class Meta(BaseTable.Meta):
        model = Case
        fields = []
        empty_text = "No case here. Cases you work on, or your teams work on, will be listed here."

    def __init__(self, *args, **kwargs):
        """What is exported and has no column of its own stands in the files alone."""
        columns = {str(one.accessor) for one in self.base_columns.values()}
        others = [field.name for field in EXPORTED if (field.source or field.name) not in columns]
        extra = [(name, column(name, visible=False)) for name in others]
        super().__init__(*args, extra_columns=extra, **kwargs)

    def render_case(self, record):
        return str(record).replace(" ", "\u00a0")

    def value_case(self, record):
        return str(record)

    def render_opened(self, value):
        return day_and_year(value)

    def value_opened(self, value):
        return value

    def render_closed(self, value, record):
        return f"{day_and_year(value)}, {record.get_end_reason_display().lower()}"

    def value_closed(self, value):
        return value

    def render_level(self, value):
        return NeedLevel(value).label

    def render_workers(self, value):
        return ", ".join(value)

    def render_family(self, record):
        return record.family_size
