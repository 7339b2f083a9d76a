"""The facts of a case, on opening and on changing it."""

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.functional import cached_property

from eitrack.cases.choices import InformalFirst
from eitrack.cases.fields import (
    CONSENT,
    FAMILY,
    LABELS,
    PLAN,
    SECTIONS,
    TOP,
    asked_in,
)
from eitrack.cases.forms import fields
from eitrack.cases.models import Case
from eitrack.common.choices import NeedLevel
from eitrack.common.fields import DayField, YesNoSelect
from eitrack.common.forms import WholeModelForm, name_the_empty_choices, refuse_future
from eitrack.common.layout import Fold, Layout, Row, helper_with
from eitrack.common.versioned import TokenForm
from eitrack.directory.models import Agency

MOST_IN_A_FAMILY = 30
HOW_MANY = f"Type a whole number from 0 to {MOST_IN_A_FAMILY}."
EMPTY_WORDS = {
    "age_of_youngest": "Not known",
    "source_agency": "Not through an agency, or not known",
}
STILL_HERE = "Everything you typed is still here."
TAKEN = (
    "No case can be opened with this reference. Check how it is written; if it is right, ask a "
    "manager."
)
TOO_MANY = (
    "Ten references were wrong today, so none is tried until tomorrow. Ask a manager to open the "
    "case."
)


def rows(fields):
    """Names of fields in their order, those that stand beside each other in one row."""
    found = []
    for field in fields:
        found.append(Row(found.pop(), field.name) if field.is_beside else field.name)
    return found


def folded(fields):
    """Those that stand in the section itself, then a fold for each of the others."""
    inside = [field for field in fields if field.fold]
    outside = [field for field in fields if not field.fold]
    return [*rows(outside), *(Fold(field.fold, field.name) for field in inside)]


def unfolded(fields):
    return rows(sorted(fields, key=lambda field: bool(field.fold)))


def size_field(name):
    messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), HOW_MANY)
    return forms.IntegerField(
        label=LABELS[name],
        initial=1,
        min_value=0,
        max_value=MOST_IN_A_FAMILY,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=messages,
    )


def level_field():
    return forms.TypedChoiceField(
        label=LABELS["level"],
        choices=[("", "Choose the level"), *NeedLevel.choices],
        coerce=int,
        error_messages={
            "required": "Choose the level of need.",
            "invalid_choice": "Levels of need are 1, 2, 3 and 4. Choose one of them.",
        },
    )


def stored(*, at_opening):
    """Names of the fields that are stored on the case itself, as the forms ask for them."""
    asked = [field for section in SECTIONS for field in asked_in(section, at_opening=at_opening)]
    on_the_case = {field.name for field in (*Case._meta.fields, *Case._meta.many_to_many)}
    return [field.name for field in asked if field.name in on_the_case]


