import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html

from eitrack.common.tables import BaseTable
from eitrack.common.words import day, day_and_year, duration


class RecentTable(BaseTable):
    """The activities a team logged last; `minutes` are this team's alone."""

    what = tables.Column(
        accessor="activity", linkify=lambda record: record.activity.get_absolute_url()
    )
    date = tables.Column(accessor="activity__date")
    where = tables.Column(accessor="activity__site")
    who = tables.Column(accessor="workers")
    counted = tables.Column(accessor="headcount", empty_values=("",))
    time = tables.Column(accessor="minutes")

    class Meta(BaseTable.Meta):
        orderable = False
        caption = "Logged last"

    def render_date(self, value):
        return day(value) if value.year == timezone.localdate().year else day_and_year(value)

    def render_what(self, value):
        return format_html(
            '<span class="group-label group-{}">{}</span>', value.group, value.activity_type
        )

    def render_who(self, value):
        return ", ".join(value)

    def render_time(self, value):
        return duration(value)
