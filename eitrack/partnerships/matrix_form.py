"""The filter of the matrix: day and cells."""

from django import forms

from eitrack.common.fields import DayField
from eitrack.directory.choices import AgencyKind
from eitrack.directory.models import District
from eitrack.partnerships.choices import Status
from eitrack.partnerships.matrix import OVERDUE

STATUSES = [("", "All"), (OVERDUE, "Review overdue"), *Status.choices]


class MatrixForm(forms.Form):
    """Read from the address; the district can be chosen if there are several."""

    day = DayField(label="On which day", required=False)
    district = forms.ModelChoiceField(
        queryset=District.objects.none(), to_field_name="slug", required=False, empty_label=None
    )
    status = forms.ChoiceField(label="With a cell that is", choices=STATUSES, required=False)
    kind = forms.ChoiceField(
        label="Kind of agency", choices=[("", "All"), *AgencyKind.choices], required=False
    )

    def __init__(self, *args, districts, **kwargs):
        super().__init__(*args, **kwargs)
        if len(districts) > 1:
            self.fields["district"].queryset = District.objects.filter(
                pk__in=[district.pk for district in districts]
            )
        else:
            del self.fields["district"]
