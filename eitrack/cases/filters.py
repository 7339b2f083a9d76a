import django_filters
from django import forms
from django.db import models

from eitrack.cases.models import Case
from eitrack.common.choices import NeedLevel


class State(models.TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


def date_input():
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class CaseFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label="Open or closed", choices=State.choices, empty_label="All", method="in_state"
    )
    level = django_filters.ChoiceFilter(
        label="Level now", field_name="level_now", choices=NeedLevel.choices, empty_label="All"
    )
    opened_from = django_filters.DateFilter(
        label="Opened from", field_name="opened_on", lookup_expr="gte", widget=date_input()
    )
    opened_until = django_filters.DateFilter(
        label="Opened until", field_name="opened_on", lookup_expr="lte", widget=date_input()
    )

    class Meta:
        model = Case
        fields = []

    def in_state(self, cases, name, value):
        return cases.filter(closed_on__isnull=value == State.OPEN)
