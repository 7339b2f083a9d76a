"""What a cell of the workbook holds, as form fields: records by name, lists by their words."""

import re
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django import forms
from django.utils.dateparse import parse_date

from eitrack.accounts.models import User
from eitrack.common import fields
from eitrack.common.hours import hours_typed

DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 00:00)?")
YES, NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")
PARTS, LINES = re.compile(r"[;,\n]"), re.compile(r"[;\n]")

_known: ContextVar[dict | None] = ContextVar("known", default=None)


@contextmanager
def looked_up_once():
    """Records that were found by their name are not asked for again while this lasts."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def plain(text):
    """As words are compared: without case, and with single spaces."""
    return " ".join(text.split()).casefold()


class DayField(fields.DayField):
    """A day as 01/09/2026, day first, or as 2026-09-01."""

    default_error_messages = {"invalid": "Type the day as 01/09/2026."}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        found = DAY_FIRST.fullmatch(value.strip())
        iso = "{2}-{1:0>2}-{0:0>2}".format(*found.groups()) if found else value.strip()
        try:
            day = parse_date(iso)
        except ValueError:
            day = None
        if day is None:
            raise forms.ValidationError(self.error_messages["invalid"])
        return day


class DaysField(forms.CharField):
    """Several days in a cell."""

    def to_python(self, value):
        typed = [part.strip() for part in PARTS.split(super().to_python(value))]
        return sorted({DayField().clean(part) for part in typed if part})


class MomentField(fields.MomentField):
    """A day with its time, as 01/09/2026 14:30; without a time it is noon."""

    default_error_messages = {"invalid": "Type the day and the time as 01/09/2026 14:30."}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        day, _, clock = value.strip().partition(" ")
        found = DAY_FIRST.fullmatch(day)
        iso = "{2}-{1:0>2}-{0:0>2}".format(*found.groups()) if found else day
        return super().to_python(f"{iso} {clock or '12:00'}")


class TimeField(fields.TimeOfDayField):
    """A time of day as 09:30, or as 9.30."""

    def to_python(self, value):
        return super().to_python(value.replace(".", ":") if isinstance(value, str) else value)


class WordField(forms.ChoiceField):
    """One of a list, by its words or its code; capitals do not matter."""

    default_error_messages = {"invalid_choice": "“%(value)s” is not in the list of this column."}

    def to_python(self, value):
        value = super().to_python(value)
        typed = plain(value)
        for code, words in self.choices:
            if typed in (plain(str(words)), plain(str(code))):
                return code
        return value


class YesNoField(forms.BooleanField):
    """Yes or no; an empty cell is no."""

    default_error_messages = {"invalid": "Type Yes or No."}

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, "widget": forms.TextInput, **kwargs})

    def to_python(self, value):
        typed = plain(value or "")
        if typed and typed not in YES + NO:
            raise forms.ValidationError(self.error_messages["invalid"])
        return typed in YES


class YesOrUnsaidField(YesNoField):
    """Yes or no; an empty cell is not known."""

    def to_python(self, value):
        return super().to_python(value) if plain(value or "") else None


class NamedField(forms.ModelChoiceField):
    """A record by its name, of the service as it is or of an earlier sheet."""

    by = "name"

    def __init__(self, queryset, *, sheet, **kwargs):
        super().__init__(queryset, **kwargs)
        self.sheet = sheet

    def to_python(self, value):
        if value in self.empty_values:
            return None
        typed = " ".join(value.split())
        found = self.named(typed)
        if not found:
            raise forms.ValidationError(
                f"“{typed}” is not known: write it as in the sheet {self.sheet}."
            )
        if len(found) > 1:
            raise forms.ValidationError(f"There are several called “{typed}”.")
        return found[0]

    def named(self, typed):
        """At most two records of this name."""
        known = _known.get()
        key = (type(self), self.queryset.model, str(self.queryset.query), plain(typed))
        if known is not None and key in known:
            return known[key]
        found = list(self.queryset.all().filter(**{f"{self.by}__iexact": typed})[:2])
        if known is not None and found:
            known[key] = found
        return found


class PersonField(NamedField):
    """Somebody of the service, by e-mail."""

    by = "email"

    def __init__(self, **kwargs):
        super().__init__(User.objects.all(), sheet="Users", **kwargs)


class PeopleField(forms.CharField):
    """Several e-mails in a cell, with commas, semicolons or line breaks between them."""

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, **kwargs})

    def to_python(self, value):
        one = PersonField()
        typed = [part.strip() for part in PARTS.split(super().to_python(value))]
        return [one.clean(part) for part in typed if part]


class NamesField(forms.CharField):
    """Several records by their names in a cell.

    A name with a comma in it stands alone, or between semicolons or line breaks.
    """

    def __init__(self, queryset, *, sheet, **kwargs):
        super().__init__(**{"required": False, **kwargs})
        self.one = NamedField(queryset, sheet=sheet)

    def to_python(self, value):
        value = super().to_python(value)
        if value and self.one.named(" ".join(value.split())):
            return [self.one.clean(value)]
        between = LINES if LINES.search(value) else PARTS
        typed = [part.strip() for part in between.split(value)]
        return [self.one.clean(part) for part in typed if part]


class WordsField(forms.CharField):
    """Several words of a list in a cell."""

    def __init__(self, *, choices, **kwargs):
        super().__init__(**kwargs)
        self.one = WordField(choices=choices)
        self.choices = choices

    def to_python(self, value):
        typed = [part.strip() for part in PARTS.split(super().to_python(value))]
        return [self.one.clean(part) for part in typed if part]


class MinutesField(forms.CharField):
    """A length of a day's or week's work: 7.5 or 7,5 are hours, 7:30 and 7 h 30 are the same."""

    default_error_messages = {"invalid": "Type hours, for instance 18, 7.5 or 7:30."}

    def to_python(self, value):
        typed = plain(super().to_python(value))
        if not typed:
            return None
        minutes = hours_typed(typed)
        if minutes is None:
            raise forms.ValidationError(self.error_messages["invalid"])
        return minutes


class WholeField(forms.IntegerField):
    default_error_messages = {"invalid": "Type a whole number."}


def as_json(value):
    """A value of a record as JSON has it, for undo."""
    if isinstance(value, datetime) or hasattr(value, "isoformat"):
        return value.isoformat()
    return value
