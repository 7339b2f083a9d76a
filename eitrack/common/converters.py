"""What stands in addresses."""

from django.urls.converters import IntConverter


class WholeNumber(IntConverter):
    """A number that every database can hold: a longer one is no address of ours."""

    regex = "[0-9]{1,18}"
