from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django.template.loader import render_to_string

EMPTY = (None, "", False, [], ())


class Fold(LayoutObject):
    """Fields that are seldom needed, folded away under a legend.

    Opens by itself when one of its fields has an error, and says how many are filled in, so that
    nothing is hidden by accident. Works without a script.
    """

    template = "%s/fold.html"

    def __init__(self, legend, *fields, css_id=None, css_class=None, is_open=False):
        self.legend = legend
        self.fields = list(fields)
        self.css_id = css_id
        self.css_class = css_class
        self.is_open = is_open

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
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
                "filled": sum(form[name].value() not in EMPTY for name in visible),
            },
        )
