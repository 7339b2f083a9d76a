"""What the filters of these lists share."""

from eitrack.activities.lists.filters import ListFilter


class KeptFilter(ListFilter):
    """Bound without an address, too, so that what it leaves out by default is left out."""

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data if data is not None else {}, *args, **kwargs)

    def pass_through(self, queryset, name, value):
        """Of a filter that another method reads."""
        return queryset
