"""Fields of the log form that keep what was typed and say plainly what to correct."""

from django import forms
from django.forms.models import ModelChoiceIterator

from eitrack.activities.models.time_entry import MOST_MINUTES
from eitrack.common.fields import SeveralField
from eitrack.common.hours import DECIMAL, length_typed
from eitrack.directory.lists import agencies_merged, site_offered, sites_merged, sites_offered
from eitrack.directory.models import Site

MOST_PEOPLE = 999
MINUTE_PARTS = ("contact_minutes", "preparation_minutes", "travel_minutes")
ELSEWHERE = "elsewhere"
HOW_LONG = f"Type minutes from 0 to {MOST_MINUTES}, or a length as 1:30, 1h30 or 1.5 h."


class WholeNumberField(forms.IntegerField):
    """A whole number within limits, entered on the numeric keypad.

    Rendered as text, because a browser discards what it cannot read in a number field.
    """

    def __init__(self, *, most, unit, sentence="", quick_values=(), **kwargs):
        sentence = sentence or f"Type a whole number from 0 to {most}."
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


class MinutesField(WholeNumberField):
    """Minutes: "90", or a length with its unit, as "1:30", "1h30" or "1.5 h" (SPEC, rule 5)."""

    def __init__(self, **kwargs):
        unit = "minutes (16 hours)"
        super().__init__(most=MOST_MINUTES, unit=unit, sentence=HOW_LONG, **kwargs)

    def to_python(self, value):
        if not isinstance(value, str):
            return super().to_python(value)
        typed = value.strip()
        if DECIMAL.fullmatch(typed):
            raise forms.ValidationError(f"Is {typed} hours? Then type {typed} h, else the minutes.")
        minutes = length_typed(typed)
        return super().to_python(typed if minutes is None else minutes)


def number(text):
    return int(str(text)[:18]) if str(text).isdecimal() else None


class MergedPlaceMixin:
    """A place that was merged since the form was opened means the one that stays.

    `merged()` is {key: key of the one that stays}, asked only for what is not offered.
    """

    meant = {}

    def prepare_value(self, value):
        value = super().prepare_value(value)
        if isinstance(value, list):
            return [self.meant.get(str(one), one) for one in value]
        return self.meant.get(str(value), value)

    def stays_for(self, value):
        """The key that a sent one stands for by now, or None."""
        stays = self.merged().get(number(value))
        if stays is not None:
            self.meant = {**self.meant, str(value): stays}
        return stays


class AgencyField(MergedPlaceMixin, forms.ModelChoiceField):
    """One agency."""

    merged = staticmethod(agencies_merged)

    def to_python(self, value):
        try:
            return super().to_python(value)
        except forms.ValidationError:
            if stays := self.stays_for(value):
                return super().to_python(stays)
            raise


class AgenciesField(MergedPlaceMixin, SeveralField):
    """Several of them."""

    merged = staticmethod(agencies_merged)

    def clean(self, value):
        try:
            return super().clean(value)
        except forms.ValidationError:
            return super().clean([self.stays_for(one) or one for one in value])


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


class SiteField(MergedPlaceMixin, forms.ModelChoiceField):
    """A site, or ELSEWHERE: those in use on the day, and the one a record has."""

    iterator = SiteIterator
    merged = staticmethod(sites_merged)
    user = day = kept = None
    usual = ()
    has_elsewhere = True
    found = {}

    def offer(self, user, day, kept=None):
        self.user, self.day, self.kept = user, day, kept

    def listed(self):
        """{key: (name, whether it is provisional)} of all that are offered."""
        sites = {pk: named for pk, *named in sites_offered(self.user, self.day)}
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
            self.found = {value: None if (pk := number(value)) is None else self.with_key(pk)}
        return self.found[value]

    def with_key(self, pk):
        if site := site_offered(self.user, pk, self.day):
            return site
        if pk == self.kept:
            return Site.objects.with_agency().get(pk=pk)
        stays = self.stays_for(pk)
        return stays and self.with_key(stays)

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
