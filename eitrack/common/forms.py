"""What forms of several rooms share."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.forms.models import ModelChoiceIterator, ModelFormMetaclass

from eitrack.common.fields import YesNoSelect
from eitrack.common.horizon import STILL_TO_COME


class WholeFormMetaclass(ModelFormMetaclass):
    """Checks each form once it is constructed."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        form = super().__call__(*args, **kwargs)
        # A page shows it first as it is filled in; of one that was sent nothing needs a place.
        if not form.is_bound:
            refuse_unplaced(form)
        return form


class WholeModelForm(forms.ModelForm, metaclass=WholeFormMetaclass):
    """A model form that cannot lose a field: every field has a place in its layout.

    A field missing from the layout is not shown, so the next save would empty it. Every model form
    is one of these.
    """


def refuse_unplaced(form: forms.BaseForm) -> None:
    """Without a layout of its own, a form shows all its fields."""
    layout = getattr(getattr(form, "helper", None), "layout", None)
    if layout is None:
        return
    placed = {pointer.name for pointer in layout.get_field_names()}
    if unplaced := sorted(set(form.fields) - placed):
        raise ImproperlyConfigured(
            f"{type(form).__name__} has no place for {', '.join(unplaced)} on its page: the next "
            "save would empty it. Name it in the layout, or take it out of the form."
        )


def name_the_empty_choice(field: forms.Field, words: str) -> None:
    """The label of the empty choice of a list, instead of dashes.

    Other fields have none and are not changed.
    """
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = words
    if not isinstance(field, forms.ChoiceField):
        return
    choices: Any = field.choices
    if not isinstance(choices, ModelChoiceIterator):
        field.choices = [("", words), *(pair for pair in choices if pair[0] != "")]


def name_the_empty_choices(form: forms.BaseForm, words: Mapping[str, str]) -> None:
    """The labels for several fields by name; missing fields are skipped."""
    for name, said in words.items():
        if name in form.fields:
            name_the_empty_choice(form.fields[name], said)


def refuse_future(form: Any, *names: str) -> None:
    """None of these dates may be after the form's `today`."""
    for name in names:
        day = form.cleaned_data.get(name)
        if day and day > form.today:
            form.add_error(name, STILL_TO_COME)


def retype(form: Any, **values: object) -> None:
    """Replace values in the data of a form that was sent, as if they had been typed."""
    form.data = form.data.copy()
    for name, value in values.items():
        form.data[form.add_prefix(name)] = str(value)


def as_sent(field: forms.Field, value: Any) -> Any:
    """A value as the browser would send it; several values as a list."""
    value = field.prepare_value(value)
    if isinstance(value, (list, tuple, set)) or hasattr(value, "values_list"):
        return sorted(str(getattr(one, "pk", one)) for one in value)
    if isinstance(field.widget, forms.CheckboxInput):
        return ["on"] if value else []
    if isinstance(field.widget, YesNoSelect):
        return field.widget.format_value(value)
    if hasattr(value, "isoformat"):
        return field.widget.format_value(value)
    return "" if value is None else str(value)
