from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.choices import flatten_choices

EMPTY: tuple[object, ...] = (None, "", False, [], ())


def is_filled_in(field: BoundField) -> bool:
    """Whether it shows a value; for check boxes, whether one is visible."""
    value = field.value()
    if not getattr(field.field.widget, "allow_multiple_selected", False) or not value:
        return value not in EMPTY
    offered = {str(one) for one, _ in flatten_choices(getattr(field.field, "choices", ()))}
    return any(str(one) in offered for one in value)


class Fold(LayoutObject):
    """Rarely needed fields, folded away under a legend.

    Opens if one of its fields has an error, and shows how many are filled in. Works without a
    script.
    """

    template = "%s/fold.html"

    def __init__(
        self,
        legend: str,
        *fields: object,
        css_id: str | None = None,
        css_class: str | None = None,
        is_open: bool = False,
    ) -> None:
        self.legend = legend
        self.fields = list(fields)
        self.css_id = css_id
        self.css_class = css_class
        self.is_open = is_open

    def render(
        self, form: BaseForm, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> Any:
        names = [pointer.name for pointer in self.get_field_names() if pointer.name in form.fields]
        visible = [name for name in names if not form[name].is_hidden]
        if not visible:
            return self.get_rendered_fields(form, context, template_pack, **kwargs)
        hid_optional = context.get("hide_optional", False)
        context["hide_optional"] = True
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        # Layout objects push onto the context and never pop; the newest layer is the one read.
        context["hide_optional"] = hid_optional
        return render_to_string(
            self.get_template_name(template_pack),
            {
                "fold": self,
                "legend": self.legend,
                "fields": fields,
                "is_open": self.is_open or any(form.errors.get(name) for name in names),
                "filled": sum(is_filled_in(form[name]) for name in visible),
            },
        )
