"""How many fields of a form are filled in: the number of active filters."""

from django import template
from django.forms import BaseForm

from eitrack.common.layout import EMPTY

register = template.Library()


@register.filter
def filled(form: BaseForm) -> int:
    """The number of visible fields of a bound form with a value."""
    if not form.is_bound:
        return 0
    return sum(field.value() not in EMPTY for field in form.visible_fields())
