"""Contracts and absences, as whoever keeps them types them."""

from crispy_forms.layout import Fieldset
from django import forms

from eitrack.common.fields import DayField
from eitrack.common.forms import WholeModelForm, name_the_empty_choice
from eitrack.common.hours import DayHoursField
from eitrack.common.layout import Layout, Row, helper_with
from eitrack.common.versioned import OpenedForm
from eitrack.common.words import day_and_year, duration
from eitrack.directory.keeping import others_beside, running_before, same_as
from eitrack.directory.models import Absence, Contract
from eitrack.directory.staff import keeps

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MINUTES = [f"{day}_minutes" for day in WEEKDAYS]
WRONG_WAY = "The end cannot lie before the beginning."


class KeptForm(OpenedForm, WholeModelForm):
    """Of the worker of the instance, between days for which `user` keeps them."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        if self.instance.pk:
            self.remember_opened()

    @property
    def helper(self):
        parts = [part for part in self.layout if not isinstance(part, str) or part in self.fields]
        return helper_with(Layout(*parts, *(["opened"] if self.instance.pk else [])))

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if not first or self.has_error("until_on"):
            return cleaned
        if last and last < first:
            self.add_error("until_on", WRONG_WAY)
        elif self.person and not self.may_keep(first, last):
            self.add_error("from_on", f"{self.person} was in none of your teams then.")
        return cleaned

    @property
    def person(self):
        return self.instance.worker

    def may_keep(self, first, last):
        return keeps(self.user, self.person, first, last)

    def _post_clean(self):
        super()._post_clean()
        if not self.errors and not self.is_sent_again:
            self.refuse_others()

    @property
    def is_sent_again(self):
        """Whether it says what was saved of it before."""
        return self.instance.pk is None and same_as(self.instance) is not None

    def refuse_others(self):
        if other := others_beside(self.instance).first():
            self.say_overlap(other)

    def say_overlap(self, other):
        self.add_error("from_on", self.overlap_in_words(other))


class ContractForm(KeptForm):
    """The hours of each weekday, from a day on."""

    not_compared = ("ends_the_one_before",)
    use_required_attribute = False

    monday_minutes = DayHoursField(label="Monday")
    tuesday_minutes = DayHoursField(label="Tuesday")
    wednesday_minutes = DayHoursField(label="Wednesday")
    thursday_minutes = DayHoursField(label="Thursday")
    friday_minutes = DayHoursField(label="Friday")
    saturday_minutes = DayHoursField(label="Saturday")
    sunday_minutes = DayHoursField(label="Sunday")
    from_on = DayField(label="From")
    until_on = DayField(label="Until", required=False)
    first_year_until_on = DayField(
        label="Assessed first year until",
        required=False,
        help_text="Only for somebody newly qualified, who takes fewer cases until then.",
    )
    ends_the_one_before = forms.BooleanField(required=False, initial=True)

    class Meta:
        model = Contract
        fields = [*MINUTES, "is_term_time_only", "first_year_until_on", "from_on", "until_on"]
        labels = {"is_term_time_only": "In term time only"}

    layout = (
        Row("from_on", "until_on"),
        "ends_the_one_before",
        Fieldset("Hours on each day", Row(*MINUTES[:4]), Row(*MINUTES[4:])),
        "is_term_time_only",
        "first_year_until_on",
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        own = Contract.objects.filter(worker=self.instance.worker).order_by("-from_on")
        before = None if self.instance.pk else own.current(today).first()
        if before:
            field = self.fields["ends_the_one_before"]
            hours = duration(before.weekly_minutes)
            field.label = f"The contract of {hours} a week ends the day before"
            self.initial |= {name: getattr(before, name) for name in MINUTES}
        else:
            del self.fields["ends_the_one_before"]

    def clean(self):
        cleaned = super().clean()
        first, year = cleaned.get("from_on"), cleaned.get("first_year_until_on")
        if first and year and year < first:
            self.add_error("first_year_until_on", "This lies before the contract begins.")
        if not any(self.has_error(name) or cleaned.get(name) for name in MINUTES):
            self.add_error(MINUTES[0], "Type the hours of at least one day.")
        return cleaned

    def refuse_others(self):
        others = others_beside(self.instance)
        if self.cleaned_data.get("ends_the_one_before"):
            before = running_before(self.instance)
            others = others.exclude(pk=before and before.pk)
        if other := others.first():
            self.say_overlap(other)

    def overlap_in_words(self, other):
        until = f"until {day_and_year(other.until_on)}" if other.until_on else "without an end"
        return (
            f"A contract of {duration(other.weekly_minutes)} a week runs from "
            f"{day_and_year(other.from_on)} {until}. Change that one first."
        )


class AbsenceForm(KeptForm):
    """From when until when somebody is away; never why."""

    from_on = DayField(label="From")
    until_on = DayField(label="Until", required=False, help_text="Empty for a single day.")

    class Meta:
        model = Absence
        fields = ["worker", "from_on", "until_on", "is_half_day"]
        labels = {"worker": "Who is away", "is_half_day": "Half a day"}
        error_messages = {"worker": {"required": "Choose who is away."}}

    layout = ("worker", Row("from_on", "until_on"), "is_half_day")

    def __init__(self, *args, people=None, **kwargs):
        super().__init__(*args, **kwargs)
        if people is None:
            del self.fields["worker"]
        else:
            self.fields["worker"].queryset = people
            name_the_empty_choice(self.fields["worker"], "Choose one")

    @property
    def person(self):
        if "worker" in self.fields:
            return self.cleaned_data.get("worker")
        return self.instance.worker

    def may_keep(self, first, last):
        return self.person == self.user or super().may_keep(first, last)

    def clean(self):
        if self.cleaned_data.get("until_on", "") is None:
            self.cleaned_data["until_on"] = self.cleaned_data.get("from_on")
        cleaned = super().clean()
        one_day = cleaned.get("from_on") == cleaned.get("until_on")
        if cleaned.get("is_half_day") and not one_day and not self.has_error("until_on"):
            self.add_error("is_half_day", "Half a day begins and ends on the same day.")
        return cleaned

    def overlap_in_words(self, other):
        until = f" until {day_and_year(other.until_on)}" if other.until_on > other.from_on else ""
        return (
            f"{self.instance.worker} is away already: {day_and_year(other.from_on)}{until}. "
            "Change that absence instead."
        )
