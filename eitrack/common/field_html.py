"""A form field as HTML: label, help, errors, input.

Written in Python, since a template for each part of twenty fields costs more than the rest of the
page. `templates/eitrack/field.html` and `choice_list.html` define the markup.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.forms import BoundField, widgets
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

OPTIONAL = ' <span class="field-optional">(optional)</span>'
SIMPLE_INPUTS = {
    f"django/forms/widgets/{name}.html"
    for name in ("input", "text", "number", "email", "url", "password", "hidden", "date", "time")
} | {"django/forms/widgets/checkbox.html"}


def field_html(
    field: BoundField,
    *,
    shown: bool = True,
    errors: bool = True,
    optional: bool = True,
    inline: bool = False,
    css: str = "",
    help_after: bool = False,
) -> SafeString:
    """`shown`: whether its label is visible; `optional`: whether it is marked as optional.

    `help_after`: the help is below the input, if it has links that could be tapped by mistake.
    """
    widget = field.field.widget
    if widget.is_hidden:
        return mark_safe(input_html(field))
    wrong = field.errors if errors else ()
    classes = f"{' has-error' if field.errors else ''}{' is-inline' if inline else ''}"
    classes += f" {escape(css)}" if css else ""
    label: str = conditional_escape(field.label)
    help_text, mistakes = help_html(field), errors_html(field, wrong)
    if isinstance(widget, widgets.CheckboxInput):
        return mark_safe(
            f'<div class="field field-checkbox{classes}">{mistakes}'
            f'<label class="choice" for="{field.id_for_label}">{input_html(field)}'
            f"<span>{label}</span></label>{help_text}</div>"
        )
    seen = "" if shown else " visually-hidden"
    if optional and not field.field.required:
        label += OPTIONAL
    if field.use_fieldset:
        described = field.aria_describedby
        described = f' aria-describedby="{escape(described)}"' if described else ""
        is_list = isinstance(widget, widgets.ChoiceWidget)
        inner = "choices" if is_list else "several-inputs"
        body = choices_html(field) if is_list else str(field)
        return mark_safe(
            f'<fieldset class="field{" field-choices" if is_list else ""}{classes}" '
            f'id="{field.auto_id}" tabindex="-1"{described}>'
            f'<legend class="field-label{seen}">{label}</legend>{help_text}{mistakes}'
            f'<div class="{inner}">{body}</div></fieldset>'
        )
    return mark_safe(
        f'<div class="field{classes}"><label class="field-label{seen}" '
        f'for="{field.id_for_label}">{label}</label>{"" if help_after else help_text}'
        f"{mistakes}{input_html(field)}{days_html(field)}{look_html(field)}"
        f"{help_text if help_after else ''}</div>"
    )


def days_html(field: BoundField) -> str:
    """The one-tap days of a date field."""
    if not getattr(field.field, "days", ()):
        return ""
    return render_to_string("eitrack/days.html", {"field": field})


def look_html(field: BoundField) -> str:
    """A button that shows the form again, if it depends on the answer and no script updates it."""
    if not getattr(field.field, "follows", False):
        return ""
    return (
        '<button class="button-link" type="submit" name="look" value="1" '
        'data-saving="Looking…">Show what is agreed there</button>'
    )


def help_html(field: BoundField) -> str:
    if not field.help_text:
        return ""
    return f'<div class="field-help" id="{field.auto_id}_helptext">{field.help_text}</div>'


def errors_html(field: BoundField, errors: Iterable[Any]) -> str:
    if not errors:
        return ""
    lines = "".join(f"<p>{conditional_escape(error)}</p>" for error in errors)
    return f'<div class="field-errors" id="{field.auto_id}_error">{lines}</div>'


def input_html(field: BoundField) -> str:
    """The output of Django's widget templates, without rendering them for plain widgets."""
    widget = field.field.widget
    if widget.template_name in SIMPLE_INPUTS:
        shown = widget.get_context(field.html_name, field.value(), attributes_of(field))["widget"]
        value = "" if shown["value"] is None else f' value="{conditional_escape(shown["value"])}"'
        return (
            f'<input type="{shown["type"]}" name="{escape(shown["name"])}"{value}'
            f"{flat(shown['attrs'])}>"
        )
    if widget.template_name == widgets.Select.template_name:
        return select_html(field, widget)
    return str(field)


def attributes_of(field: BoundField) -> dict[str, Any]:
    attrs = field.build_widget_attrs({})
    if field.auto_id and "id" not in field.field.widget.attrs:
        attrs["id"] = field.auto_id
    return attrs


def select_html(field: BoundField, widget: widgets.Select) -> str:
    formatted = widget.format_value(field.value())
    chosen = {formatted} if isinstance(formatted, str) else set(formatted)
    attrs = widget.build_attrs(widget.attrs, attributes_of(field))
    if widget.allow_multiple_selected:
        attrs["multiple"] = True

    def option(value: object, label: Any) -> str:
        value, mark = str("" if value is None else value), ""
        if value in chosen:
            mark = " selected"
            if not widget.allow_multiple_selected:
                chosen.clear()
        return f'<option value="{escaped(value)}"{mark}>{escaped(label)}</option>'

    parts = []
    for value, label in widget.choices:
        if isinstance(label, (list, tuple)):
            options = "".join(option(*pair) for pair in label)
            parts.append(f'<optgroup label="{escape(value)}">{options}</optgroup>')
        else:
            parts.append(option(value, label))
    return f'<select name="{escape(field.html_name)}"{flat(attrs)}>{"".join(parts)}</select>'


def choices_html(field: BoundField) -> str:
    """Radio buttons or check boxes in their labels, under the headings of their groups."""
    widget = field.field.widget
    attrs = field.build_widget_attrs({"id": widget.attrs.get("id") or field.auto_id})
    # An option has the attributes of all, around an id of its own.
    of_all = widget.build_attrs(widget.attrs, attrs)
    names = list(of_all)
    place = names.index("id")
    before, after = (
        flat({name: of_all[name] for name in some}) for some in (names[:place], names[place + 1 :])
    )
    start = f'"><input type="{widget.input_type}" name="{escaped(field.html_name)}" value="'
    values, has_chosen = widget.format_value(field.value()), False
    parts = []

    def option(number: str, value: Any, label: Any) -> str:
        nonlocal has_chosen
        is_chosen = (not has_chosen or widget.allow_multiple_selected) and str(value) in values
        has_chosen |= is_chosen
        mark = f"{of_all['id']}_{number}"
        return (
            f'<label class="choice" for="{mark}{start}{escaped("" if value is None else value)}"'
            f'{before} id="{escaped(mark)}"{after}{" checked" if is_chosen else ""}>'
            f"<span>{escaped(label)}</span></label>"
        )

    for index, (value, label) in enumerate(widget.choices):
        if isinstance(label, (list, tuple)):
            if value:
                parts.append(f'<p class="choices-group">{escaped(value)}</p>')
            parts += [option(f"{index}_{number}", *pair) for number, pair in enumerate(label)]
        else:
            parts.append(option(str(index), "" if value is None else value, label))
    return "".join(parts)


@lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    return str(escape(text))


def escaped(value: Any) -> str:
    """Plain text as HTML, remembered, since lists say the same on every page; markup as it is."""
    return _escaped(value) if type(value) is str else str(conditional_escape(value))


def flat(attrs: Mapping[str, Any]) -> str:
    """Attributes of a tag in order: True is the bare name, False is left out."""
    return "".join(
        f" {name}" if value is True else f' {name}="{escaped(value)}"'
        for name, value in attrs.items()
        if value is not False and value is not None
    )
