"""What forms of several rooms do alike."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.forms.models import ModelChoiceIterator, ModelFormMetaclass

from eitrack.common.fields import YesNoSelect
from eitrack.common.horizon import STILL_TO_COME


class WholeFormMetaclass(ModelFormMetaclass):
    """Looks at each form once it is made, after all that its class and their bases do to it."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        form = super().__call__(*args, **kwargs)
        # A page shows it first as it is filled in; of one that was sent nothing needs a place.
        if not form.is_bound:
            refuse_unplaced(form)
        return form


class WholeModelForm(forms.ModelForm, metaclass=WholeFormMetaclass):
    """A model form that cannot lose a field: what it asks has a place on its page.

    A field that no layout names is not shown, so it comes back empty with the next save and takes
    the record's own value with it. Every model form of the house is one of these.
    """


def refuse_unplaced(form: forms.BaseForm) -> None:
    """Without a layout of its own a form is shown whole."""
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
    """What a list says where nothing is chosen, in place of a row of dashes.

    Lists alone have one; of others nothing is changed.
    """
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = words
    if not isinstance(field, forms.ChoiceField):
        return
    choices: Any = field.choices
    if not isinstance(choices, ModelChoiceIterator):
        field.choices = [("", words), *(pair for pair in choices if pair[0] != "")]


def name_the_empty_choices(form: forms.BaseForm, words: Mapping[str, str]) -> None:
    """The words of several fields by name; one that the form does not ask is passed over."""
    for name, said in words.items():
        if name in form.fields:
            name_the_empty_choice(form.fields[name], said)


def refuse_future(form: Any, *names: str) -> None:
    """Of these days none may lie after the form's `today`."""
    for name in names:
        day = form.cleaned_data.get(name)
        if day and day > form.today:
            form.add_error(name, STILL_TO_COME)


def retype(form: Any, **values: object) -> None:
    """Give fields of a form that was sent other values, as if these had been typed."""
    form.data = form.data.copy()
    for name, value in values.items():
        form.data[form.add_prefix(name)] = str(value)


def as_sent(field: forms.Field, value: Any) -> Any:
    """A value as the browser would send it; several as a list."""
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
