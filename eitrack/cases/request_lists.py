"""The list of requests: its filter, its columns, its file."""

import django_filters
import django_tables2 as tables
from django.db import models

from eitrack.accounts.models import User
from eitrack.accounts.roles import Permission
from eitrack.cases.choices import Route
from eitrack.cases.models import Request
from eitrack.cases.words import clock_in_words
from eitrack.common.day_filter import DayFilter
from eitrack.common.tables import BaseTable
from eitrack.common.words import day_and_year
from eitrack.directory.models import Agency, Placement, Team

OF_MANAGERS = ("team", "worker")


class State(models.TextChoices):
    DUE_TODAY = "due_today", "Due today"
    OVERDUE = "overdue", "Late"
    DUE = "due", "Due today or late"
    WAITING = "waiting", "Waiting for a first contact"
    DECIDED = "decided", "Decided"
    ALL = "all", "All, decided ones too"


def teams(request):
    return Team.objects.visible_to(request.user)


def workers(request):
    placed = Placement.objects.filter(team__in=teams(request)).values("worker")
    return User.objects.filter(pk__in=placed)


def agencies(request):
    return Agency.objects.visible_to(request.user)


class RequestFilter(django_filters.FilterSet):
    """By default those that are not decided."""

    state = django_filters.ChoiceFilter(
        label="Which", choices=State.choices, empty_label="Not decided yet", method="pass_through"
    )
    team = django_filters.ModelChoiceFilter(queryset=teams, label="Team", empty_label="All")
    worker = django_filters.ModelChoiceFilter(
        queryset=workers,
        label="Who answers",
        empty_label="All",
        null_label="Nobody yet",
        null_value="nobody",
    )
    from_agency = django_filters.ModelChoiceFilter(
        queryset=agencies, label="From", empty_label="All"
    )
    route = django_filters.ChoiceFilter(choices=Route.choices, label="Route", empty_label="All")
    received_from = DayFilter(
        label="Received from",
        field_name="received_at",
        lookup_expr="date__gte",
    )
    received_until = DayFilter(
        label="Received until",
        field_name="received_at",
        lookup_expr="date__lte",
    )

    class Meta:
        model = Request
        fields = []

    def __init__(self, data=None, *args, today, **kwargs):
        self.today = today
        # Always bound, so that decided ones are left out also without filters.
        super().__init__(data if data is not None else {}, *args, **kwargs)
        if not self.request.user.may(Permission.SEE_TEAMS):
            for name in OF_MANAGERS:
                del self.filters[name]

    def pass_through(self, requests, name, value):
        return requests

    def filter_queryset(self, requests):
        requests = super().filter_queryset(requests)
        return {
            State.DUE_TODAY: requests.waiting().filter(due_on=self.today),
            State.OVERDUE: requests.waiting().filter(due_on__lt=self.today),
            State.DUE: requests.due_by(self.today),
            State.WAITING: requests.waiting(),
            State.DECIDED: requests.exclude(decision=""),
            State.ALL: requests,
        }.get(self.form.cleaned_data["state"], requests.undecided())


class RequestTable(BaseTable):
    request = tables.Column(accessor="pk", verbose_name="Request", linkify=True)
    received = tables.Column(accessor="received_at")
    from_agency = tables.Column("From", order_by=("from_agency__name", "pk"))
    route = tables.Column()
    need = tables.Column("What is needed", accessor="purpose", empty_values=("",))
    level = tables.Column("Level", accessor="need_level", visible=False)
    team = tables.Column(order_by=("team__name", "pk"), visible=False)
    worker = tables.Column("Who answers", order_by=("worker__name", "pk"))
    due = tables.Column(accessor="due_on")
    first_contact = tables.Column(accessor="first_contact_on", visible=False)
    decision = tables.Column(empty_values=("",))
    decided = tables.Column(accessor="decided_on", visible=False)

    class Meta(BaseTable.Meta):
        model = Request
        fields = []
        empty_text = "No request here. Who asks the service for help will be listed here."
        attrs = {"aria_label": "Requests"}

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def render_request(self, record):
        return str(record).replace(" ", "\u00a0")

    def value_request(self, record):
        return str(record)

    def render_received(self, record):
        return day_and_year(record.received_on)

    def value_received(self, value):
        return value

    def render_due(self, record):
        return clock_in_words(record, self.today)

    def value_due(self, value):
        return value

    def value_first_contact(self, value):
        return value

    def value_decided(self, value):
        return value
