"""How a form stands on its page: fields, rows of fields, and folds, in Python.

crispy's own fields and rows each render a template, which took a third of the log form's time.
"""

from typing import Any

from crispy_forms import layout as crispy
from crispy_forms.helper import FormHelper
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils.choices import flatten_choices
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from eitrack.common.field_html import field_html

EMPTY: tuple[object, ...] = (None, "", False, [], ())


def is_filled_in(field: BoundField) -> bool:
    """Whether it shows a value; for check boxes, whether one is visible."""
    value = field.value()
    if not getattr(field.field.widget, "allow_multiple_selected", False) or not value:
        return value not in EMPTY
    offered = {str(one) for one, _ in flatten_choices(getattr(field.field, "choices", ()))}
    return any(str(one) in offered for one in value)


def helper_with(layout: crispy.Layout | None = None) -> FormHelper:
    """How crispy shows a form whose `<form>` is the template's."""
    helper = FormHelper()
    helper.form_tag = False
    if layout is not None:
        helper.layout = layout
    return helper


class Parts(crispy.LayoutObject):
    """Fields by their names, and other parts."""

    def __init__(self, *fields: object) -> None:
        self.fields = list(fields)

    def parts_html(self, form: BaseForm, context: Context) -> str:
        return "".join(part_html(part, form, context) for part in self.fields)


class Layout(Parts, crispy.Layout):
    """The whole of a form."""

    def render(
        self, form: BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:
        return mark_safe(self.parts_html(form, context))


class Row(Parts):
    """Fields side by side, where there is room."""

    def render(
        self, form: BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:
        return mark_safe(f'<div class="field-row" >{self.parts_html(form, context)}</div>\n')


class Fold(Parts):
    """Rarely needed fields, folded away under a legend.

    Opens if one of its fields has an error, and shows how many are filled in. Works without a
    script.
    """

    def __init__(
        self,
        legend: str,
        *fields: object,
        css_id: str | None = None,
        css_class: str | None = None,
        is_open: bool = False,
    ) -> None:
        super().__init__(*fields)
        self.legend = legend
        self.css_id = css_id
        self.css_class = css_class
        self.is_open = is_open

    def render(
        self, form: BaseForm, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> Any:
        names = [pointer.name for pointer in self.get_field_names() if pointer.name in form.fields]
        visible = [name for name in names if not form[name].is_hidden]
        if not visible:
            return mark_safe(self.parts_html(form, context))
        hid_optional = context.get("hide_optional", False)
        context["hide_optional"] = True
        fields = self.parts_html(form, context)
        # Layout objects push onto the context and never pop; the newest layer is the one read.
        context["hide_optional"] = hid_optional
        is_open = self.is_open or any(form.errors.get(name) for name in names)
        filled = sum(is_filled_in(form[name]) for name in visible)
        css = f" {self.css_class}" if self.css_class else ""
        mark = f' id="{self.css_id}"' if self.css_id else ""
        said = f' <span class="fold-filled">{filled} filled in</span>' if filled else ""
        return mark_safe(
            f'<details class="fold{css}"{mark}{" open" if is_open else ""}>\n'
            f'  <summary><span class="fold-legend">{conditional_escape(self.legend)}</span>{said}'
            f'</summary>\n  <div class="fold-fields">{fields}</div>\n</details>\n'
        )


def part_html(part: object, form: BaseForm, context: Context) -> str:
    """A field as `templates/eitrack/field.html` prints it; any other part renders itself."""
    if not isinstance(part, str) or part not in form.fields:
        return str(render_field(part, form, context))
    if hasattr(form, "rendered_fields"):
        form.rendered_fields.add(part)
    return f"{field_html(form[part], **said_of_fields(context))}\n"


def said_of_fields(context: Context) -> dict[str, Any]:
    """What layouts say of the fields within, for `field_html`."""
    return {
        "shown": context.get("form_show_labels") is not False,
        "errors": context.get("form_show_errors") is not False,
        "optional": not context.get("hide_optional"),
        "inline": bool(context.get("inline")),
        "css": context.get("wrapper_class") or "",
        "help_after": bool(context.get("help_after")),
    }
