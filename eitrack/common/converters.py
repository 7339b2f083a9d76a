"""What stands in addresses."""

from django.urls.converters import IntConverter

from eitrack.common.fields import MOST_DIGITS


class WholeNumber(IntConverter):
    """A number that every database can hold: a longer one is no address of ours."""

    regex = f"[0-9]{{1,{MOST_DIGITS}}}"
