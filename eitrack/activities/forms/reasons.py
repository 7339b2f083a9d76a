"""Forms that ask one question: why."""

from django import forms

from eitrack.activities.choices import ApprovalReason, ChangeReason, NotRunReason, VoidReason

# Reasons that a button gives, not a person.
GIVEN = (
    VoidReason.UNDONE,
    VoidReason.MERGED,
    VoidReason.IMPORTING,
    VoidReason.TAKEN_BACK,
)
AHEAD = (
    "It is shown as cancelled in the calendars of all who deliver it. If it runs after all, void "
    "this record: then it is planned again."
)


def reason_field(label, choices, **kwargs):
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason."},
        **kwargs,
    )


class VoidForm(forms.Form):
    reason = reason_field(
        "Why is it voided?", [choice for choice in VoidReason.choices if choice[0] not in GIVEN]
    )


class ApprovalForm(forms.Form):
    """Why a record is still added to a closed quarter."""

    reason = reason_field("Why does it come now?", ApprovalReason.choices)


class TakeOffForm(forms.Form):
    """Why a worker's time is taken off a session they joined."""

    reason = reason_field("Why is it taken off?", ChangeReason.choices)


class NotRunForm(forms.Form):
    """Why a planned session did not run, or will not run if its day is ahead."""

    reason = reason_field(
        "Why did it not run?",
        NotRunReason.choices,
        help_text="If it ran and nobody came, that is 0 attended: go back and choose It happened.",
    )

    def __init__(self, *args, is_ahead, **kwargs):
        super().__init__(*args, **kwargs)
        if is_ahead:
            self.fields["reason"].label = "Why will it not run?"
            self.fields["reason"].help_text = AHEAD
