from itertools import groupby

from django import forms
from django.utils import timezone

from eitrack.accounts.models import User
from eitrack.cases.choices import ReferralOutcome
from eitrack.cases.form_parts import RecordForm
from eitrack.cases.models import Case, Referral
from eitrack.cases.teams import workers_of
from eitrack.common.fields import DayField, MomentField
from eitrack.common.forms import WholeModelForm, name_the_empty_choice, name_the_empty_choices
from eitrack.directory.models import Agency, District, LinkWorker, Team

EMPTY_WORDS = {
    "destination": "Choose an agency",
    "need_level": "Not known yet",
    "case": "No case: an unregistered family",
    "worker": "Choose who sent it",
    "outcome": "Not decided yet",
}


class ReferralForm(RecordForm):
    """A referral that `user` sends or changes for one of their `teams`."""

    dated = "sent_at"
    afterwards = ("decided_at", "outcome")

    sent_at = MomentField(label="Sent")
    decided_at = MomentField(label="Decided", required=False)

    class Meta:
        model = Referral
        fields = [
            "destination",
            "is_statutory",
            "route",
            "link_worker",
            "need_level",
            "case",
            "sent_at",
            "team",
            "worker",
            "decided_at",
            "outcome",
        ]
        labels = {
            "destination": "To which agency",
            "case": "For a formal case",
            "team": "From which team",
            "worker": "Who sent it",
        }
        help_texts = {
            "link_worker": "A fast-track referral goes to a named person of the agency.",
            "need_level": "Left empty, it is the case’s.",
        }
        error_messages = {"destination": {"required": "Choose the agency it goes to."}}

    def __init__(self, *args, teams, **kwargs):
        super().__init__(*args, teams=teams, **kwargs)
        self.offer_people(teams)
        self.offer_cases()
        kept = Agency.objects.filter(pk=self.instance.destination_id)
        self.fields["destination"].queryset = Agency.objects.in_use(self.today) | kept
        name_the_empty_choices(self, EMPTY_WORDS)

    def offer_people(self, teams):
        """Link workers grouped by agency; a manager chooses which worker sent it."""
        kept = LinkWorker.objects.filter(pk=self.instance.link_worker_id)
        named = LinkWorker.objects.visible_to(self.user).current(self.today)
        people = (named | kept).select_related("agency")
        by_agency = groupby(people.order_by("agency__name", "name", "pk"), lambda one: one.agency)
        field = self.fields["link_worker"]
        field.queryset = people
        field.choices = [
            ("", "No named link worker"),
            *((agency.name, [(one.pk, str(one)) for one in some]) for agency, some in by_agency),
        ]
        managed = Team.objects.visible_to(self.user).filter(pk__in=[team.pk for team in teams])
        if not managed:
            del self.fields["worker"]
            return
        kept = User.objects.filter(pk=self.instance.worker_id)
        self.fields["worker"].queryset = workers_of(managed, self.today) | kept

    def offer_cases(self):
        """Open cases in reach; hidden if there are none."""
        cases = Case.objects.visible_to(self.user).open_on(self.today)
        cases |= Case.objects.filter(pk=self.instance.case_id)
        field = self.fields["case"]
        field.queryset = cases
        if not cases.exists():
            del self.fields["case"]

    def clean(self):
        cleaned = super().clean()
        case, sent_at = cleaned.get("case"), cleaned.get("sent_at")
        if case and sent_at:
            day = timezone.localdate(sent_at)
            if not Case.objects.open_on(day).filter(pk=case.pk).exists():
                self.add_error("case", f"{case} was not open on {day:%-d %B %Y}.")
            elif not cleaned.get("need_level"):
                cleaned["need_level"] = case.level_on(day)
        return cleaned


class DecideReferralForm(WholeModelForm):
    """How and when the receiving agency decided."""

    decided_at = MomentField(label="Decided")

    class Meta:
        model = Referral
        fields = ["outcome", "decided_at"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["outcome"]
        field.required, field.label = True, "What did they decide?"
        field.widget = forms.RadioSelect()
        field.choices = ReferralOutcome.choices
        field.error_messages["required"] = "Choose what they decided."

    def clean_decided_at(self):
        decided_at = self.cleaned_data["decided_at"]
        # Sent within this minute, the precision of the form.
        if decided_at < self.instance.sent_at.replace(second=0, microsecond=0):
            raise forms.ValidationError("It cannot be decided before it was sent.")
        return max(decided_at, self.instance.sent_at)


class LinkWorkerForm(WholeModelForm):
    """A link worker for a district of a team `user` manages; a single district needs no choice."""

    from_on = DayField(label="From")

    class Meta:
        model = LinkWorker
        fields = ["name", "job", "district", "from_on"]
        labels = {"district": "For which district"}
        help_texts = {"name": "Somebody who works for the agency, never somebody of a family."}
        error_messages = {
            "name": {"required": "Type their name."},
            "job": {"required": "Type what they work as."},
            "district": {"required": "Choose the district."},
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        districts = District.objects.with_figures_for(user)
        self.fields["district"].queryset = districts
        if len(districts) == 1:
            self.instance.district = districts[0]
            del self.fields["district"]
        else:
            name_the_empty_choice(self.fields["district"], "Choose a district")


class EndLinkWorkerForm(WholeModelForm):
    until_on = DayField(label="Last day as link worker")

    class Meta:
        model = LinkWorker
        fields = ["until_on"]

    def clean_until_on(self):
        until_on = self.cleaned_data["until_on"]
        if until_on < self.instance.from_on:
            raise forms.ValidationError("The end cannot lie before the beginning.")
        return until_on
