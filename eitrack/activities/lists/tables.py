import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html

from eitrack.activities.choices import Status
from eitrack.activities.kinds import group_of
from eitrack.activities.words import headcount_in_words
from eitrack.charts.groups import GROUPS
from eitrack.common.tables import BaseTable, address_of
from eitrack.common.words import NOTHING, day, day_and_year, duration

# The values that the table reads; the page selects no others.
SHOWN = (
    "kind",
    "status",
    "date",
    "attendance",
    "conversations",
    "case",
    "activity_type__name",
    "series__name",
    "site__name",
)
FIGURE = {"th": {"class": "figure"}, "td": {"class": "figure"}}


class ActivityTable(BaseTable):
    """Rows of `activity_rows`; managers see a column with workers."""

    activity_type = tables.Column("What", order_by=("activity_type__name", "-date", "-pk"))
    date = tables.Column("Date", order_by=("date", "pk"))
    open_site = tables.Column("Site", order_by=("open_site", "-date", "-pk"), empty_values=())
    group = tables.Column("Counts as", empty_values=(), orderable=False)
    headcount = tables.Column("How many", empty_values=(), orderable=False)
    shown_minutes = tables.Column(
        "Time", order_by=("shown_minutes", "-date", "-pk"), attrs=FIGURE, empty_values=()
    )
    uncounted_minutes = tables.Column("Not counted", orderable=False, attrs=FIGURE)
    names = tables.Column("Who", orderable=False)

    class Meta(BaseTable.Meta):
        sequence = ("activity_type", "date", "open_site", "names", "group", "headcount", "...")
        empty_text = "No activities match. Change the filters, or log something on Today."
        attrs = {"aria_label": "Activities"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.detail_url = address_of("activities:activity_detail")

    def before_render(self, request):
        """Hide the column of uncounted time if it is empty."""
        if not any(row.record.uncounted_minutes for row in self.paginated_rows):
            self.columns.hide("uncounted_minutes")

    def render_activity_type(self, record):
        name = record.series or record.activity_type
        words = {Status.HELD: ""}.get(record.status, record.get_status_display())
        badge = format_html(' <span class="badge">{}</span>', words) if words else ""
        return format_html('<a href="{}">{}</a>{}', self.detail_url(record.pk), name, badge)

    def render_date(self, value):
        is_this_year = value.year == timezone.localdate().year
        return day(value) if is_this_year else day_and_year(value)

    def render_open_site(self, record):
        return record.open_site or ("not shown" if not record.has_open_site else NOTHING)

    def render_group(self, record):
        group = group_of(record.kind, record.case_id is not None)
        words = f"Case {record.case_id}" if record.case_id else GROUPS[group.value]
        return format_html('<span class="group-label group-{}">{}</span>', group.value, words)

    def render_headcount(self, record):
        return headcount_in_words(record.kind, record.headcount) or NOTHING

    def render_shown_minutes(self, value):
        return duration(value)

    def render_uncounted_minutes(self, value):
        return duration(value)
