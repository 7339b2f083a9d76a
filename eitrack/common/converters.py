"""Converters of addresses."""

from django.urls.converters import IntConverter

from eitrack.common.fields import MOST_DIGITS


class WholeNumber(IntConverter):
    """A number within the range of every database; a longer one is a 404."""

    regex = f"[0-9]{{1,{MOST_DIGITS}}}"
