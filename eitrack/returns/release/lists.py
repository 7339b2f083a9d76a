"""The list of returns: its filter and its columns."""

import django_filters
import django_tables2 as tables

from eitrack.common.tables import BaseTable
from eitrack.common.words import day_and_year
from eitrack.directory.models import District
from eitrack.returns.choices import ReturnKind, ReturnState
from eitrack.returns.models import Return


def districts(request):
    return District.objects.with_figures_for(request.user)


class ReturnFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label="Where it stands", choices=ReturnState.choices, empty_label="All"
    )
    kind = django_filters.ChoiceFilter(label="Kind", choices=ReturnKind.choices, empty_label="All")
    period = django_filters.CharFilter(
        label="Period", lookup_expr="startswith", help_text="2026, or 2026-Q2"
    )
    district = django_filters.ModelChoiceFilter(
        queryset=districts, label="District", empty_label="All", to_field_name="slug"
    )

    class Meta:
        model = Return
        fields = []


class ReturnTable(BaseTable):
    period = tables.Column("Return", linkify=True)
    kind = tables.Column()
    district = tables.Column(order_by=("district__name", "pk"))
    state = tables.Column("Where it stands")
    prepared = tables.Column(accessor="started_at")
    released = tables.Column(accessor="released_at")

    class Meta(BaseTable.Meta):
        model = Return
        fields = []
        empty_text = "No return here. What is prepared and released will be listed here."
        attrs = {"aria_label": "Returns"}

    def render_period(self, record):
        return str(record)

    def render_prepared(self, value):
        return day_and_year(value)

    def render_released(self, value):
        return day_and_year(value)
