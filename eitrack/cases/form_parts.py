"""What forms of requests and referrals share: token, version, team."""

from django import forms
from django.utils import timezone

from eitrack.common.forms import WholeModelForm, name_the_empty_choice
from eitrack.common.layout import helper_with
from eitrack.common.versioned import TokenForm, VersionForm


class RecordForm(TokenForm, VersionForm, WholeModelForm):
    """A new record carries the token of its form, a changed one its version.

    `user` saves it for one of their `teams`. A new one is dated now in the field `dated`, and lacks
    the fields for what comes `afterwards`.
    """

    dated = ""
    afterwards = ()

    def __init__(self, *args, user, teams, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        if self.instance.pk:
            del self.fields["form_token"]
            self.initial["version"] = self.instance.version
        else:
            for name in ("version", *self.afterwards):
                del self.fields[name]
            self.initial[self.dated] = timezone.localtime()
        offer_team(self, teams)

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
