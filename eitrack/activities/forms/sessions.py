from django import forms

from eitrack.activities.choices import NotRunReason


class NotRunForm(forms.Form):
    """Why a planned session did not run."""

    reason = forms.ChoiceField(
        label="Why did it not run?",
        choices=NotRunReason.choices,
        widget=forms.RadioSelect,
        help_text="If it ran and nobody came, that is 0 attended: go back and choose It happened.",
        error_messages={"required": "Choose a reason."},
    )
