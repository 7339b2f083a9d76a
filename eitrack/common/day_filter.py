import django_filters

from eitrack.common.fields import DayField


class DayFilter(django_filters.DateFilter):
    """Narrows a list by a date within the horizon."""

    field_class = DayField
