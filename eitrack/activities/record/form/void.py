from django import forms

from eitrack.activities.choices import VoidReason

# Reasons that a button gives, not a person.
GIVEN = (VoidReason.UNDONE, VoidReason.MERGED)


class VoidForm(forms.Form):
    """Why an activity is voided; those of a button are not offered."""

    reason = forms.ChoiceField(
        label="Why is it voided?",
        choices=[choice for choice in VoidReason.choices if choice[0] not in GIVEN],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason."},
    )
