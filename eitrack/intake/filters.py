import django_filters

from eitrack.intake.choices import RowState
from eitrack.intake.models import StagedRow
from eitrack.intake.workbook.sheets import BY_NAME

OF_WORKBOOKS = (RowState.NEW, RowState.CHANGED, RowState.SAME, RowState.REFUSED)


class WorkbookRowFilter(django_filters.FilterSet):
    sheet = django_filters.ChoiceFilter(
        choices=[(name, name) for name in BY_NAME], empty_label="All"
    )
    state = django_filters.ChoiceFilter(
        label="What happens",
        choices=[(state.value, state.label) for state in OF_WORKBOOKS],
        empty_label="All",
    )

    class Meta:
        model = StagedRow
        fields = []
