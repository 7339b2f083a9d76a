"""The list of referrals: its filter, its columns, its file."""

import django_filters
import django_tables2 as tables
from django.db import models

from eitrack.accounts.roles import Permission
from eitrack.cases.choices import Route
from eitrack.cases.models import Referral
from eitrack.cases.request_lists import OF_MANAGERS, agencies, teams, workers
from eitrack.cases.words import working_hours_in_words
from eitrack.common.day_filter import DayFilter
from eitrack.common.tables import BaseTable
from eitrack.common.words import day_and_year, yes_or_no

STATUTORY = (("yes", "To statutory social work"), ("no", "To others"))


class State(models.TextChoices):
    WAITING = "waiting", "Waiting for a decision"
    DECIDED = "decided", "Decided"


class ReferralFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label="Which", choices=State.choices, empty_label="All", method="in_state"
    )
    team = django_filters.ModelChoiceFilter(queryset=teams, label="Team", empty_label="All")
    worker = django_filters.ModelChoiceFilter(
        queryset=workers, label="Who sent it", empty_label="All"
    )
    destination = django_filters.ModelChoiceFilter(
        queryset=agencies, label="To which agency", empty_label="All"
    )
    statutory = django_filters.ChoiceFilter(
        label="To whom", choices=STATUTORY, empty_label="All", method="to_statutory"
    )
    route = django_filters.ChoiceFilter(choices=Route.choices, label="Route", empty_label="All")
    sent_from = DayFilter(label="Sent from", field_name="sent_at", lookup_expr="date__gte")
    sent_until = DayFilter(label="Sent until", field_name="sent_at", lookup_expr="date__lte")

    class Meta:
        model = Referral
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.request.user.may(Permission.SEE_TEAMS):
            for name in OF_MANAGERS:
                del self.filters[name]

    def in_state(self, referrals, name, value):
        return referrals.filter(decided_at__isnull=value == State.WAITING)

    def to_statutory(self, referrals, name, value):
        return referrals.filter(is_statutory=value == "yes")


class ReferralTable(BaseTable):
    referral = tables.Column(accessor="pk", verbose_name="Referral", linkify=True)
    sent = tables.Column(accessor="sent_at")
    destination = tables.Column("To agency", order_by=("destination__name", "pk"))
    statutory = tables.Column(accessor="is_statutory", visible=False)
    route = tables.Column()
    link_worker = tables.Column(order_by=("link_worker__name", "pk"))
    level = tables.Column("Level", accessor="need_level", visible=False)
    case = tables.Column(accessor="case_id", visible=False)
    team = tables.Column(order_by=("team__name", "pk"), visible=False)
    worker = tables.Column("Who sent it", order_by=("worker__name", "pk"))
    outcome = tables.Column(empty_values=("",))
    decided = tables.Column(accessor="decided_at")
    hours = tables.Column(
        "Time to decision", accessor="hours_to_decision", orderable=False, empty_values=(None,)
    )

    class Meta(BaseTable.Meta):
        model = Referral
        fields = []
        empty_text = "No referral here. Families you send on to another agency are listed here."
        attrs = {"aria_label": "Referrals"}

    def render_referral(self, record):
        return str(record).replace(" ", "\u00a0")

    def value_referral(self, record):
        return str(record)

    def render_sent(self, value):
        return day_and_year(value)

    def value_sent(self, value):
        return value

    def render_decided(self, value):
        return day_and_year(value)

    def value_decided(self, value):
        return value

    def render_statutory(self, value):
        return yes_or_no(value)

    def render_case(self, value):
        return f"Case {value}"

    def render_hours(self, value):
        return working_hours_in_words(value)

    def value_hours(self, value):
        return round(value, 1)
