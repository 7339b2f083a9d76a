from django import forms

from eitrack.activities.choices import NotRunReason

AHEAD = (
    "It is shown as cancelled in the calendars of all who deliver it. If it runs after all, void "
    "this record: then it is planned again."
)


class NotRunForm(forms.Form):
    """Why a planned session did not run, or will not run if its day is ahead."""

    reason = forms.ChoiceField(
        label="Why did it not run?",
        choices=NotRunReason.choices,
        widget=forms.RadioSelect,
        help_text="If it ran and nobody came, that is 0 attended: go back and choose It happened.",
        error_messages={"required": "Choose a reason."},
    )

    def __init__(self, *args, is_ahead, **kwargs):
        super().__init__(*args, **kwargs)
        if is_ahead:
            self.fields["reason"].label = "Why will it not run?"
            self.fields["reason"].help_text = AHEAD
