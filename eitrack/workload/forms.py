from collections import Counter

from django import forms

from eitrack.accounts.models import User
from eitrack.activities.choices import SeriesRole
from eitrack.activities.models import SeriesWorker
from eitrack.cases.models import Allocation
from eitrack.cases.teams import workers_of
from eitrack.common.fields import DayField
from eitrack.common.words import plural


class HolderChoice(forms.ModelChoiceField):
    """A worker with what they hold in the team."""

    def label_from_instance(self, worker):
        cases = plural(self.cases[worker.pk], "case", "cases")
        return f"{worker}: {cases}, {self.serieses[worker.pk]} series"


class ReallocationForm(forms.Form):
    """Whose cases and series go to whom, from which day on."""

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
    on = DayField(label="From")

    def __init__(self, *args, team, today, worker=None, **kwargs):
        super().__init__(*args, initial={"on": today, "worker": worker}, **kwargs)
        self.today = today
        field = self.fields["worker"]
        field.cases = Counter(
            Allocation.objects.filter(
                team=team, until_on__isnull=True, case__closed_on__isnull=True
            ).values_list("worker", flat=True)
        )
        leads = SeriesWorker.objects.filter(role=SeriesRole.LEAD, series__team=team)
        current = leads.not_ended(today).exclude(series__until_on__lt=today)
        field.serieses = Counter(current.values_list("worker", flat=True))
        field.queryset = User.objects.filter(pk__in={*field.cases, *field.serieses})
        self.fields["to"].queryset = workers_of([team], today)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("on") and cleaned["on"] < self.today:
            self.add_error("on", "Choose today or a later day.")
        if cleaned.get("to") and cleaned["to"] == cleaned.get("worker"):
            self.add_error("to", "Choose somebody else.")
        return cleaned
