import django_tables2 as tables
from django.utils.html import format_html

from eitrack.activities.lists.tables import FIGURE, ActivityTable
from eitrack.common.tables import BaseTable
from eitrack.common.words import NOTHING, day_and_year, duration


class ActivitiesBehindTable(ActivityTable):
    """Activities behind a figure, and what each adds to the numerator."""

    shown_minutes = uncounted_minutes = None

    def before_render(self, request):
        """All rows count."""

    amount = tables.Column("Counts for", orderable=False, attrs=FIGURE, empty_values=())

    class Meta(ActivityTable.Meta):
        sequence = ("activity_type", "date", "open_site", "names", "group", "headcount", "amount")
        empty_text = "No record of yours or of your teams is in this figure."
        attrs = {"aria_label": "Records behind the figure"}

    def __init__(self, rows, *, indicator):
        super().__init__(rows)
        self.is_minutes = indicator.shows_hours
        if rows.query.annotations.get("amount") is None:
            self.columns.hide("amount")

    def render_amount(self, record):
        if record.amount is None:
            return NOTHING
        return duration(record.amount) if self.is_minutes else f"{record.amount:,}"


class RecordsBehindTable(BaseTable):
    """Cases (without references), requests, referrals or protocols behind a figure."""

    record = tables.Column("Record", empty_values=(), orderable=False)
    day = tables.Column(accessor="counted_on", orderable=False)

    class Meta(BaseTable.Meta):
        empty_text = "No record of yours or of your teams is in this figure."
        attrs = {"aria_label": "Records behind the figure"}

    def __init__(self, rows, *, indicator):
        super().__init__(rows)
        # The day on which a record counts, under its own name.
        self.columns["day"].column.verbose_name = indicator.counted_on

    def render_record(self, record):
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record)

    def value_record(self, record):
        return str(record)

    def render_day(self, value):
        return day_and_year(value)

    def value_day(self, value):
        return value
