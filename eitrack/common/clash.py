"""A clash: the record as it is now beside what was typed, field by field (rule 9).

The form is bound to what was typed, with the current record as its instance, so the fields that
differ are those the form itself reports as changed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from eitrack.common.forms import as_sent
from eitrack.common.words import NOTHING, day_and_year, listed, yes_or_no

# A button with this name takes over the other user's value of the field that is its value.
TAKE = "take"
# Fields about the change itself, not about the record.
NOT_COMPARED = {"change_reason", "has_confirmed_long_day", "is_none_of_these"}
NOT_SHOWN = "not shown"


@dataclass
class Difference:
    name: str
    label: str
    now: str
    typed: str


@dataclass
class Clash:
    """Who saved it and when, as far as this user may know, and the fields that differ."""

    who: str
    at: datetime | None
    differences: list[Difference]
    is_final: bool = False


def differences(form: Any) -> list[Difference]:
    """The fields that differ, in the order of the form.

    Its `zero_when_empty` are fields in which nothing typed is 0.
    """
    found, zeros = [], getattr(form, "zero_when_empty", ())
    for name in form.changed_data:
        if form[name].is_hidden or name in NOT_COMPARED:
            continue
        field, nothing = form.fields[name], 0 if name in zeros else None
        now = in_words(field, form[name].initial or nothing)
        typed = in_words(field, form[name].data or nothing)
        if now != typed:
            found.append(Difference(name, form[name].label, now, typed))
    return found


def with_theirs(form: Any, name: str) -> Any:
    """The typed data with the record's current value of one field."""
    data = form.data.copy()
    if name in form.fields and name not in NOT_COMPARED:
        value = as_sent(form.fields[name], form[name].initial)
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def in_words(field: Any, value: Any) -> str:
    """A value as text for a person; one that cannot be read stays as typed."""
    if isinstance(field, forms.BooleanField):
        answer = field.to_python(value)
        return NOTHING if answer is None else yes_or_no(answer)
    value = field.prepare_value(value)
    if value in (None, "", [], ()):
        return NOTHING
    if isinstance(field, forms.ChoiceField):
        labels = labels_of(field)
        several = value if isinstance(value, (list, tuple)) else [value]
        return listed([labels.get(str(one), NOT_SHOWN) for one in several])
    try:
        value = field.to_python(value)
    except forms.ValidationError:
        return str(value)
    if isinstance(field, forms.DateField):
        return day_and_year(value)
    if isinstance(field, forms.TimeField):
        return f"{value:%H:%M}"
    return str(field.prepare_value(value))


def labels_of(field: Any) -> dict[str, str]:
    """The label of each choice, without the groups."""
    labels: dict[str, str] = {}
    for value, label in field.choices:
        inner = label if isinstance(label, (list, tuple)) else [(value, label)]
        labels |= {str(one): str(words) for one, words in inner}
    return labels
