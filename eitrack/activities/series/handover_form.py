from django import forms

from eitrack.accounts.models import User
from eitrack.common.fields import DayField


class HandoverForm(forms.Form):
    """Who leads from which day; `others` are further series of the same lead."""

    to = forms.ModelChoiceField(
        label="New lead",
        queryset=User.objects.none(),
        empty_label="Choose a worker",
        error_messages={"required": "Choose who leads it from then on."},
    )
    day = DayField(label="From")
    everything = forms.BooleanField(required=False)

    def __init__(self, *args, people, today, others=(), **kwargs):
        super().__init__(*args, initial={"day": today}, **kwargs)
        self.fields["to"].queryset = people
        if others:
            names = ", ".join(str(series) for series in others)
            self.fields["everything"].label = f"Also: {names}"
        else:
            del self.fields["everything"]
