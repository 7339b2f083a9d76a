"""Tags of the form pack: a field as `eitrack.common.field_html` writes it, fields in order."""

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils.safestring import SafeString

from eitrack.common import field_html as html
from eitrack.common.layout import said_of_fields

register = template.Library()


@register.simple_tag(takes_context=True)
def field_html(context: Context, inline: bool = False) -> SafeString:
    """The `field` in the context, with the options of layouts."""
    said = said_of_fields(context)
    return html.field_html(context["field"], **(said | {"inline": bool(inline or said["inline"])}))


@register.filter
def in_page_order(form: BaseForm) -> list[BoundField]:
    """The form's fields in the order of its layout, else as declared."""
    layout = getattr(getattr(form, "helper", None), "layout", None)
    shown = [one.name for one in layout.get_field_names()] if layout else []
    names = [*shown, *(name for name in form.fields if name not in shown)]
    return [form[name] for name in names if name in form.fields]
