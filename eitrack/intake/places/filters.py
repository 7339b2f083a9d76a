"""Narrowing the rows of a list that is to be ticked."""

import django_filters
from django import forms
from django.db import models
from django.db.models import Q

from eitrack.directory.choices import SiteKind
from eitrack.intake.models import StagedRow
from eitrack.intake.places.choices import CHANGES, Offered

IN_USE_HERE_NOT = (Offered.NEW, Offered.UNKNOWN, Offered.LEFT_OUT)


class Show(models.TextChoices):
    USUAL = "", "In use"
    CHANGES = "changes", "Changes of places here"
    NEW = "new", "New since the last list"
    UNUSUAL = "unusual", "Colleges and others in use"
    PROPOSED = "proposed", "Proposed to open"
    GONE = "gone", "Closed, not here"
    TICKED = "ticked", "Ticked"
    UNDECIDED = "undecided", "To be decided"


CONDITIONS = {
    Show.USUAL: Q(content__what__in=CHANGES)
    | Q(content__what__in=IN_USE_HERE_NOT, content__place__is_usual=True),
    Show.CHANGES: Q(content__what__in=CHANGES),
    Show.NEW: Q(content__what=Offered.NEW),
    Show.UNUSUAL: Q(content__what__in=IN_USE_HERE_NOT, content__place__is_usual=False),
    Show.PROPOSED: Q(content__what=Offered.PROPOSED),
    Show.GONE: Q(content__what=Offered.GONE),
    Show.TICKED: Q(is_chosen=True),
    Show.UNDECIDED: Q(is_chosen=True, content__session=None, content__same_as="")
    & ~Q(content__candidates=[])
    | Q(is_chosen=True, content__activity_type="") & ~Q(content__session=None),
}


class PlaceRowFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(
        label="Name or place has",
        method="with_words",
        widget=forms.TextInput(attrs={"maxlength": 120}),
    )
    show = django_filters.ChoiceFilter(
        label="Which", choices=Show.choices[1:], empty_label=Show.USUAL.label, method="pass_through"
    )
    kind = django_filters.ChoiceFilter(
        label="Kind",
        choices=SiteKind.choices,
        empty_label="All",
        field_name="content__place__site_kind",
    )

    class Meta:
        model = StagedRow
        fields = []

    def __init__(self, data=None, *args, **kwargs):
        # Always bound, so that other kinds are left out also without filters.
        super().__init__(data if data is not None else {}, *args, **kwargs)

    def with_words(self, rows, name, value):
        found = Q()
        for where in ("name", "own_name", "place__name", "place__town", "place__postcode"):
            found |= Q(**{f"content__{where}__icontains": value})
        return rows.filter(found | Q(content__number=value.strip()))

    def pass_through(self, rows, name, value):
        return rows

    def filter_queryset(self, rows):
        rows = super().filter_queryset(rows)
        return rows.filter(CONDITIONS[self.form.cleaned_data["show"]])
