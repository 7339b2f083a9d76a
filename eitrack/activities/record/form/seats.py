"""A session of a programme: seats are ticked by number, and the headcount is their number."""

from functools import partial

from django import forms

from eitrack.activities.forms.fields import WholeNumberField
from eitrack.activities.record.form.activity import ActivityForm
from eitrack.activities.record.form.wording import worded
from eitrack.common.layout import Fold, Row

MAKE_UP = "makes_up_"


@worded
class SeatForm(ActivityForm):
    """The log form for `series`, a programme with seats; never a name beside a number."""

    with_seats = forms.BooleanField(widget=forms.HiddenInput, initial=True, required=False)

    def __init__(self, *args, series, **kwargs):
        self.programme = series
        super().__init__(*args, **kwargs)
        self.fields["with_seats"] = self.declared_fields["with_seats"]
        for name in ("attendance", "band"):
            self.fields.pop(name, None)
        self.fields["series"].widget = forms.HiddenInput()
        self.fields["series"].required = True
        self.initial["series"] = series.pk
        self.offer_seats()

    def offer_seats(self):
        numbers = range(1, self.programme.seats + 1)
        marks = list(self.instance.seat_marks.all()) if self.instance.pk else []
        # Seats marked before the programme was made smaller.
        self.numbers = sorted({*numbers, *(mark.seat for mark in marks)})
        self.fields["seats"] = forms.TypedMultipleChoiceField(
            label="Who came: tick the seats",
            choices=[(number, f"Seat {number}") for number in self.numbers],
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="The headcount is the number of ticks. If nobody came, tick none.",
        )
        self.initial.setdefault("seats", [mark.seat for mark in marks if mark.is_present])
        for number in self.numbers:
            self.fields[f"{MAKE_UP}{number}"] = WholeNumberField(
                label=f"Seat {number}: session", most=200, unit="sessions"
            )
        for mark in marks:
            self.initial[f"{MAKE_UP}{mark.seat}"] = mark.makes_up_for

    @property
    def helper(self):
        helper = super().helper
        hidden = [field for field in helper.layout.fields if self.is_hidden_name(field)]
        others = [field for field in helper.layout.fields if field not in hidden]
        make_ups = [f"{MAKE_UP}{number}" for number in self.numbers]
        fold = Fold("Making up a missed session", Row(*make_ups))
        helper.layout.fields = [*hidden, "seats", *others, fold]
        return helper

    def is_hidden_name(self, field):
        return isinstance(field, str) and self[field].is_hidden

    def clean(self):
        ticked = self.cleaned_data.get("seats", [])
        if not self.cleaned_data.get("not_run_reason"):
            self.cleaned_data["attendance"] = len(ticked)
        elif ticked:
            self.add_error("seats", "It did not run: tick no seat. If nobody came, it ran.")
        for number in self.numbers:
            name = f"{MAKE_UP}{number}"
            if self.cleaned_data.get(name) and number not in ticked:
                self.add_error(name, f"Tick seat {number} too, or leave this empty.")
        return super().clean()

    @property
    def seats(self):
        """(seat, is present, makes up for session) of each seat."""
        ticked = set(self.cleaned_data["seats"])
        return [
            (number, number in ticked, self.cleaned_data.get(f"{MAKE_UP}{number}") or None)
            for number in self.numbers
        ]


def form_to_change(activity):
    """Ticked seats are changed as seats, a typed number as a number."""
    if activity.series_id and activity.series.seats and activity.seat_marks.exists():
        return partial(SeatForm, series=activity.series)
    return ActivityForm
