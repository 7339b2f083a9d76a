"""The list of the audit trail: its filter and columns, and an entry in words."""

import re

import django_filters
import django_tables2 as tables
from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode

from eitrack.accounts.models import User
from eitrack.audit.choices import Action
from eitrack.audit.models import Entry
from eitrack.common.day_filter import DayFilter
from eitrack.common.tables import BaseTable
from eitrack.common.words import NOTHING
from eitrack.stewardship.audit.words import model_words, reason_in_words

ON_DESK = {"td": {"class": "on-desk"}}
HASH_SHOWN = 12


def kind_choices():
    """[(label, words)] of every kind of record, in the order of the alphabet."""
    ours = [config.get_models() for config in apps.get_app_configs() if is_ours(config)]
    kinds = [(model._meta.label, model_words(model)) for models in ours for model in models]
    return sorted(
        (kind for kind in kinds if not kind[0].split(".")[1].startswith("Historical")),
        key=lambda kind: kind[1],
    )


def is_ours(config):
    return config.name.startswith("eitrack.")


class TrailFilter(django_filters.FilterSet):
    date_from = DayFilter(label="From", method="from_day")
    date_until = DayFilter(label="Until", method="until_day")
    person = django_filters.ModelChoiceFilter(
        queryset=User.objects.all(), field_name="by", label="Who", empty_label="Everybody"
    )
    action = django_filters.ChoiceFilter(choices=Action.choices, label="What", empty_label="All")
    kind = django_filters.ChoiceFilter(
        field_name="record_kind", choices=kind_choices, label="Kind of record", empty_label="All"
    )
    record = django_filters.NumberFilter(
        field_name="record_id", label="Record number", min_value=1, max_value=10**18 - 1
    )

    class Meta:
        model = Entry
        fields = []

    # By the moment, which has an index; the day of an entry is that of its moment.
    def from_day(self, entries, name, value):
        return entries.since(value)

    def until_day(self, entries, name, value):
        return entries.until(value)


class TrailTable(BaseTable):
    at = tables.Column("When", order_by=("at", "pk"))
    by = tables.Column("Who", empty_values=(), orderable=False)
    action = tables.Column("What", orderable=False)
    record = tables.Column("Record", empty_values=(), orderable=False)
    reason = tables.Column("Why or how", empty_values=(), orderable=False, attrs=ON_DESK)

    class Meta(BaseTable.Meta):
        model = Entry
        fields = []
        empty_text = "Nothing here. What people do is told here from the moment they do it."

    def render_at(self, value):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"

    def render_by(self, record):
        return record.by or "The service"

    def render_record(self, record):
        """Leads to everything that happened to it."""
        if not record.record_kind:
            return NOTHING
        if record.record_id is None:
            return record.record_kind
        query = urlencode({"kind": record.record_kind, "record": record.record_id})
        return format_html(
            '<a href="{}?{}">{}</a>', reverse("stewardship:trail_list"), query, record_words(record)
        )

    def render_reason(self, record):
        if record.file_hash:
            return f"SHA-256 {record.file_hash[:HASH_SHOWN]}…"
        return reason_in_words(record.reason) or record.parameters or NOTHING


def record_words(entry):
    """`Case 412`; what is no record of ours, as a file, is called as it was."""
    try:
        model = apps.get_model(entry.record_kind)
    except (LookupError, ValueError):
        return " ".join(filter(None, [entry.record_kind, str(entry.record_id or "")]))
    return f"{model_words(model)} {entry.record_id}"


HEADER = (
    *("When", "Who", "What", "Record", "Number", "Reason", "Asked for with", "SHA-256 of the file"),
    "Entry",
)


def export_rows(entries, *, newest_first):
    """The header and one line an entry, read a page at a time."""
    yield HEADER
    for page in entries.select_related("by").in_pages(newest_first=newest_first):
        for entry in page:
            yield (
                f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}",
                str(entry.by or ""),
                entry.get_action_display(),
                entry.record_kind,
                entry.record_id,
                entry.reason,
                entry.parameters,
                entry.file_hash,
                entry.pk,
            )


def past(entries, number, *, newest_first):
    """The entries that come after this one in the order of the list."""
    if not re.fullmatch(r"[0-9]{1,18}", number):
        return entries
    last = Entry.objects.filter(pk=number).values_list("at", "pk").first()
    if last is None:
        return entries
    return entries.past(*last, newest_first=newest_first)
