"""Forms for a change of level, a hand-over, a joint case and a closing."""

from datetime import timedelta

from django import forms

from eitrack.cases.choices import EndReason
from eitrack.cases.forms import fields
from eitrack.cases.forms.facts import level_field
from eitrack.common.fields import DayField
from eitrack.common.forms import refuse_future
from eitrack.common.words import day_and_year

# How far ahead a hand-over may be planned.
PLANNED_WEEKS = 26


class ChangeForm(fields.CaseChangeForm):
    """A change to an open case from a day; `on` is today by default."""

    on = DayField(label="From")

    def __init__(self, *args, case, today, **kwargs):
        initial = {"version": case.version, "on": today}
        super().__init__(*args, initial=initial, **kwargs)
        self.case, self.today = case, today
        self.order_fields(self.order)

    order = ()


class LevelForm(ChangeForm):
    level = level_field()
    order = ("level", "on")

    def clean(self):
        refuse_future(self, "on")
        return super().clean()


class StepForm(ChangeForm):
    """A closing with a given reason: stepped up, or stepped down."""

    on = DayField(label="Last day")

    def __init__(self, *args, reason="", **kwargs):
        super().__init__(*args, **kwargs)
        self.reason = reason

    def clean(self):
        refuse_future(self, "on")
        return {"reason": self.reason, **super().clean()}


class CloseForm(StepForm):
    """A closing with a choice of reason."""

    reason = forms.ChoiceField(
        label="Why it closes",
        choices=EndReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it closes."},
    )
    order = ("reason", "on")


class ShareForm(ChangeForm):
    """A second worker from a day; `people` are placements of those who may."""

    to = fields.HolderField(label="Second worker")
    order = ("to", "on")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].offer(people)

    def clean(self):
        cleaned = super().clean()
        on = cleaned.get("on")
        if on and on > self.today + timedelta(weeks=PLANNED_WEEKS):
            last = day_and_year(self.today + timedelta(weeks=PLANNED_WEEKS))
            self.add_error("on", f"Choose a day until {last}.")
        else:
            fields.refuse_without_post(self, "to", on)
        return cleaned


class AllocationField(forms.ModelChoiceField):
    def label_from_instance(self, allocation):
        return f"{allocation.worker}, {allocation.team}"


class HandoverForm(ShareForm):
    """One of its workers hands it over; `allocations` are the running ones."""

    allocation = AllocationField(
        label="Who hands it over",
        queryset=None,
        empty_label="Choose who hands it over",
        error_messages={
            "required": "Choose who hands it over.",
            "invalid_choice": "This is no longer theirs. Choose who has it now.",
        },
    )
    to = fields.HolderField(label="Who works on it from then on")
    order = ("allocation", "to", "on")

    def __init__(self, *args, allocations, user, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["allocation"]
        field.queryset = allocations.select_related("worker", "team")
        running = list(field.queryset)
        own = [allocation for allocation in running if allocation.worker_id == user.pk]
        first = own or running
        self.initial["allocation"] = first[0].pk if first else None
        if len(running) == 1:
            field.widget = forms.HiddenInput()
            field.empty_label = None
