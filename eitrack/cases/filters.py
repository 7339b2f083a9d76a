import django_filters
from django.db import models

from eitrack.cases.models import Case
from eitrack.common.choices import NeedLevel
from eitrack.common.day_filter import DayFilter


class State(models.TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class CaseFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label="Open or closed", choices=State.choices, empty_label="All", method="in_state"
    )
    level = django_filters.ChoiceFilter(
        label="Level now", field_name="level_now", choices=NeedLevel.choices, empty_label="All"
    )
    opened_from = DayFilter(label="Opened from", field_name="opened_on", lookup_expr="gte")
    opened_until = DayFilter(label="Opened until", field_name="opened_on", lookup_expr="lte")

    class Meta:
        model = Case
        fields = []

    def in_state(self, cases, name, value):
        return cases.filter(closed_on__isnull=value == State.OPEN)
