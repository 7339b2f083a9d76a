"""What the pages of teams take in."""

from datetime import timedelta

from django import forms

from eitrack.accounts.models import User
from eitrack.common.fields import DayField, SeveralField
from eitrack.common.forms import WholeModelForm, name_the_empty_choice
from eitrack.common.layout import Layout, helper_with
from eitrack.common.versioned import OpenedForm
from eitrack.common.words import listed
from eitrack.directory.models import FundingStream, Team
from eitrack.stewardship.teams.moving import hats_after, work_in_words
from eitrack.stewardship.teams.people import may_manage, standing_managers

DAY = timedelta(days=1)
NAME = {"required": "Give it a name.", "unique": "There is one with this name already."}


class NamedForm(WholeModelForm):
    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def say_taken(self):
        """Somebody else was faster."""
        self.add_error("name", forms.ValidationError(NAME["unique"], code="unique"))

    @property
    def holder(self):
        """Which one has the name already, for a link to it."""
        if not self.has_error("name", "unique"):
            return None
        name = " ".join(self.data.get("name", "").split())
        return type(self.instance).objects.filter(name=name).exclude(pk=self.instance.pk).first()


class NewTeamForm(NamedForm):
    managers = SeveralField(
        User.objects.none(),
        label="Who manages it",
        help_text="Those who hold the role “Team manager”. They can be named later, too.",
    )

    class Meta:
        model = Team
        fields = ["name", "district"]
        error_messages = {"name": NAME, "district": {"required": "Choose the district."}}

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["managers"].queryset = may_manage(today)
        district = self.fields["district"]
        name_the_empty_choice(district, "Choose a district")
        if len(district.queryset) == 1:
            district.initial = district.queryset[0].pk
            district.widget = forms.HiddenInput()
        if not self.fields["managers"].queryset:
            del self.fields["managers"]
        self.helper = helper_with(Layout(*(name for name in self.fields)))


class RenameForm(OpenedForm, NamedForm):
    """Another name, and from which day: of a team or of a funding stream."""

    not_compared = ("from_on", "is_correction")

    from_on = DayField(
        label="From",
        required=False,
        help_text="Lines of its figures are marked on this day. The old name stays findable there.",
    )
    is_correction = forms.BooleanField(
        label="Only the spelling is mended",
        required=False,
        help_text="Then no day is kept, and no line is marked.",
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["from_on"].initial = today
        self.remember_opened()
        self.helper = helper_with(Layout("name", "from_on", "is_correction", "opened"))

    def clean(self):
        cleaned = super().clean()
        on = cleaned.get("from_on")
        if cleaned.get("is_correction"):
            cleaned["from_on"] = None
        elif "from_on" not in self.errors and on is None:
            self.add_error("from_on", "Choose the day, or say that only the spelling is mended.")
        elif on and on > self.today:
            self.add_error("from_on", "It is renamed at once: choose today or an earlier day.")
        return cleaned


class RenameTeamForm(RenameForm):
    class Meta:
        model = Team
        fields = ["name"]
        error_messages = {"name": NAME}


class RenameStreamForm(RenameForm):
    class Meta:
        model = FundingStream
        fields = ["name"]
        error_messages = {"name": NAME}


class ManagersForm(OpenedForm, forms.Form):
    """Who manages a team for as long as they hold the role."""

    managers = SeveralField(User.objects.none(), label="Managers")

    def __init__(self, *args, instance, today, **kwargs):
        named = list(standing_managers(instance))
        super().__init__(*args, initial={"managers": [user.pk for user in named]}, **kwargs)
        self.instance = instance
        offered = may_manage(today) | User.objects.filter(pk__in=[user.pk for user in named])
        self.fields["managers"].queryset = offered
        self.remember_opened()
        self.helper = helper_with(Layout("managers", "opened"))


class CloseForm(OpenedForm, WholeModelForm):
    """The last day of a team: nobody wears a hat in it afterwards, and nothing waits there."""

    until_on = DayField(label="Last day")

    class Meta:
        model = Team
        fields = ["until_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.remember_opened()
        self.helper = helper_with(Layout("until_on", "opened"))

    def clean_until_on(self):
        last = self.cleaned_data["until_on"]
        if worn := list(hats_after(self.instance, last)):
            names = listed(dict.fromkeys(str(hat.worker) for hat in worn))
            raise forms.ValidationError(
                f"After that day a hat in it is worn by {names}. End these hats, or merge the "
                "team with another."
            )
        if left := work_in_words(self.instance, last + DAY):
            raise forms.ValidationError(f"Still open in it: {left}. They are handed over first.")
        return last
