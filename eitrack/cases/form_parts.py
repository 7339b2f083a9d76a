"""What forms of requests and referrals share: token, version, team."""

from django import forms

from eitrack.common.forms import WholeModelForm, name_the_empty_choice
from eitrack.common.layout import helper_with
from eitrack.common.versioned import TokenForm, VersionForm


class RecordForm(TokenForm, VersionForm, WholeModelForm):
    """A new record carries the token of its form, a changed one its version."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["form_token"]
            self.initial["version"] = self.instance.version
        else:
            del self.fields["version"]

    @property
    def helper(self):
        return helper_with()


def offer_team(form, teams):
    """The teams the user works for; a single one needs no choice."""
    field = form.fields["team"]
    field.queryset = field.queryset.filter(pk__in=[team.pk for team in teams])
    name_the_empty_choice(field, "Choose a team")
    if len(teams) == 1:
        form.initial["team"] = teams[0].pk
        field.widget = forms.HiddenInput()
