"""Archiving a place, choosing the one it is merged into, and what others call it."""

from django import forms

from eitrack.common.fields import DayField
from eitrack.common.forms import WholeModelForm, name_the_empty_choice
from eitrack.common.versioned import OpenedForm
from eitrack.common.words import day_and_year
from eitrack.directory.models import ExternalIdentifier
from eitrack.directory.models.identifiers import tidied


class ArchiveForm(OpenedForm, forms.Form):
    """From which day a place is archived; `site_number` are those of an agency in use."""

    not_compared = ("with_sites",)

    archived_from_on = DayField(
        label="Archived from",
        help_text="From this day on it is not offered. Days before can still be recorded there.",
    )
    with_sites = forms.BooleanField(required=False)

    def __init__(self, *args, place, today, site_number=0, **kwargs):
        initial = {"archived_from_on": place.archived_from_on or today, "with_sites": True}
        super().__init__(*args, initial=initial, **kwargs)
        self.instance = place
        if site_number:
            sites = "its site" if site_number == 1 else f"its {site_number} sites"
            self.fields["with_sites"].label = f"Archive {sites}, too"
        else:
            del self.fields["with_sites"]
        self.remember_opened()

    def clash_in_words(self, newest):
        stands = "is in use again"
        if newest.archived_from_on:
            stands = f"is archived from {day_and_year(newest.archived_from_on)}"
        return f"Somebody changed this meanwhile: it {stands}. Save again to change that."


class PlaceChoice(forms.ModelChoiceField):
    def label_from_instance(self, place):
        of = f", {place.agency}" if getattr(place, "agency_id", None) else ""
        return f"{place}, {place.get_kind_display().lower()}{of}"


class MergeForm(forms.Form):
    """Which place stays; `gone` is the one that is merged into it."""

    into = PlaceChoice(
        queryset=None, label="Merge it into", empty_label="Choose the one that stays"
    )

    def __init__(self, *args, gone, today, **kwargs):
        super().__init__(*args, **kwargs)
        offered = type(gone).objects.in_use(today).exclude(pk=gone.pk)
        if hasattr(gone, "agency_id"):
            offered = offered.with_agency()
        field = self.fields["into"]
        field.queryset = offered
        field.error_messages["required"] = "Choose the one that stays."
        field.error_messages["invalid_choice"] = "This one is not in use. Choose another."


class IdentifierForm(OpenedForm, WholeModelForm):
    class Meta:
        model = ExternalIdentifier
        fields = ["scheme", "value"]
        labels = {"scheme": "What kind of number", "value": "Number"}
        error_messages = {
            "scheme": {"required": "Choose what kind of number it is."},
            "value": {"required": "Type the number."},
        }
        widgets = {"value": forms.TextInput(attrs={"autocomplete": "off"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_the_empty_choice(self.fields["scheme"], "Choose one")
        if self.instance.pk:
            self.remember_opened()

    def clean(self):
        cleaned = super().clean()
        if "scheme" in cleaned and "value" in cleaned:
            cleaned["value"] = tidied(cleaned["value"], cleaned["scheme"])
            self.refuse_taken(cleaned["scheme"], cleaned["value"])
        return cleaned

    def refuse_taken(self, scheme, value):
        same = ExternalIdentifier.objects.filter(scheme=scheme, value=value)
        if other := same.exclude(pk=self.instance.pk).select_related("agency", "site").first():
            self.add_error("value", f"{other.agency or other.site} has this number already.")
