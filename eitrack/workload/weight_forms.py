from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from eitrack.common.fields import DayField
from eitrack.indicators.choices import Weight
from eitrack.indicators.models import WeightSet
from eitrack.indicators.models.weight_set import MOST_POINTS

ROOM = (Weight.FULL_TIME, Weight.FIRST_YEAR, Weight.STABLE)
CASES = (
    *(Weight.LEVEL_2, Weight.LEVEL_2_AGENCIES, Weight.LEVEL_3, Weight.WINDING_DOWN),
    *(Weight.LONG_TRAVEL, Weight.INTERPRETER, Weight.MANY_CHILDREN, Weight.MOST_EXTRAS),
)
STANDING = tuple(weight for weight in Weight if weight not in (*ROOM, *CASES))


class WeightForm(forms.Form):
    """A new version of the weights, prefilled with the current one."""

    def __init__(self, *args, weights, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.before = today, weights
        for weight in Weight:
            self.fields[weight.value] = forms.FloatField(
                label=weight.label, min_value=0, max_value=MOST_POINTS, initial=weights[weight]
            )
        self.fields["from_on"] = DayField(label="They hold from", initial=today)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset("Room", *ROOM),
            Fieldset("Cases", *CASES),
            Fieldset("Standing work, in four weeks", *STANDING),
            "from_on",
        )

    def clean_from_on(self):
        if self.cleaned_data["from_on"] < self.today:
            raise forms.ValidationError("Choose today or a later day: past figures keep theirs.")
        return self.cleaned_data["from_on"]

    def clean(self):
        if not self.errors and self.weights == self.before:
            raise forms.ValidationError("Change at least one weight.")
        return super().clean()

    @property
    def weights(self):
        """{Weight: points} as typed."""
        return {weight: self.cleaned_data[weight.value] for weight in Weight}

    def save(self, *, by):
        points = {weight.value: points for weight, points in self.weights.items()}
        version = WeightSet(from_on=self.cleaned_data["from_on"], points=points, made_by=by)
        version.full_clean()
        version.save()
        return version
