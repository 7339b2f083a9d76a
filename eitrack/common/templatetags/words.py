"""The words of `eitrack.common.words` as template filters."""

from django import template

from eitrack.common import words

register = template.Library()
register.filter("duration", words.duration)
register.filter("hours", words.hours)
register.filter("day", words.day)
register.filter("day_and_year", words.day_and_year)
register.filter("in_fours", words.in_fours)
