"""The list of school terms: its filter, its columns, its file."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import F
from django.urls import reverse
from django.utils.html import format_html

from eitrack.activities.lists.filters import ListFilter
from eitrack.common.tables import BaseTable
from eitrack.common.words import day_and_year, plural
from eitrack.directory.models import Agency, SchoolTerm
from eitrack.directory.school_terms import FIRST_MONTH, school_year


def year_in_words(year):
    """ "2026/27" of the school year that begins in 2026."""
    return f"{year}/{(year + 1) % 100:02}"


def years():
    """Those for which there are terms, the newest first."""
    days = SchoolTerm.objects.order_by().values_list("from_on", flat=True)
    found = {school_year(day) for day in days}
    return [(str(year), year_in_words(year)) for year in sorted(found, reverse=True)]


def agencies(request):
    own = SchoolTerm.objects.filter(agency__isnull=False).order_by().values("agency")
    return Agency.objects.visible_to(request.user).filter(pk__in=own)


class TermFilter(ListFilter):
    year = filters.ChoiceFilter(
        label="School year", choices=years, empty_label="All", method="of_year"
    )
    agency = filters.ModelChoiceFilter(
        queryset=agencies,
        label="Whose",
        empty_label="All",
        null_label="The district’s",
        null_value="none",
    )

    class Meta:
        model = SchoolTerm
        fields = []

    def of_year(self, terms, name, value):
        first = f"{value}-{FIRST_MONTH:02}-01"
        last = f"{int(value) + 1}-{FIRST_MONTH:02}-01"
        return terms.filter(from_on__gte=first, from_on__lt=last)


def term_rows(user):
    terms = SchoolTerm.objects.visible_to(user).select_related("district", "agency")
    newest_year_first = (F("from_on").desc(), "pk")
    return terms.order_by(*newest_year_first)


class TermTable(BaseTable):
    name = tables.Column()
    whose = tables.Column(accessor="pk", order_by=("agency__name", "district__name", "-from_on"))
    from_on = tables.Column("First day")
    until_on = tables.Column("Last day")
    length = tables.Column(accessor="pk", orderable=False)

    class Meta(BaseTable.Meta):
        model = SchoolTerm
        fields = []
        empty_text = "No school term here. Without terms no day is a school holiday."

    def render_name(self, record):
        url = reverse("stewardship:term_edit", args=[record.pk])
        return format_html('<a href="{}">{}</a>', url, record.name)

    def value_name(self, record):
        return record.name

    def render_whose(self, record):
        return str(record.agency or record.district)

    def render_from_on(self, value):
        return day_and_year(value)

    def render_until_on(self, value):
        return day_and_year(value)

    def value_from_on(self, value):
        return value

    def render_length(self, record):
        days = (record.until_on - record.from_on).days + 1
        return plural(round(days / 7), "week", "weeks")

    value_whose, value_until_on, value_length = render_whose, value_from_on, render_length
