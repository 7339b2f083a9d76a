"""The list of people with their hats and contracts, and the list of absences."""

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from eitrack.accounts.models import User
from eitrack.common.day_filter import DayFilter
from eitrack.common.periods import week_of
from eitrack.common.tables import BaseTable
from eitrack.common.words import NOTHING, day_and_year, duration, listed, plural
from eitrack.directory.models import Absence, Contract, Placement, Team
from eitrack.directory.models.staffing import worn_while
from eitrack.directory.staff import staff_of, staff_or_self
from eitrack.stewardship.filters import KeptFilter

FIGURE = {"th": {"class": "figure"}, "td": {"class": "figure"}}


class Lacking(models.TextChoices):
    HAT = "hat", "A hat today"
    CONTRACT = "contract", "A contract today"


def teams_kept(request):
    """Teams whose people the user keeps."""
    placed = Placement.objects.editable_by(request.user).values("team")
    return Team.objects.filter(pk__in=placed)


class PersonFilter(KeptFilter):
    name = filters.CharFilter(
        label="Name has", lookup_expr="icontains", widget=forms.TextInput(attrs={"maxlength": 80})
    )
    team = filters.ModelChoiceFilter(
        queryset=teams_kept, label="Team", empty_label="All", method="of_team"
    )
    lacks = filters.ChoiceFilter(
        label="Lacks", choices=Lacking.choices, empty_label="Nothing asked", method="that_lack"
    )

    class Meta:
        model = User
        fields = []

    def of_team(self, people, name, team):
        return people.filter(Exists(worn_now().filter(team=team)))

    def that_lack(self, people, name, value):
        now = worn_now() if value == Lacking.HAT else running_now()
        return people.filter(~Exists(now), is_active=True)


def worn_now():
    hats = Placement.objects.filter(worker=OuterRef("pk"))
    return hats.current(timezone.localdate()).order_by()


def running_now():
    contracts = Contract.objects.filter(worker=OuterRef("pk"))
    return contracts.current(timezone.localdate()).order_by()


def person_rows(user, today):
    """Those whose hats the user keeps, with what holds today."""
    hats = Placement.objects.editable_by(user).current(today).select_related("post", "host", "team")
    contracts = Contract.objects.editable_by(user).current(today).order_by("-from_on", "pk")
    absences = Absence.objects.editable_by(user).current(today)
    return (
        staff_of(user)
        .prefetch_related(
            Prefetch("placements", hats.order_by("-planned_minutes", "pk"), to_attr="hats_now"),
            Prefetch("contracts", contracts, to_attr="contracts_now"),
            Prefetch("absences", absences, to_attr="absences_now"),
        )
        .order_by("name", "pk")
    )


class PersonTable(BaseTable):
    name = tables.Column(
        linkify=lambda record: reverse("stewardship:person_detail", args=[record.pk])
    )
    hats = tables.Column(accessor="pk", orderable=False)
    teams = tables.Column(accessor="pk", orderable=False)
    contract = tables.Column("Hours a week", accessor="pk", orderable=False, attrs=FIGURE)
    away = tables.Column("Away now", accessor="pk", orderable=False)

    class Meta(BaseTable.Meta):
        model = User
        fields = []
        empty_text = "Nobody here. Whoever has a hat, or may log work, will be listed here."

    def render_hats(self, record):
        return listed(record.hats_now) if record.hats_now else NOTHING

    def render_teams(self, record):
        teams = dict.fromkeys(str(hat.team) for hat in record.hats_now)
        return listed(teams) if teams else NOTHING

    def render_contract(self, record):
        contract = next(iter(record.contracts_now), None)
        return duration(contract.weekly_minutes) if contract else NOTHING

    def render_away(self, record):
        absence = next(iter(record.absences_now), None)
        return f"until {day_and_year(absence.until_on)}" if absence else NOTHING

    value_hats, value_teams = render_hats, render_teams
    value_contract, value_away = render_contract, render_away


class When(models.TextChoices):
    TO_COME = "to_come", "From today on"
    ALL = "all", "Whenever"


def people(request):
    return staff_or_self(request.user)


class AbsenceFilter(KeptFilter):
    """By default those of the week shown; `week` is any day of it."""

    worker = filters.ModelChoiceFilter(queryset=people, label="Who", empty_label="All")
    team = filters.ModelChoiceFilter(
        queryset=teams_kept, label="Team", empty_label="All", method="of_team"
    )
    when = filters.ChoiceFilter(
        label="When", choices=When.choices, empty_label="One week", method="pass_through"
    )
    week = DayFilter(label="Week of", method="pass_through")

    class Meta:
        model = Absence
        fields = []

    @property
    def span(self):
        """The Monday and the Sunday of the week shown."""
        asked = self.form.cleaned_data.get("week") if self.form.is_valid() else None
        return week_of(asked or timezone.localdate())

    def filter_queryset(self, queryset):
        when = self.form.cleaned_data.get("when")
        if when == When.TO_COME:
            queryset = queryset.filter(until_on__gte=timezone.localdate())
        elif when != When.ALL:
            queryset = queryset.overlapping(*self.span)
        return super().filter_queryset(queryset)

    def of_team(self, absences, name, team):
        """Of those who have a hat in the team on some day of the absence."""
        return absences.filter(worn_while(team.placements.all(), "from_on", "until_on"))


class OwnAbsenceFilter(KeptFilter):
    when = filters.ChoiceFilter(
        label="When",
        choices=[(When.TO_COME.value, When.TO_COME.label)],
        empty_label="Whenever",
        method="from_today",
    )

    class Meta:
        model = Absence
        fields = []

    def from_today(self, absences, name, value):
        return absences.filter(until_on__gte=timezone.localdate())


def length_in_words(absence):
    """In days of the calendar: "half a day", "1 day", "12 days"."""
    if absence.is_half_day:
        return "half a day"
    return plural((absence.until_on - absence.from_on).days + 1, "day", "days")


class AbsenceTable(BaseTable):
    worker = tables.Column("Who", order_by=("worker__name", "-from_on", "-pk"))
    from_on = tables.Column("From")
    until_on = tables.Column("Until")
    length = tables.Column(accessor="pk", orderable=False)

    class Meta(BaseTable.Meta):
        model = Absence
        fields = []
        empty_text = "Nobody is away."

    def render_from_on(self, record):
        url, first = reverse("stewardship:absence_edit", args=[record.pk]), record.from_on
        hidden = format_html('<span class="visually-hidden"> of {}: change</span>', record.worker)
        return format_html('<a href="{}">{}{}</a>', url, day_and_year(first), hidden)

    def render_until_on(self, value):
        return day_and_year(value)

    def value_from_on(self, value):
        return value

    value_until_on = value_from_on

    def render_length(self, record):
        return length_in_words(record)

    value_length = render_length
