"""Where everything is told that happened to a record."""

from django import template
from django.urls import reverse
from django.utils.http import urlencode

register = template.Library()


@register.filter
def trail_url(record):
    query = urlencode({"kind": record._meta.label, "record": record.pk})
    return f"{reverse('stewardship:trail_list')}?{query}"
