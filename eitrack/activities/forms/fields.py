"""Fields of the log form that keep what was typed and say plainly what to correct."""

from django import forms
from django.forms.models import ModelChoiceIterator

from eitrack.activities.models.time_entry import MOST_MINUTES
from eitrack.directory.lists import site_offered, sites_offered
from eitrack.directory.models import Site

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


def count_field(label=None, **kwargs):
    return WholeNumberField(label=label, most=MOST_PEOPLE, unit="in one entry", **kwargs)


def minutes_field(label=None, **kwargs):
    return WholeNumberField(label=label, most=MOST_MINUTES, unit="minutes (16 hours)", **kwargs)


def number(text):
    return int(str(text)[:18]) if str(text).isdecimal() else None


class SiteIterator(ModelChoiceIterator):
    """Usual sites first, then all others by name, then "somewhere else"."""

    def __iter__(self):
        yield ("", "Choose a site")
        sites = self.field.listed()
        usual = [(pk, sites.pop(pk)[0]) for pk in self.field.usual if pk in sites]
        others = [(pk, name) for pk, (name, is_provisional) in sites.items() if not is_provisional]
        if usual:
            yield ("Usual", usual)
        if others:
            yield ("All others" if usual else "Sites", others)
        if self.field.has_elsewhere:
            yield (ELSEWHERE, "Somewhere else")


class SiteField(forms.ModelChoiceField):
    """A site, or ELSEWHERE: those in use, and the one a record has."""

    iterator = SiteIterator
    user = kept = None
    usual = ()
    has_elsewhere = True
    found = {}

    def offer(self, user, kept=None):
        self.user, self.kept = user, kept

    def listed(self):
        """{key: (name, whether it is provisional)} of all that are offered."""
        sites = {pk: named for pk, *named in sites_offered(self.user)}
        if self.kept and self.kept not in sites:
            kept = Site.objects.filter(pk=self.kept).values_list("pk", "name", "is_provisional")
            sites |= {pk: named for pk, *named in kept}
        return sites

    def to_python(self, value):
        if value in self.empty_values or value == ELSEWHERE:
            return value or None
        if site := self.site(value):
            return site
        raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")

    def site(self, value):
        """The site with this key and its agency, or None; read once."""
        if value not in self.found:
            pk = number(value)
            site = None if pk is None else site_offered(self.user, pk)
            if site is None and pk is not None and pk == self.kept:
                site = Site.objects.with_agency().get(pk=pk)
            self.found = {value: site}
        return self.found[value]

    def validate(self, value):
        """Whether a site may be missing depends on "somewhere else": the form's rules look."""


class CaseField(forms.ModelChoiceField):
    """Cases by the number EITrack gave them, never by reference."""

    def label_from_instance(self, case):
        return case_in_words(case)


def case_in_words(case):
    closed = f" (closed {case.closed_on:%-d %b})" if case.closed_on else ""
    return f"{case}{closed}"


class ReferenceField(forms.CharField):
    """A case reference as typed; never prefilled from an address, and never stored."""

    def __init__(self, **kwargs):
        attrs = {"autocomplete": "off", "spellcheck": "false"}
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attrs), **kwargs)


class OfferedField(forms.ModelChoiceField):
    """One of the records that were already read for its choices; it is not read again."""

    offered = ()

    def offer(self, records):
        self.offered = records
        self.choices = [
            *([("", self.empty_label)] if self.empty_label else []),
            *((one.pk, self.label_from_instance(one)) for one in records),
        ]

    def to_python(self, value):
        if value in self.empty_values:
            return None
        for one in self.offered:
            if str(one.pk) == str(value):
                return one
        raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")


class HatField(OfferedField):
    def label_from_instance(self, hat):
        return f"{hat}, {hat.team}"
