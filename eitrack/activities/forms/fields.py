"""Fields of the log form that keep what was typed and say plainly what to correct."""

from django import forms
from django.forms.models import ModelChoiceIterator

from eitrack.activities.models.time_entry import MOST_MINUTES

MOST_PEOPLE = 999
MINUTE_PARTS = ("contact_minutes", "preparation_minutes", "travel_minutes")
ELSEWHERE = "elsewhere"


class WholeNumberField(forms.IntegerField):
    """A whole number within limits, entered on the numeric keypad.

    Rendered as text, because a browser discards what it cannot read in a number field.
    """

    def __init__(self, *, most, unit, quick_values=(), **kwargs):
        sentence = f"Type a whole number from 0 to {most}."
        kwargs.setdefault("required", False)
        kwargs["widget"] = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        kwargs["error_messages"] = {
            "invalid": sentence,
            "min_value": sentence,
            "max_value": f"At most {most} {unit} fit here. {sentence}",
            "required": sentence,
            **kwargs.get("error_messages", {}),
        }
        super().__init__(min_value=0, max_value=most, **kwargs)
        self.offer(quick_values)

    def validate(self, value):
        """Whether a number may be missing depends on other fields: the form's rules look at it."""

    def offer(self, values):
        """Usual values as buttons beside the field, where scripts run."""
        if values:
            self.widget.attrs["data-quick-values"] = ",".join(str(value) for value in values)


def count_field(label, **kwargs):
    return WholeNumberField(label=label, most=MOST_PEOPLE, unit="in one entry", **kwargs)


def minutes_field(label, **kwargs):
    return WholeNumberField(label=label, most=MOST_MINUTES, unit="minutes (16 hours)", **kwargs)


def number(text):
    return int(str(text)[:18]) if str(text).isdecimal() else None


class SiteIterator(ModelChoiceIterator):
    """Usual sites first, then all others by name, then "somewhere else"."""

    def __iter__(self):
        yield ("", "Choose a site")
        sites = {site.pk: site for site in self.queryset}
        usual = [sites.pop(pk) for pk in self.field.usual if pk in sites]
        others = [site for site in sites.values() if not site.is_provisional]
        if usual:
            yield ("Usual", [self.choice(site) for site in usual])
        if others:
            yield ("All others" if usual else "Sites", [self.choice(site) for site in others])
        if self.field.has_elsewhere:
            yield (ELSEWHERE, "Somewhere else")


class SiteField(forms.ModelChoiceField):
    """A site, or ELSEWHERE."""

    iterator = SiteIterator
    usual = ()
    has_elsewhere = True
    found = {}

    def to_python(self, value):
        if value in self.empty_values or value == ELSEWHERE:
            return value or None
        if site := self.site(value):
            return site
        raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")

    def site(self, value):
        """The site with this key and its agency, or None; read once."""
        if value not in self.found:
            self.found = {value: self.queryset.with_agency().filter(pk=number(value)).first()}
        return self.found[value]

    def validate(self, value):
        """Whether a site may be missing depends on "somewhere else": the form's rules look."""


class CaseField(forms.ModelChoiceField):
    """Cases by the number EITrack gave them, never by reference."""

    def label_from_instance(self, case):
        closed = f" (closed {case.closed_on:%-d %b})" if case.closed_on else ""
        return f"{case}{closed}"


class ReferenceField(forms.CharField):
    """A case reference as typed; never prefilled from an address, and never stored."""

    def __init__(self, **kwargs):
        attrs = {"autocomplete": "off", "spellcheck": "false"}
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attrs), **kwargs)


class HatField(forms.ModelChoiceField):
    """One of the hats that were already read for its choices; it is not read again."""

    hats = ()

    def offer(self, hats):
        self.hats = hats
        self.choices = [
            *([("", self.empty_label)] if self.empty_label else []),
            *((hat.pk, f"{hat}, {hat.team}") for hat in hats),
        ]

    def to_python(self, value):
        if value in self.empty_values:
            return None
        for hat in self.hats:
            if str(hat.pk) == str(value):
                return hat
        raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
