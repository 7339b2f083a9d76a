from collections import Counter

from django import forms

from eitrack.accounts.models import User
from eitrack.activities.choices import SeriesRole
from eitrack.activities.models import SeriesWorker
from eitrack.cases.models import Allocation, Referral, Request
from eitrack.cases.teams import workers_of
from eitrack.common.fields import DayField
from eitrack.workload.actions import in_words


class HolderChoice(forms.ModelChoiceField):
    """A worker with what they hold in the team."""

    def label_from_instance(self, worker):
        return f"{worker}: {in_words(*(held[worker.pk] for held in self.held))}"


class ReallocationForm(forms.Form):
    """Whose open work goes to whom, from which day on."""

    worker = HolderChoice(
        label="Whose work",
        queryset=User.objects.none(),
        empty_label="Choose a worker",
        error_messages={"required": "Choose whose work is handed over."},
    )
    to = forms.ModelChoiceField(
        label="Who takes it over",
        queryset=User.objects.none(),
        empty_label="Choose a worker",
        error_messages={"required": "Choose who takes it over."},
    )
    on = DayField(
        label="From", help_text="For cases and series. Requests and referrals go at once."
    )

    def __init__(self, *args, team, today, worker=None, **kwargs):
        super().__init__(*args, initial={"on": today, "worker": worker}, **kwargs)
        self.today = today
        field = self.fields["worker"]
        cases = Counter(
            Allocation.objects.filter(
                team=team, until_on__isnull=True, case__closed_on__isnull=True
            ).values_list("worker", flat=True)
        )
        leads = SeriesWorker.objects.filter(role=SeriesRole.LEAD, series__team=team)
        current = leads.not_ended(today).exclude(series__until_on__lt=today)
        serieses = Counter(current.values_list("worker", flat=True))
        requests = Request.objects.undecided().filter(team=team)
        referrals = Referral.objects.undecided().filter(team=team)
        field.held = (
            cases,
            serieses,
            Counter(one or other for one, other in requests.values_list("worker", "taken_by")),
            Counter(
                one or other for one, other in referrals.values_list("taken_over_by", "worker")
            ),
        )
        field.queryset = User.objects.filter(pk__in={pk for held in field.held for pk in held})
        self.fields["to"].queryset = workers_of([team], today)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("on") and cleaned["on"] < self.today:
            self.add_error("on", "Choose today or a later day.")
        if cleaned.get("to") and cleaned["to"] == cleaned.get("worker"):
            self.add_error("to", "Choose somebody else.")
        return cleaned
