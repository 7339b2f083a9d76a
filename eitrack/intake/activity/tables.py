from datetime import date

import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html

from eitrack.common.tables import BaseTable
from eitrack.common.words import day_and_year, duration
from eitrack.intake.choices import RowState
from eitrack.intake.models import Layout, StagedRow
from eitrack.intake.reading.fields import Field
from eitrack.intake.reading.values.lengths import Unit

FIGURE = {"th": {"class": "figure"}, "td": {"class": "figure"}}


class LayoutTable(BaseTable):
    """How sheets are read, and how much came of them: no cell and no heading of any sheet."""

    by = tables.Column("Whose sheets", order_by="by__name")
    columns = tables.Column("Columns", accessor="columns", orderable=False)
    length_unit = tables.Column("Lengths")
    files = tables.Column("Files", attrs=FIGURE)
    rows = tables.Column("Records", attrs=FIGURE)
    used_at = tables.Column("Last used")

    class Meta(BaseTable.Meta):
        model = Layout
        fields = []
        empty_text = "Nobody has brought in a sheet of activity yet."

    def render_columns(self, value):
        fields = [Field[code] for code in value]
        known = [field.value for field in fields if field is not Field.IGNORED]
        others = len(fields) - len(known)
        return f"{', '.join(known)}{f'; {others} not needed' if others else ''}"

    def value_columns(self, value):
        return self.render_columns(value)

    def render_length_unit(self, value):
        return Unit[value].value

    def value_length_unit(self, value):
        return Unit[value].value

    def render_rows(self, value):
        return f"{value:,}"

    def value_rows(self, value):
        return value

    def render_used_at(self, value):
        return day_and_year(timezone.localdate(value))

    def value_used_at(self, value):
        return timezone.localdate(value)


class SheetRowTable(BaseTable):
    """Rows of a sheet, and what an import would do with each; doubles have a tick."""

    number = tables.Column("Row", attrs={"th": {"class": "figure"}, "td": {"class": "figure"}})
    state = tables.Column("What happens")
    day = tables.Column("Day", accessor="content__date", default="", order_by="content__date")
    what = tables.Column("What", accessor="content__what", default="", order_by="content__what")
    where = tables.Column("Where", accessor="content__where", default="", order_by="content__where")
    how_long = tables.Column("How long", accessor="content__minutes", default="", orderable=False)
    how_many = tables.Column("How many", accessor="content__counted", default="", orderable=False)
    reason = tables.Column("Said of it", orderable=False)

    class Meta(BaseTable.Meta):
        model = StagedRow
        fields = []
        empty_text = "No row here."

    def render_number(self, record):
        return f"{record.sheet}, {record.number}" if record.sheet else record.number

    def render_state(self, record):
        if record.state != RowState.DOUBLE:
            return record.get_state_display()
        return format_html(
            '<input type="hidden" name="shown" value="{pk}"><label class="choice" for="tick-{pk}">'
            '<input type="checkbox" id="tick-{pk}" name="tick" value="{pk}"{ticked}>'
            "<span>{state}: import it all the same</span></label>",
            pk=record.pk,
            ticked=" checked" if record.is_chosen else "",
            state=record.get_state_display(),
        )

    def value_state(self, record):
        return record.get_state_display()

    def render_day(self, value):
        return day_and_year(date.fromisoformat(value))

    def value_day(self, value):
        return value

    def render_how_long(self, value):
        return duration(sum(value.values()))

    def value_how_long(self, value):
        return sum(value.values())

    def render_how_many(self, value, record):
        if record.content["status"] == "did_not_run":
            return "Did not run"
        number = value.get("attendance", value.get("conversations"))
        about = "about " if value.get("band") else ""
        return "" if number is None else f"{about}{number}"

    def value_how_many(self, value, record):
        return self.render_how_many(value, record)
