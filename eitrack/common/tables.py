import django_tables2 as tables
from django_tables2.data import TableQuerysetData

from eitrack.common.words import NOTHING


class BaseTable(tables.Table):
    """What every list of the house shares; `empty_text` says what will be here."""

    class Meta:
        template_name = "components/table.html"
        default = NOTHING
        empty_text = "Nothing here yet."
        per_page = 25

    def paginate(self, *args, **kwargs):
        """Rows that sort alike keep one order, so that no row is on two pages or on none."""
        if self.order_by and isinstance(self.data, TableQuerysetData):
            rows = self.data.data
            self.data.data = rows.order_by(*rows.query.order_by, "-pk")
        return super().paginate(*args, **kwargs)
