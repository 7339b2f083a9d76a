import django_filters

from eitrack.intake.choices import RowState
from eitrack.intake.models import Layout, StagedRow

STATES = (RowState.NEW, RowState.DOUBLE, RowState.HELD_BACK, RowState.REFUSED)


class LayoutFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(
        label="Name has", field_name="by__name", lookup_expr="icontains"
    )

    class Meta:
        model = Layout
        fields = []


class SheetRowFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label="What happens",
        choices=[(state.value, state.label) for state in STATES],
        empty_label="All",
    )
    words = django_filters.CharFilter(label="What or where has", method="with_words")

    class Meta:
        model = StagedRow
        fields = []

    def with_words(self, rows, name, value):
        what = rows.filter(content__what__icontains=value)
        return what | rows.filter(content__where__icontains=value)
