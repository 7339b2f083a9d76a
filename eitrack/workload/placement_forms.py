"""A worker's hat: what a manager agrees and changes."""

import re

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset
from django import forms
from django.db.models import Max, Min, Q
from django.utils import timezone

from eitrack.accounts.models import User
from eitrack.activities.choices import Status
from eitrack.common.fields import DayField, SeveralField
from eitrack.common.forms import WholeModelForm, name_the_empty_choices
from eitrack.common.free_text import FreeTextField
from eitrack.common.layout import Fold, Layout, Row
from eitrack.common.versioned import OpenedForm
from eitrack.common.words import day_and_year, duration
from eitrack.directory.models import Agency, FundingStream, Placement, Post, Site, Team, TeamManager

MOST_PLANNED_MINUTES = 3600
AGREED = (
    "has_agreed_role",
    "has_agreed_responsibilities",
    "has_agreed_accountability",
    "has_agreed_supervision",
    "has_agreed_training",
)
EMPTY_WORDS = {
    **dict.fromkeys(("post", "team", "funding_stream"), "Choose one"),
    "host": "No host",
    "base_site": "No base",
}
HOURS = re.compile(r"(\d{1,3}) ?h(?: ?(\d{1,2})(?: ?min)?)?|(\d{1,2})[:.](\d{2})|(\d{1,4}) ?min")


class HoursField(forms.CharField):
    """Minutes typed as hours: "18 h", "7 h 30", "7:30", "450 min", or a number of hours."""

    sentence = "Type hours a week, for instance 18 h or 7 h 30."

    def __init__(self, **kwargs):
        kwargs.setdefault("error_messages", {"required": self.sentence})
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return duration(value) if isinstance(value, int) else value

    def to_python(self, value):
        typed = (value if isinstance(value, str) else self.prepare_value(value) or "").strip()
        if typed in self.empty_values:
            return None
        minutes = minutes_of(typed)
        if minutes is None:
            raise forms.ValidationError(self.sentence)
        if minutes > MOST_PLANNED_MINUTES:
            raise forms.ValidationError("A week holds at most 60 planned hours.")
        return minutes

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != initial
        except forms.ValidationError:
            return True


def minutes_of(typed):
    """The minutes meant, or None; a whole number up to 60 is hours."""
    if re.fullmatch(r"\d{1,2}", typed):
        return int(typed) * 60
    found = HOURS.fullmatch(typed.lower())
    if not found:
        return None
    hours, rest, clock_hours, clock_rest, minutes = (int(part or 0) for part in found.groups())
    if rest > 59 or clock_rest > 59:
        return None
    return 60 * (hours + clock_hours) + rest + clock_rest + minutes


def joint_managers_for(hat, teams):
    """Managers of teams in the districts of these teams, and the current ones of the hat."""
    acting = TeamManager.objects.filter(team__district__in=teams.order_by().values("district"))
    offered = Q(pk__in=acting.acting(timezone.localdate()).order_by().values("user"))
    if hat.pk:
        offered |= Q(pk__in=hat.joint_managers.values("pk"))
    return User.objects.filter(offered).exclude(pk=hat.worker_id)


def outside_of(placement, from_on, until_on):
    """A day with time logged under this hat outside these days, or None."""
    if not placement.pk:
        return None
    standing = placement.time_entries.exclude(activity__status=Status.VOID)
    logged = standing.aggregate(first=Min("date"), last=Max("date"))
    if logged["first"] and logged["first"] < from_on:
        return logged["first"]
    if logged["last"] and until_on and logged["last"] > until_on:
        return logged["last"]
    return None


class PlacementForm(OpenedForm, WholeModelForm):
    """Offers the teams `user` manages; some values of an existing hat cannot be changed."""

    planned_minutes = HoursField(
        label="Planned hours a week", help_text="For instance 18 h or 7 h 30."
    )
    from_on = DayField(label="From")
    until_on = DayField(label="Until", required=False)
    renewed_until_on = DayField(
        label="Funding renewed until",
        required=False,
        help_text="Only where this hat is paid for longer than its funding stream says.",
    )

    class Meta:
        model = Placement
        fields = [
            "post",
            "team",
            "funding_stream",
            "planned_minutes",
            "from_on",
            "until_on",
            "host",
            "base_site",
            "is_co_located",
            "supervising_body",
            "joint_managers",
            *AGREED,
            "renewed_until_on",
        ]
        field_classes = {"supervising_body": FreeTextField, "joint_managers": SeveralField}
        labels = {
            "host": "Host agency",
            "supervising_body": "Who else supervises",
            "is_co_located": "Works at the host, with a desk there",
        }
        help_texts = {"supervising_body": "An organisation, not a person."}
        widgets = {"joint_managers": forms.CheckboxSelectMultiple}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        teams, today = Team.objects.visible_to(user), timezone.localdate()
        now = self.instance
        offers = {
            "post": Post.objects.all(),
            "team": teams.open_on(timezone.localdate()) | Team.objects.filter(pk=now.team_id),
            "funding_stream": FundingStream.objects.all(),
            "host": Agency.objects.in_use(today) | Agency.objects.filter(pk=now.host_id),
            "base_site": Site.objects.in_use(today) | Site.objects.filter(pk=now.base_site_id),
            "joint_managers": joint_managers_for(now, teams),
        }
        for name, offered in offers.items():
            self.fields[name].queryset = offered
        name_the_empty_choices(self, EMPTY_WORDS)
        for name in ("post", "team", "funding_stream"):
            self.fields[name].error_messages["required"] = "Choose one of the list."
        self.helper = layout_of(self)
        if now.pk:
            self.remember_opened()

    def clean(self):
        cleaned = super().clean()
        from_on, until_on = cleaned.get("from_on"), cleaned.get("until_on")
        if from_on and until_on and until_on < from_on:
            self.add_error("until_on", "The end cannot lie before the beginning.")
        elif from_on and (day := outside_of(self.instance, from_on, until_on)):
            name = "from_on" if day < from_on else "until_on"
            self.add_error(name, f"Time was logged under this hat on {day_and_year(day)}.")
        renewed = cleaned.get("renewed_until_on")
        if from_on and renewed and renewed < from_on:
            self.add_error("renewed_until_on", "This lies before the hat begins.")
        return cleaned


def layout_of(form):
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(
        "post",
        "team",
        "funding_stream",
        "planned_minutes",
        Row("from_on", "until_on"),
        Fieldset("Where", "host", "base_site", "is_co_located"),
        Fieldset("Agreed with the worker and the host", *AGREED),
        Fold("Who else manages or supervises", "supervising_body", "joint_managers"),
        Fold("Funding", "renewed_until_on"),
        *(["opened"] if form.instance.pk else []),
    )
    return helper


class EndForm(forms.Form):
    """The last day of a hat."""

    until_on = DayField(label="Last day")

    def __init__(self, *args, placement, **kwargs):
        super().__init__(*args, **kwargs)
        self.placement = placement
        self.fields["until_on"].error_messages["required"] = "Choose the last day."

    def clean_until_on(self):
        until_on = self.cleaned_data["until_on"]
        if until_on < self.placement.from_on:
            raise forms.ValidationError("The end cannot lie before the beginning.")
        if day := outside_of(self.placement, self.placement.from_on, until_on):
            raise forms.ValidationError(f"Time was logged under this hat on {day_and_year(day)}.")
        return until_on
