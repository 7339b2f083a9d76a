"""The form pack's tags: a field as `eitrack.common.field_html` writes it, fields in their order."""

from django import template

from eitrack.common import field_html as html

register = template.Library()


@register.simple_tag(takes_context=True)
def field_html(context, inline=False):
    """The `field` of the context, with what layouts say of it."""
    return html.field_html(
        context["field"],
        shown=context.get("form_show_labels") is not False,
        errors=context.get("form_show_errors") is not False,
        optional=not context.get("hide_optional"),
        inline=inline or context.get("inline", False),
        css=context.get("wrapper_class") or "",
        help_after=context.get("help_after", False),
    )


@register.filter
def in_page_order(form):
    """The form's fields as its layout has them; as they were declared where it has none."""
    layout = getattr(getattr(form, "helper", None), "layout", None)
    shown = [one.name for one in layout.get_field_names()] if layout else []
    names = [*shown, *(name for name in form.fields if name not in shown)]
    return [form[name] for name in names if name in form.fields]
