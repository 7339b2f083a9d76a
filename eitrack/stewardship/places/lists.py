"""The lists of agencies and of sites: their filters, their columns, their files."""

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db import models
from django.utils import timezone

from eitrack.activities.models import Activity
from eitrack.common.tables import BaseTable
from eitrack.common.words import NOTHING, day_and_year
from eitrack.directory.choices import AgencyKind, SiteKind, Standing
from eitrack.directory.models import Agency, Site
from eitrack.stewardship.filters import KeptFilter
from eitrack.stewardship.places.kinds import page_of

FIGURE = {"th": {"class": "figure"}, "td": {"class": "figure"}}


class Which(models.TextChoices):
    """The standing of places, those that were merged apart."""

    PROVISIONAL = Standing.PROVISIONAL.value, "Provisional, to settle"
    SETTLED = Standing.SETTLED.value, Standing.SETTLED.label
    ARCHIVED = Standing.ARCHIVED.value, Standing.ARCHIVED.label
    MERGED = "merged", "Merged"
    ALL = "all", "All"


class PlaceFilter(KeptFilter):
    """By default those in use."""

    name = filters.CharFilter(
        label="Name has", lookup_expr="icontains", widget=forms.TextInput(attrs={"maxlength": 120})
    )
    number = filters.CharFilter(
        label="Number is",
        field_name="identifiers__value",
        lookup_expr="iexact",
        widget=forms.TextInput(attrs={"maxlength": 60}),
    )
    standing = filters.ChoiceFilter(
        label="Standing", choices=Which.choices, empty_label="In use", method="pass_through"
    )

    def filter_queryset(self, queryset):
        today = timezone.localdate()
        standing = self.form.cleaned_data.get("standing")
        in_use = queryset.in_use(today)
        narrowed = {
            "": lambda: in_use,
            Which.PROVISIONAL: lambda: in_use.filter(is_provisional=True),
            Which.SETTLED: lambda: in_use.filter(is_provisional=False),
            Which.ARCHIVED: lambda: queryset.unmerged().filter(archived_from_on__lte=today),
            Which.MERGED: lambda: queryset.filter(merged_into__isnull=False),
            Which.ALL: lambda: queryset,
        }
        return super().filter_queryset(narrowed[standing or ""]())


class AgencyFilter(PlaceFilter):
    kind = filters.ChoiceFilter(choices=AgencyKind.choices, empty_label="All")
    field_order = ["name", "kind", "standing", "number"]

    class Meta:
        model = Agency
        fields = []


def agencies(request):
    return Agency.objects.visible_to(request.user).unmerged()


class SiteFilter(PlaceFilter):
    kind = filters.ChoiceFilter(choices=SiteKind.choices, empty_label="All")
    agency = filters.ModelChoiceFilter(
        queryset=agencies,
        label="Agency",
        empty_label="All",
        null_label="No agency’s",
        null_value="none",
    )

    class Meta:
        model = Site
        fields = []


def place_rows(model, user):
    """All of them, with what their list shows."""
    rows = model.objects.visible_to(user).select_related("merged_into")
    rows = rows.prefetch_related("identifiers").order_by("name", "pk")
    if model is Site:
        return rows.with_agency().annotate(activity_number=number_of("site"))
    return rows.annotate(site_number=models.Count("sites"))


def number_of(field):
    """How many activities name the row; rows of other rooms have no total here."""
    counted = (
        Activity.objects.filter(**{field: models.OuterRef("pk")})
        .order_by()
        .values(field)
        .annotate(number=models.Count("pk"))
        .values("number")
    )
    found = models.Subquery(counted, output_field=models.IntegerField())
    return models.functions.Coalesce(found, 0)


def standing_in_words(place, today):
    """ "Provisional", "Archived from Mon 7 Sep 2026", or what it was merged into."""
    if place.merged_into_id:
        return f"Merged into {place.merged_into}"
    if place.archived_from_on:
        return f"Archived from {day_and_year(place.archived_from_on)}"
    return Standing.PROVISIONAL.label if place.is_provisional else Standing.SETTLED.label


class PlaceTable(BaseTable):
    name = tables.Column(linkify=lambda record: page_of(record))
    kind = tables.Column()
    numbers = tables.Column("Numbers", accessor="pk", orderable=False)
    standing = tables.Column(
        accessor="pk", order_by=("archived_from_on", "-is_provisional", "name")
    )

    def before_render(self, request):
        """Without numbers there is no column of them."""
        if not any(row.record.identifiers.all() for row in self.paginated_rows):
            self.columns.hide("numbers")

    def render_numbers(self, record):
        return ", ".join(str(one) for one in record.identifiers.all()) or NOTHING

    def render_standing(self, record):
        return standing_in_words(record, timezone.localdate())

    value_numbers, value_standing = render_numbers, render_standing


class AgencyTable(PlaceTable):
    sites = tables.Column("Sites", accessor="site_number", attrs=FIGURE)

    class Meta(BaseTable.Meta):
        model = Agency
        fields = []
        sequence = ("name", "kind", "standing", "numbers", "sites")
        empty_text = "No agency here. Partner organisations will be listed here."


class SiteTable(PlaceTable):
    agency = tables.Column(order_by=("agency__name", "name", "pk"))
    activities = tables.Column("Activities", accessor="activity_number", attrs=FIGURE)

    class Meta(BaseTable.Meta):
        model = Site
        fields = []
        sequence = ("name", "kind", "agency", "standing", "numbers", "activities")
        empty_text = "No site here. Places where work happens will be listed here."
