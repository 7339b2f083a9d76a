from django import forms

from eitrack.common.identifying import find_identifying_text
from eitrack.daybook.models import PresetChoice


class PresetNameForm(forms.ModelForm):
    """A name of the worker's own for one combination; an empty one gives the old name back."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = PresetChoice
        fields = ["name"]
        labels = {"name": "New name"}
        error_messages = {"name": {"max_length": "At most 60 letters fit here."}}

    def clean_name(self):
        """What looks identifying is pointed out once; sent again as it was, it is saved."""
        name = " ".join(self.cleaned_data["name"].split())
        findings = find_identifying_text(name)
        if findings and self.data.get(self.add_prefix("seen")) != name:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = name
            raise forms.ValidationError(
                [
                    *(finding.message for finding in findings),
                    "If it names nobody, save it as it is.",
                ]
            )
        return name
