"""The lists of posts, funding streams and activity types: filters and columns."""

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db import models
from django.urls import reverse
from django.utils import timezone

from eitrack.activities.lists.filters import kind_choices
from eitrack.activities.models import ActivityType
from eitrack.common.tables import BaseTable
from eitrack.common.words import NOTHING, day_and_year
from eitrack.directory.choices import StreamKind
from eitrack.directory.models import FundingStream, Post
from eitrack.stewardship.filters import KeptFilter

FIGURE = {"th": {"class": "figure"}, "td": {"class": "figure"}}


class Which(models.TextChoices):
    ARCHIVED = "archived", "Archived"
    ALL = "all", "All"


class Paying(models.TextChoices):
    ENDED = "ended", "Ended"
    ALL = "all", "All"


def name_filter():
    return filters.CharFilter(
        label="Name has", lookup_expr="icontains", widget=forms.TextInput(attrs={"maxlength": 80})
    )


class ArchivedFilter(KeptFilter):
    """By default those in use."""

    name = name_filter()
    which = filters.ChoiceFilter(
        label="Which", choices=Which.choices, empty_label="In use", method="pass_through"
    )

    def filter_queryset(self, queryset):
        which = self.form.cleaned_data.get("which")
        if which != Which.ALL:
            queryset = queryset.filter(is_archived=which == Which.ARCHIVED)
        return super().filter_queryset(queryset)


class PostFilter(ArchivedFilter):
    class Meta:
        model = Post
        fields = []


class TypeFilter(ArchivedFilter):
    kind = filters.ChoiceFilter(choices=kind_choices, label="Kind of work", empty_label="All")

    class Meta:
        model = ActivityType
        fields = []


class StreamFilter(KeptFilter):
    """By default those that pay today, or will."""

    name = name_filter()
    kind = filters.ChoiceFilter(choices=StreamKind.choices, empty_label="All")
    which = filters.ChoiceFilter(
        label="Which", choices=Paying.choices, empty_label="That pay", method="pass_through"
    )

    class Meta:
        model = FundingStream
        fields = []

    def filter_queryset(self, queryset):
        which = self.form.cleaned_data.get("which")
        today = timezone.localdate()
        if which == Paying.ENDED:
            queryset = queryset.filter(last__lt=today)
        elif which != Paying.ALL:
            queryset = queryset.filter(models.Q(last__isnull=True) | models.Q(last__gte=today))
        return super().filter_queryset(queryset)


def post_rows(user):
    rows = Post.objects.visible_to(user).annotate(hat_number=models.Count("placements"))
    return rows.order_by("name", "pk")


def stream_rows(user):
    last = models.functions.Coalesce("renewed_until_on", "ends_on")
    rows = FundingStream.objects.visible_to(user).annotate(
        last=last, hat_number=models.Count("placements")
    )
    return rows.order_by("name", "pk")


def type_rows(user):
    rows = ActivityType.objects.visible_to(user)
    return rows.annotate(activity_number=models.Count("activities")).order_by(
        "position", "name", "pk"
    )


def link_to(code):
    return lambda record: reverse("stewardship:item_edit", args=[code, record.pk])


class PostTable(BaseTable):
    name = tables.Column("Job title", linkify=link_to("posts"))
    hats = tables.Column("Hats, ended ones too", accessor="hat_number", attrs=FIGURE)
    standing = tables.Column("Standing", accessor="is_archived")

    class Meta(BaseTable.Meta):
        model = Post
        fields = []
        empty_text = "No post here. Job titles of the service will be listed here."

    def render_standing(self, value):
        return "Archived" if value else "In use"

    value_standing = render_standing


class StreamTable(BaseTable):
    name = tables.Column(linkify=link_to("streams"))
    kind = tables.Column()
    starts = tables.Column("Starts", accessor="starts_on")
    ends = tables.Column("Ends", accessor="ends_on")
    renewed = tables.Column("Renewed until", accessor="renewed_until_on")
    hats = tables.Column("Hats, ended ones too", accessor="hat_number", attrs=FIGURE)

    class Meta(BaseTable.Meta):
        model = FundingStream
        fields = []
        empty_text = "No funding stream here. Who pays for the work will be listed here."

    def render_starts(self, value):
        return day_and_year(value) if value else NOTHING

    def value_starts(self, value):
        return value

    render_ends = render_renewed = render_starts
    value_ends = value_renewed = value_starts


class TypeTable(BaseTable):
    name = tables.Column("Local name", linkify=link_to("types"))
    kind = tables.Column("Kind of work")
    position = tables.Column("Place", attrs=FIGURE)
    notes = tables.Column("Notes", accessor="allows_note")
    activities = tables.Column("Activities", accessor="activity_number", attrs=FIGURE)
    standing = tables.Column("Standing", accessor="is_archived")

    class Meta(BaseTable.Meta):
        model = ActivityType
        fields = []
        empty_text = "No activity type here. Local names of kinds of work will be listed here."

    def render_notes(self, value):
        return "Allowed" if value else "Off"

    def render_standing(self, value):
        return "Archived" if value else "In use"

    value_notes, value_standing = render_notes, render_standing
