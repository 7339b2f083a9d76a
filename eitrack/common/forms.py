"""Model forms that cannot lose a field: what a form asks has a place on its page.

A field that no layout names is not shown, so it comes back empty with the next save and takes the
record's own value with it.
"""

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.forms.models import ModelFormMetaclass


class WholeFormMetaclass(ModelFormMetaclass):
    """Looks at each form once it is made, after all that its class and their bases do to it."""

    def __call__(cls, *args, **kwargs):
        form = super().__call__(*args, **kwargs)
        # A page shows it first as it is filled in; of one that was sent nothing needs a place.
        if not form.is_bound:
            refuse_unplaced(form)
        return form


class WholeModelForm(forms.ModelForm, metaclass=WholeFormMetaclass):
    """What every model form of the house is made of."""


def refuse_unplaced(form):
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
