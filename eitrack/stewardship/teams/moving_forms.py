"""What the pages take in on which teams part or merge."""

from datetime import timedelta

from django import forms

from eitrack.accounts.models import User
from eitrack.common.fields import DayField, SeveralField
from eitrack.common.layout import Layout, helper_with
from eitrack.common.words import day_and_year
from eitrack.directory.models import Team
from eitrack.stewardship.teams.forms import NAME, NamedForm
from eitrack.stewardship.teams.moving import hats_after, logged_from
from eitrack.stewardship.teams.people import may_manage, standing_managers

DAY = timedelta(days=1)
AT_ONCE = "It is done at once, so choose tomorrow at the latest."


class MoveForm(forms.Form):
    """What parting and merging share: the day, which is at most tomorrow."""

    from_on = DayField(label="From")

    def refuse_late(self, hats):
        """The day, unless it is too far off, or time was logged from it on under these hats."""
        on = self.cleaned_data.get("from_on")
        if on is None:
            return
        if on > self.today + DAY:
            self.add_error("from_on", AT_ONCE)
        elif logged := logged_from(hats, on):
            who, last = logged
            self.add_error(
                "from_on",
                f"{who} logged work under a hat there on {day_and_year(last)}: choose a later day.",
            )


class HatsField(SeveralField):
    def label_from_instance(self, hat):
        begins = f", from {day_and_year(hat.from_on)}" if hat.from_on > self.today else ""
        return f"{hat.worker}: {hat}{begins}"


class SplitForm(MoveForm, NamedForm):
    """A new team, begun with some of the hats of another."""

    hats = HatsField(None, label="Who goes to the new team", required=True)
    managers = SeveralField(User.objects.none(), label="Who manages the new team")

    class Meta:
        model = Team
        fields = ["name"]
        labels = {"name": "Name of the new team"}
        error_messages = {"name": NAME}

    def __init__(self, *args, team, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = self.fields["hats"].today = today
        self.fields["from_on"].initial = today + DAY
        self.fields["hats"].queryset = hats_after(team, today)
        self.fields["hats"].error_messages["required"] = "Choose at least one hat."
        self.fields["managers"].queryset = may_manage(today)
        self.instance.district = team.district
        names = ["name", "from_on", "hats", "managers"]
        if not self.fields["managers"].queryset:
            del self.fields["managers"]
            names.remove("managers")
        self.helper = helper_with(Layout(*names))

    def clean(self):
        cleaned = super().clean()
        self.refuse_late(cleaned.get("hats") or [])
        return cleaned


class MergeForm(MoveForm):
    """The team into which another is merged; `team` is the one that ends."""

    into = forms.ModelChoiceField(
        queryset=None,
        label="Merge it into",
        empty_label="Choose the team that stays",
        error_messages={"required": "Choose the team that stays."},
    )
    managers = SeveralField(User.objects.none(), label="Who of its managers manages that team, too")

    def __init__(self, *args, team, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.team, self.today = team, today
        others = Team.objects.filter(district=team.district_id).open_on(today)
        self.fields["into"].queryset = others.exclude(pk=team.pk)
        self.fields["from_on"].initial = today + DAY
        self.fields["managers"].queryset = standing_managers(team)
        names = ["into", "from_on", "managers"]
        if not self.fields["managers"].queryset:
            del self.fields["managers"]
            names.remove("managers")
        self.helper = helper_with(Layout(*names))

    def clean(self):
        cleaned = super().clean()
        self.refuse_late(hats_after(self.team, self.today - DAY))
        return cleaned
