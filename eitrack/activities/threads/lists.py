"""Lists of own threads; expired ones are dissolved before they are read."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.utils.html import format_html

from eitrack.activities.choices import EntryState, Status
from eitrack.activities.lists.filters import ListFilter
from eitrack.activities.lists.tables import FIGURE
from eitrack.activities.models import Activity, Thread, TimeEntry
from eitrack.activities.models.thread import EXPIRES_AFTER
from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.activities.threads.life import dissolve_expired
from eitrack.common.day_filter import DayFilter
from eitrack.common.tables import BaseTable
from eitrack.common.words import day_and_year

SOON_WEEKS = 4
WHICH = (("soon", f"Dissolved within {SOON_WEEKS} weeks"), ("one", "One contact so far"))


def thread_rows(user):
    """Own threads with `contacts` (held ones) and `last_kind`, the kind of the last one."""
    last = Activity.objects.filter(thread=OuterRef("pk")).order_by("-date", "-pk")
    return (
        Thread.objects.visible_to(user)
        .annotate(
            contacts=Count("activities", filter=Q(activities__status=Status.HELD)),
            last_kind=Subquery(last.values("kind")[:1]),
        )
        .order_by("-last_contact_on", "label")
    )


def current_threads(user, today):
    """`thread_rows` without expired threads, which are dissolved on the way."""
    own = Thread.objects.visible_to(user)
    dissolve_expired(today, own)
    return thread_rows(user)


def threads_in_touch(user, today):
    """The same as a list; one query if none has expired."""
    threads = list(thread_rows(user))
    gone = [thread for thread in threads if thread.expires_on < today]
    if gone:
        dissolve_expired(today, Thread.objects.visible_to(user))
    return [thread for thread in threads if thread not in gone]


def contacts_of(thread):
    """Contacts of a thread, newest first, with the `own_minutes` of its worker."""
    own = (
        TimeEntry.objects.filter(
            worker=thread.worker_id, activity=OuterRef("pk"), state=EntryState.CONFIRMED
        )
        .order_by()
        .values("activity")
        .annotate(all=Sum(ALL_MINUTES))
    )
    return thread.activities.annotate(own_minutes=Subquery(own.values("all"))).with_list_details()


class ThreadFilter(ListFilter):
    """Narrows `current_threads`."""

    which = filters.ChoiceFilter(
        choices=WHICH, label="Which", empty_label="All", method="filter_which"
    )
    since = DayFilter(field_name="last_contact_on", lookup_expr="gte", label="Last contact since")

    class Meta:
        model = Thread
        fields = []

    def __init__(self, *args, today, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)

    def filter_which(self, queryset, name, value):
        if value == "one":
            return queryset.filter(contacts__lte=1)
        soon = self.today - EXPIRES_AFTER + SOON_WEEKS * (EXPIRES_AFTER / 26)
        return queryset.filter(last_contact_on__lte=soon)


class ThreadTable(BaseTable):
    """Rows of `current_threads`."""

    label = tables.Column("Family", order_by=("label",))
    contacts = tables.Column("Contacts", attrs=FIGURE)
    last_contact_on = tables.Column("Last contact")
    expires_on = tables.Column("Expires on", order_by=("last_contact_on",))

    class Meta(BaseTable.Meta):
        empty_text = "No threads match. Change the filters."
        attrs = {"aria_label": "Threads"}

    def render_label(self, record):
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.label)

    def render_last_contact_on(self, value):
        return day_and_year(value)

    def render_expires_on(self, value):
        return day_and_year(value)
