"""Forms of retention: the periods, and a legal hold."""

from eitrack.accounts.models import User
from eitrack.common.forms import WholeModelForm, name_the_empty_choice
from eitrack.common.free_text import FreeTextField
from eitrack.stewardship.models import LegalHold, RetentionSettings


class RetentionForm(WholeModelForm):
    class Meta:
        model = RetentionSettings
        fields = ["reference_months", "note_months", "leaver_years", "audit_years"]
        labels = {
            "reference_months": "Case references go after closure, in months",
            "note_months": "Notes go after, in months",
            "leaver_years": "Names of workers who left go after, in years",
            "audit_years": "The audit trail goes after, in years",
        }
        help_texts = {
            "leaver_years": "Their work stays, under a random former-worker number.",
            "audit_years": "By whole months; six years at least.",
        }


class HoldForm(WholeModelForm):
    reason = FreeTextField(
        max_length=200,
        label="Why",
        help_text="The matter it is for, as “request of the ombudsman, March 2027”.",
    )

    class Meta:
        model = LegalHold
        fields = ["person", "reason"]
        labels = {"person": "Whose records"}
        help_texts = {"person": "Of one person, or of the whole service."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.order_by("name", "pk")
        name_the_empty_choice(self.fields["person"], "The whole service")
