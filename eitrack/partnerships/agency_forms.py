"""Forms of an agency or site, which point out similar names."""

from django import forms
from django.utils import timezone

from eitrack.common.forms import WholeModelForm
from eitrack.common.versioned import CHANGED_BESIDE, ClashForm, signature
from eitrack.directory.models import Agency, Site
from eitrack.partnerships.likeness import alike


class NamedForm(ClashForm, WholeModelForm):
    """Points out similar names; reports a clash with another change."""

    opened_as = "seen"
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    is_none_of_these = forms.BooleanField(
        label="It is none of these", required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.similar = []
        self.name_before = self.instance.name
        # As it is before what was typed is put on it.
        self.seen_now = signature(self.instance) if self.instance.pk else ""
        self.initial["seen"] = self.seen_now
        self.fields["name"].error_messages["required"] = "Give it a name."
        self.fields["kind"].error_messages["required"] = "Choose what kind it is."

    def clean(self):
        cleaned = super().clean()
        name = cleaned.get("name")
        if name and name != self.name_before and not cleaned.get("is_none_of_these"):
            others = self.candidates(cleaned).exclude(pk=self.instance.pk)
            self.similar = alike(name, others)
        if self.similar:
            self.fields["is_none_of_these"].widget = forms.CheckboxInput()
            names = ", ".join(f"“{record}”" for record in self.similar)
            self.add_error("name", f"Is it one of these? {names}. If not, say so below.")
        return cleaned

    def state_of(self, record):
        return self.seen_now

    def clash_in_words(self, newest):
        return CHANGED_BESIDE

    @property
    def is_behind(self):
        """Whether the record has changed since the form was opened."""
        return self.data.get("seen", "") != self.seen_now


class AgencyForm(NamedForm):
    class Meta:
        model = Agency
        fields = ["name", "kind"]

    def candidates(self, cleaned):
        return Agency.objects.in_use(timezone.localdate())


class SiteForm(NamedForm):
    """`agency` may be empty: a village hall belongs to no partner."""

    class Meta:
        model = Site
        fields = ["name", "kind", "agency"]
        help_texts = {"agency": "Whose place it is. Leave it empty if no agency’s."}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        agencies = Agency.objects.visible_to(user).in_use(timezone.localdate())
        if self.instance.agency_id:
            agencies |= Agency.objects.filter(pk=self.instance.agency_id)
        self.fields["agency"].queryset = agencies
        self.fields["agency"].empty_label = "No agency"

    def candidates(self, cleaned):
        return Site.objects.visible_to(self.user).in_use(timezone.localdate())
