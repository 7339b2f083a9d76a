"""A worker's hat: what a manager or an administrator agrees and changes."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset
from django import forms
from django.db.models import Max, Min, Q
from django.utils import timezone

from eitrack.accounts.models import User
from eitrack.common.fields import DayField, SeveralField
from eitrack.common.forms import WholeModelForm, name_the_empty_choices
from eitrack.common.free_text import FreeTextField
from eitrack.common.hours import HoursField
from eitrack.common.layout import Fold, Layout, Row
from eitrack.common.versioned import OpenedForm
from eitrack.common.words import day_and_year
from eitrack.directory.models import Agency, FundingStream, Placement, Post, Site, Team, TeamManager

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
    logged = placement.time_entries.not_void().aggregate(first=Min("date"), last=Max("date"))
    if logged["first"] and logged["first"] < from_on:
        return logged["first"]
    if logged["last"] and until_on and logged["last"] > until_on:
        return logged["last"]
    return None


class PlacementForm(OpenedForm, WholeModelForm):
    """Offers `teams`, and the one of an existing hat."""

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

    def __init__(self, *args, teams, **kwargs):
        super().__init__(*args, **kwargs)
        now, today = self.instance, timezone.localdate()
        teams = Team.objects.filter(Q(pk__in=teams.order_by().values("pk")) | Q(pk=now.team_id))
        offers = {
            "post": Post.objects.in_use() | Post.objects.filter(pk=now.post_id),
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
