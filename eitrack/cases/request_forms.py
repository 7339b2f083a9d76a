from django import forms

from eitrack.accounts.models import User
from eitrack.cases.choices import Decision
from eitrack.cases.form_parts import RecordForm
from eitrack.cases.models import Request
from eitrack.cases.teams import workers_of
from eitrack.common.fields import DayField, MomentField
from eitrack.common.forms import WholeModelForm, name_the_empty_choices
from eitrack.directory.models import Agency, Placement, Team

EMPTY_WORDS = {
    "from_agency": "A family asks for itself",
    "worker": "Nobody yet",
    "purpose": "Not known yet",
    "need_level": "Not known yet",
    "decision": "Not decided yet",
}


class RequestForm(RecordForm):
    """A request that `user` takes or changes, for one of their `teams`."""

    dated = "received_at"
    afterwards = ("first_contact_on", "decision", "decided_on")

    received_at = MomentField(label="Received")
    first_contact_on = DayField(label="First direct contact", required=False)
    decided_on = DayField(label="Decided on", required=False)

    class Meta:
        model = Request
        fields = [
            "received_at",
            "from_agency",
            "route",
            "purpose",
            "need_level",
            "team",
            "worker",
            "first_contact_on",
            "decision",
            "decided_on",
        ]
        labels = {"from_agency": "From", "team": "For which team", "worker": "Who answers it"}
        help_texts = {
            "from_agency": "The agency that asks. Leave it empty where a family asks for itself.",
            "first_contact_on": "The day somebody of us met the family. A letter does not count.",
        }

    def __init__(self, *args, teams, **kwargs):
        super().__init__(*args, teams=teams, **kwargs)
        self.offer_workers(teams)
        agencies = Agency.objects.in_use(self.today)
        kept = Agency.objects.filter(pk=self.instance.from_agency_id)
        self.fields["from_agency"].queryset = agencies | kept
        name_the_empty_choices(self, EMPTY_WORDS)

    def offer_workers(self, teams):
        """A manager gives it to anybody in the team, a worker only to themselves."""
        managed = Team.objects.visible_to(self.user).filter(pk__in=[team.pk for team in teams])
        people = User.objects.filter(pk__in=[self.user.pk, self.instance.worker_id])
        if managed:
            people = workers_of(managed, self.today) | User.objects.filter(
                pk=self.instance.worker_id
            )
        elif not self.instance.pk:
            self.initial["worker"] = self.user.pk
        self.fields["worker"].queryset = people

    def clean(self):
        cleaned = super().clean()
        worker, team = cleaned.get("worker"), cleaned.get("team")
        kept = worker and worker.pk == self.instance.worker_id and "worker" not in self.changed_data
        if worker and team and not kept:
            placed = Placement.objects.filter(worker=worker, team=team).current(self.today)
            if not placed.exists():
                self.add_error("worker", f"{worker} does not work in {team} now.")
        return cleaned


class FirstContactForm(WholeModelForm):
    first_contact_on = DayField(label="The day of the first direct contact")

    class Meta:
        model = Request
        fields = ["first_contact_on"]
        help_texts = {
            "first_contact_on": "Face to face or on the phone. A letter does not stop the clock."
        }


class DecideRequestForm(WholeModelForm):
    """The outcome of a request; unknown parts stay empty."""

    decided_on = DayField(label="Decided on")

    class Meta:
        model = Request
        fields = ["decision", "decided_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["decision"]
        field.required, field.label = True, "What became of it?"
        field.widget = forms.RadioSelect()
        field.choices = Decision.choices
        field.error_messages["required"] = "Choose what became of it."
