from django import forms

from eitrack.activities.choices import EntryState, Status
from eitrack.activities.forms import fields, rules
from eitrack.common.clash import NOT_COMPARED
from eitrack.common.versioned import OpenedForm
from eitrack.directory.closing import is_closed
from eitrack.directory.models import Placement


class TimeForm(OpenedForm):
    """One worker's own minutes on a colleague's record."""

    not_compared = NOT_COMPARED
    zero_when_empty = fields.MINUTE_PARTS

    placement = fields.HatField(
        label="Hat",
        queryset=Placement.objects.none(),
        error_messages={"required": "Choose the hat you wore."},
    )
    contact_minutes = fields.MinutesField(label="Minutes", required=True)
    preparation_minutes = fields.MinutesField(label="Minutes of preparation")
    travel_minutes = fields.MinutesField(label="Minutes of travel")
    has_confirmed_long_day = forms.BooleanField(
        label="Yes, this day was longer than 12 hours", required=False
    )

    def __init__(self, *args, entry, **kwargs):
        super().__init__(*args, initial=time_values(entry), **kwargs)
        self.entry, self.worker, self.instance = entry, entry.worker, entry.activity
        own = Placement.objects.worn_by(entry.worker)
        hats = list(own.current(entry.date) | own.filter(pk=entry.placement_id))
        field = self.fields["placement"]
        field.empty_label = None
        field.offer(hats)
        if len(hats) == 1:
            field.widget = forms.HiddenInput()
        if "has_confirmed_long_day" not in self.data:
            del self.fields["has_confirmed_long_day"]
        if entry.pk:
            self.remember_opened()

    @property
    def minutes(self):
        return {part: self.cleaned_data.get(part) or 0 for part in fields.MINUTE_PARTS}

    @property
    def is_behind(self):
        return self.was_voided or super().is_behind

    @property
    def was_voided(self):
        return self.instance.status == Status.VOID

    def clash_in_words(self, newest):
        if self.was_voided:
            return (
                "This was voided after you opened it, so no time can be added to it. Everything "
                "you typed is still here."
            )
        return super().clash_in_words(newest)

    def clean(self):
        self.cleaned_data["date"] = self.entry.date
        rules.settle_day(self)
        counts = self.entry.pk and self.entry.state == EntryState.CONFIRMED
        waits = self.instance.status == Status.AWAITING
        if counts and not waits and is_closed(self.entry.date, self.entry.team_id):
            self.add_error(None, "This quarter is closed, so what counts in it stays as it is.")
        return self.cleaned_data


def time_values(entry):
    return {
        **{part: getattr(entry, part) for part in fields.MINUTE_PARTS},
        "placement": entry.placement_id,
    }
