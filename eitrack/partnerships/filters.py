import django_filters
from django import forms

from eitrack.directory.choices import AgencyKind, Standing
from eitrack.directory.models import Agency

# Its page lists those in use.
STANDING = [(one.value, one.label) for one in (Standing.SETTLED, Standing.PROVISIONAL)]


class AgencyFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(
        label="Name has", lookup_expr="icontains", widget=forms.TextInput(attrs={"maxlength": 120})
    )
    kind = django_filters.ChoiceFilter(choices=AgencyKind.choices, empty_label="All")
    standing = django_filters.ChoiceFilter(
        label="Standing", choices=STANDING, empty_label="All", method="of_standing"
    )

    class Meta:
        model = Agency
        fields = []

    def of_standing(self, agencies, name, value):
        return agencies.filter(is_provisional=value == Standing.PROVISIONAL)
