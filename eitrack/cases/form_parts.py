"""What the forms of requests and referrals share: token, version, days and moments."""

import uuid

from crispy_forms.helper import FormHelper
from django import forms

from eitrack.common.fields import TokenField
from eitrack.common.forms import WholeModelForm, name_the_empty_choice


class RecordForm(WholeModelForm):
    """A new record carries the form's token, a changed one the version it was opened with."""

    form_token = TokenField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["form_token"]
            self.initial["version"] = self.instance.version
        else:
            del self.fields["version"]
            self.initial["form_token"] = uuid.uuid4()

    @property
    def helper(self):
        helper = FormHelper()
        helper.form_tag = False
        return helper

    def _post_clean(self):
        super()._post_clean()
        if token := self.cleaned_data.get("form_token"):
            self.instance.form_token = token

    def correct(self, saved):
        """Give the record that was saved with this form what it says now; what that changed."""
        asked = [name for name in self._meta.fields if name in self.cleaned_data]
        changed = [name for name in asked if getattr(saved, name) != self.cleaned_data[name]]
        for name in changed:
            setattr(saved, name, self.cleaned_data[name])
        return [self[name].label for name in changed]

    def say_saved_before(self, saved):
        self.add_error(
            None,
            f"This form was saved before, as {saved}. It was not saved again. If this is "
            "another one, save it now; if not, open the saved one and change that.",
        )
        self.replace("form_token", uuid.uuid4())

    def say_clash(self, newest):
        """Somebody changed it meanwhile: keep every value, and let a second save replace theirs."""
        self.add_error(
            None,
            "Somebody changed this after you opened it; its history says who. Everything you "
            "typed is still here. If you save again, yours replaces theirs.",
        )
        self.replace("version", newest.version)

    def replace(self, name, value):
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = str(value)


def offer_team(form, teams):
    """The teams somebody works for; one needs no choice."""
    field = form.fields["team"]
    field.queryset = field.queryset.filter(pk__in=[team.pk for team in teams])
    name_the_empty_choice(field, "Choose a team")
    if len(teams) == 1:
        form.initial["team"] = teams[0].pk
        field.widget = forms.HiddenInput()
