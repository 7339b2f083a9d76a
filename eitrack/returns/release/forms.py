from django import forms
from django.db import transaction

from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.forms import WholeModelForm
from eitrack.common.free_text import FreeTextField
from eitrack.common.periods import Period
from eitrack.directory.models import District, FundingStream
from eitrack.returns.models import ReleaseSettings
from eitrack.returns.release.eligible import RefusedError, require_year

LONGEST_NOTE = 500


class PrepareForm(forms.Form):
    """The period, and whether the old case count is shown beside the new measures."""

    stream = forms.ModelChoiceField(
        label="Return of",
        queryset=FundingStream.objects.order_by("name", "pk"),
        required=False,
        to_field_name="slug",
        empty_label="The whole service: indicator summary",
        help_text="The return of a funding stream is made of a year.",
    )
    period = forms.ChoiceField(
        label="Period", error_messages={"required": "Choose a quarter or a year."}
    )
    with_case_count = forms.BooleanField(
        label="Put the old case-count return beside it, from the same cases", required=False
    )

    def __init__(self, *args, user, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [
            (each.period.code, f"{each.period.name}, {each.period.dates}") for each in offered
        ]
        districts = District.objects.filter(officers=user)
        if districts.count() > 1:
            self.fields["district"] = forms.ModelChoiceField(districts, to_field_name="slug")

    def clean(self):
        asked = super().clean()
        if period := asked.get("period"):
            try:
                require_year(asked.get("stream"), Period.parse(period))
            except RefusedError as refused:
                self.add_error("period", str(refused))
        return asked


class WordingForm(WholeModelForm):
    wording = FreeTextField(
        label="In the words of the fund",
        max_length=LONGEST_NOTE,
        rows=3,
        required=False,
        help_text="What it pays for, as its own papers say it: the head of its returns.",
    )

    class Meta:
        model = FundingStream
        fields = ["wording"]

    @transaction.atomic
    def save(self, *, by):
        saved = super().save()
        record(Action.CHANGED, by=by, about=saved)
        return saved


class ReleaseForm(forms.Form):
    note = FreeTextField(
        label="Note to readers",
        max_length=LONGEST_NOTE,
        rows=4,
        help_text="What they should know of this release: what changed, what to read with care.",
        error_messages={"required": "Write a note: it stands on every page and file."},
    )


class SettingsForm(WholeModelForm):
    class Meta:
        model = ReleaseSettings
        fields = ["threshold", "base", "second_person_approves"]
        labels = {
            "threshold": "Hide counts from 1 to",
            "base": "Round larger counts to a multiple of",
            "second_person_approves": "A second person approves each return",
        }
        help_texts = {"second_person_approves": "Who prepared it cannot approve it."}

    def clean_base(self):
        """An even base has a half that cannot be rounded either way."""
        if self.cleaned_data["base"] % 2 == 0:
            raise forms.ValidationError("Choose an odd number: 5, 7, 9 …")
        return self.cleaned_data["base"]

    @transaction.atomic
    def save(self, *, by):
        saved = super().save(commit=False)
        saved.changed_by = by
        saved.save()
        record(Action.CHANGED, by=by, about=saved)
        return saved
