"""The list of teams: its rows, filter and columns."""

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db import models
from django.db.models import Count, IntegerField, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from eitrack.common.tables import BaseTable
from eitrack.common.words import day_and_year
from eitrack.directory.models import Placement, Team, TeamManager
from eitrack.stewardship.filters import KeptFilter

FIGURE = {"th": {"class": "figure"}, "td": {"class": "figure"}}


class Which(models.TextChoices):
    CLOSED = "closed", "Closed"
    ALL = "all", "All"


def team_rows(today):
    """Each team with who manages it today, and how many wear a hat in it."""
    hats = Placement.objects.current(today).filter(team=OuterRef("pk")).order_by()
    workers = hats.values("team").annotate(number=Count("worker", distinct=True)).values("number")
    acting = TeamManager.objects.acting(today).select_related("user").order_by("user__name", "pk")
    return (
        Team.objects.select_related("district")
        .annotate(worker_number=Coalesce(Subquery(workers, output_field=IntegerField()), 0))
        .prefetch_related(Prefetch("named_managers", acting, to_attr="acting"))
        .order_by("name", "pk")
    )


def managers_in_words(team):
    return ", ".join(dict.fromkeys(str(named.user) for named in team.acting))


class TeamFilter(KeptFilter):
    """By default those that are open."""

    name = filters.CharFilter(
        label="Name has", lookup_expr="icontains", widget=forms.TextInput(attrs={"maxlength": 80})
    )
    standing = filters.ChoiceFilter(
        label="Standing", choices=Which.choices, empty_label="Open", method="pass_through"
    )

    class Meta:
        model = Team
        fields = []

    def filter_queryset(self, queryset):
        today, which = timezone.localdate(), self.form.cleaned_data.get("standing")
        if which == Which.CLOSED:
            queryset = queryset.filter(until_on__lt=today)
        elif which != Which.ALL:
            queryset = queryset.open_on(today)
        return super().filter_queryset(queryset)


class TeamTable(BaseTable):
    team = tables.Column(
        "Team", accessor="name", linkify=("stewardship:team_detail", {"pk": tables.A("pk")})
    )
    district = tables.Column("District", accessor="district__name")
    managers = tables.Column("Managers", empty_values=(), orderable=False)
    workers = tables.Column("Workers today", accessor="worker_number", attrs=FIGURE)
    standing = tables.Column("Standing", accessor="until_on", empty_values=())

    class Meta(BaseTable.Meta):
        model = Team
        fields = []
        empty_text = "No team here. Workers wear their hats in a team, which has a manager."

    def render_managers(self, record):
        return managers_in_words(record) or "Nobody"

    def value_managers(self, record):
        return managers_in_words(record)

    def render_standing(self, record):
        return standing_in_words(record)

    def value_standing(self, record):
        return standing_in_words(record)


def standing_in_words(team):
    if team.until_on is None:
        return "Open"
    is_over = team.until_on < timezone.localdate()
    return f"{'Closed after' if is_over else 'Open until'} {day_and_year(team.until_on)}"
