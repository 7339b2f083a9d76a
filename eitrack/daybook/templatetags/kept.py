"""`{% csrf_token %}` with the signed owner of the form, so that no form can omit it.

A builtin of every template (settings, TEMPLATES).
"""

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from eitrack.daybook.kept import KEY, OWNER, signed_owner

register = template.Library()
HIDDEN = '<input type="hidden" name="{}" value="{}">'


class FormTokensNode(CsrfTokenNode):
    def render(self, context):
        tokens = super().render(context)
        request = getattr(context, "request", None)
        if request is None or not tokens or not request.user.is_authenticated:
            return tokens
        tokens += format_html(HIDDEN, OWNER, signed_owner(request.user))
        if kept := getattr(request, "kept_form", None):
            tokens += format_html(HIDDEN, KEY, kept.key)
        return tokens


@register.tag
def csrf_token(parser, token):
    return FormTokensNode()
