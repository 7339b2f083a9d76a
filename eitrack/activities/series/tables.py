import django_filters as filters
import django_tables2 as tables
from django.utils.html import format_html

from eitrack.activities.kinds import BY_CODE
from eitrack.activities.lists.filters import ListFilter, sites
from eitrack.activities.models import Series
from eitrack.activities.series.form import SERIES_KINDS
from eitrack.activities.series.lists import leads_of, next_date, repeat_in_words
from eitrack.common.tables import BaseTable
from eitrack.common.words import NOTHING, day
from eitrack.directory.school_terms import SchoolTerms

WHOSE = (("mine", "Delivered by me"), ("ended", "Ended"), ("all", "All, ended ones too"))


class SeriesFilter(ListFilter):
    """Narrows `series_rows`; by default to those that have not ended."""

    whose = filters.ChoiceFilter(
        choices=WHOSE, label="Which", empty_label="All that run", method="pass_through"
    )
    kind = filters.ChoiceFilter(
        field_name="activity_type__kind",
        choices=[(code, BY_CODE[code].label) for code in SERIES_KINDS],
        label="Kind of work",
        empty_label="All",
    )
    site = filters.ModelChoiceFilter(queryset=sites, label="Site", empty_label="All")

    class Meta:
        model = Series
        fields = []

    def __init__(self, data=None, *args, today, **kwargs):
        self.today = today
        # Always bound, so that ended ones are left out also without filters.
        super().__init__(data if data is not None else {}, *args, **kwargs)

    def pass_through(self, queryset, name, value):
        return queryset

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        which = self.form.cleaned_data.get("whose")
        if which == "mine":
            return queryset.filter(
                pk__in=Series.objects.delivered_by(self.request.user, self.today).values("pk")
            )
        if which == "ended":
            return queryset.filter(until_on__lt=self.today)
        return queryset if which == "all" else queryset.exclude(until_on__lt=self.today)


class SeriesTable(BaseTable):
    """Rows of `series_rows`."""

    name = tables.Column("Series", order_by=("name", "pk"))
    activity_type = tables.Column("What", order_by=("activity_type__name", "name", "pk"))
    site = tables.Column("Site", order_by=("site__name", "name", "pk"))
    repeat = tables.Column("How often", orderable=False)
    next = tables.Column("Next", empty_values=(), orderable=False)
    lead = tables.Column("Lead", empty_values=(), orderable=False)

    class Meta(BaseTable.Meta):
        empty_text = "No series match. Change the filters, or add one."
        attrs = {"aria_label": "Series"}

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.terms = today, SchoolTerms()

    def render_name(self, record):
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.name)

    def render_repeat(self, record):
        return repeat_in_words(record)

    def render_next(self, record):
        date = next_date(record, self.today, self.terms)
        return day(date) if date else NOTHING

    def render_lead(self, record):
        return leads_of(record) or NOTHING
