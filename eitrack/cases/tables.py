import django_tables2 as tables

from eitrack.cases.models import Case
from eitrack.common.choices import NeedLevel
from eitrack.common.tables import BaseTable
from eitrack.common.words import day_and_year


class CaseTable(BaseTable):
    """Cases without their references, on the page and in the files."""

    case = tables.Column(accessor="pk", verbose_name="Case", linkify=True)
    opened = tables.Column(accessor="opened_on")
    level = tables.Column(accessor="level_now", verbose_name="Level now")
    workers = tables.Column(accessor="workers_now", verbose_name="Who works on it", orderable=False)
    family = tables.Column(empty_values=(), orderable=False)
    closed = tables.Column(accessor="closed_on")
    end_reason = tables.Column(verbose_name="Why it closed", empty_values=("",), visible=False)

    class Meta(BaseTable.Meta):
        model = Case
        fields = []
        empty_text = "No case here. Cases you work on, or your teams work on, will be listed here."

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