class FactsForm(fields.CaseChangeForm, WholeModelForm):
    """`today` limits dates; stored values are prefilled."""

    consent_on = DayField(label=LABELS["consent_on"])
    adults = size_field("adults")
    children = size_field("children")

    class Meta:
        model = Case
        fields = stored(at_opening=False)
        labels = LABELS
        widgets = {
            "has_interpreter": YesNoSelect,
            "has_long_travel": YesNoSelect,
            "informal_first": forms.RadioSelect,
            "agencies_in_plan": forms.CheckboxSelectMultiple,
            "consent_form_version": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        error_messages = {
            "consent_form_version": {
                "required": "Say which version of the consent form was signed."
            },
        }

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["informal_first"].choices = InformalFirst.choices
        name_the_empty_choices(self, EMPTY_WORDS)
        chosen = Agency.objects.filter(planned_cases=self.instance.pk) if self.instance.pk else None
        in_use = Agency.objects.in_use(today)
        source = in_use | Agency.objects.filter(pk=self.instance.source_agency_id)
        self.fields["source_agency"].queryset = source
        plan = in_use if chosen is None else in_use | Agency.objects.filter(pk__in=chosen)
        self.fields["agencies_in_plan"].queryset = plan
        if "version" in self.fields:
            self.initial["version"] = self.instance.version

    @property
    def helper(self):
        return helper_with(self.layout)

    @property
    def layout(self):
        return Layout(
            "version",
            *(
                Fieldset(section, *folded(asked_in(section, at_opening=False)))
                for section in (CONSENT, FAMILY, PLAN)
            ),
        )

    def clean(self):
        cleaned = super().clean()
        opened, consent = cleaned.get("opened_on") or self.instance.opened_on, "consent_on"
        given = cleaned.get(consent)
        if given and opened and given > opened:
            self.add_error(
                consent, "Written consent comes before the case opens, or on the same day."
            )
        if cleaned.get("adults") == 0 and cleaned.get("children") == 0:
            self.add_error("children", "A family has at least one adult or one child.")
        return cleaned


class CaseForm(TokenForm, FactsForm):
    """Opens a case for workers `user` may choose: own hats, or all of the managed teams.

    `carried` are sums of contact before registration (rule 1), which the form shows and stores.
    """

    version = None
    reference = forms.CharField(
        label=LABELS["reference"],
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
        help_text="Kept apart from everything else: pages and files only say “Case” and a number.",
        error_messages={
            "required": "Type the reference that the case has on the social services database.",
            "max_length": "At most 40 characters fit here.",
        },
    )
    opened_on = DayField(label=LABELS["opened_on"])
    level = level_field()
    held_by = fields.HolderField(label=LABELS["held_by"])

    class Meta(FactsForm.Meta):
        fields = stored(at_opening=True)

    def __init__(self, *args, user, carried=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.carried = carried
        holder = self.fields["held_by"]
        holder.offer(fields.may_open_for(user, self.today))
        usual = {
            "opened_on": self.today,
            "consent_form_version": self.usual_form_version(),
            "held_by": holder.initial or holder.key_of(user),
        }
        self.initial = self.initial | usual | kwargs.get("initial", {})
        if len(holder.holders) == 1:
            holder.widget = forms.HiddenInput()

    @cached_property
    def districts(self):
        """Districts it may be opened in, with their definition of a case."""
        teams = [team for _, team in self.fields["held_by"].holders.values()]
        return sorted({team.district for team in teams}, key=str)

    @property
    def has_holders(self):
        return bool(self.fields["held_by"].holders)

    def usual_form_version(self):
        """The version signed last in these teams."""
        teams = [team for _, team in self.fields["held_by"].holders.values()]
        cases = Case.objects.filter(allocations__team__in=teams).order_by("-opened_on", "-pk")
        return cases.values_list("consent_form_version", flat=True).first() or ""

    @property
    def layout(self):
        return Layout(
            "form_token",
            *rows(asked_in(TOP, at_opening=True)),
            *(
                Fieldset(section, *rows(asked_in(section, at_opening=True)))
                for section in (CONSENT, FAMILY)
            ),
            Fold(PLAN, *unfolded(asked_in(PLAN, at_opening=True))),
        )

    def clean(self):
        cleaned = super().clean()
        refuse_future(self, "opened_on")
        fields.refuse_without_post(self, "held_by", cleaned.get("opened_on"))
        if self.carried:
            self.instance.carried_contacts = self.carried.contacts
            self.instance.carried_minutes = self.carried.minutes
            self.instance.carried_weeks = self.carried.weeks
        return cleaned

    # What a form that was sent before changed, if it corrected its case.
    said = ""

    def said_elsewhere(self, case):
        """Fields changed on pages of their own that differ from the case."""
        first = case.allocations.order_by("from_on", "pk").first()
        level = case.level_spells.order_by("from_on", "pk").first()
        holder = self.cleaned_data["held_by"]
        stands = {
            "opened_on": case.opened_on,
            "level": level.level,
            "held_by": (first.worker, first.team),
        }
        typed = {**self.cleaned_data, "held_by": tuple(holder)}
        return [name for name, value in stands.items() if typed[name] != value]

    def say_taken(self, case):
        """As little as possible: not even that a case held by others exists."""
        told = f"You have this family already: {case}." if case else TAKEN
        self.add_error("reference", f"{told} {STILL_HERE}")

    def say_too_many(self):
        self.add_error("reference", f"{TOO_MANY} {STILL_HERE}")

    def saved_before_in_words(self, case):
        return (
            f"This form opened {case} already. Everything you typed is still here: if it is about "
            "another family, save again."
        )
