from collections.abc import Callable
from itertools import cycle
from typing import Any

import django_tables2 as tables
from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django_tables2.data import TableQuerysetData
from django_tables2.utils import A, signature

from eitrack.common.words import NOTHING


class BaseTable(tables.Table):
    """What all lists share; `empty_text` is shown for an empty list."""

    class Meta:
        template_name = "components/table.html"
        default = NOTHING
        empty_text = "Nothing here yet."
        per_page = 25

    def paginate(self, *args: Any, **kwargs: Any) -> Any:
        """Make the order unique, so that no row is on two pages or on none."""
        if self.order_by and isinstance(self.data, TableQuerysetData):
            rows = self.data.data
            self.data.data = rows.order_by(*rows.query.order_by, "-pk")
        return super().paginate(*args, **kwargs)

    def body(self) -> SafeString:
        """The rows of this page as HTML.

        In Python, computing what rows share only once: a template and a lookup for each of 200
        cells cost several times the query. Attributes of cells are the same in every row; rows have
        none.
        """
        columns = [
            (
                f'<td role="cell" data-label="{conditional_escape(column.header)}" '
                f"{column.attrs['td'].as_html()}>",
                cell_reader(self, column),
            )
            for column in self.columns
        ]
        lines = []
        for row, parity in zip(self.paginated_rows, cycle(("even", "odd")), strict=False):
            cells = "".join(
                f"{opening}{conditional_escape(localize(cell(row.record)))}</td>"
                for opening, cell in columns
            )
            lines.append(f'<tr role="row" class="{parity}">{cells}</tr>')
        return mark_safe("".join(lines))


def address_of(name: str) -> Callable[[object], str]:
    """A function from a key to the address of its page, resolved once for all rows."""
    before, after = reverse(name, args=[0]).split("0")
    return lambda pk: f"{before}{pk}{after}"


def cell_reader(table: tables.Table, column: Any) -> Callable[[Any], Any]:
    """A function from a record to the value of its cell, as in django-tables2."""
    wanted, _ = signature(column.render)
    empty = column.column.empty_values
    is_asked = "value" in wanted or empty

    def read(record: Any) -> Any:
        value = value_of(record, column.accessor) if is_asked else None
        if value in empty:
            return column.default
        offer = {"value": value, "record": record, "column": column.column, "table": table}
        offer |= {"bound_column": column, "bound_row": None}
        content = column.render(**{name: offer[name] for name in wanted})
        return column.link(content, **offer) if column.link else content

    return read


def value_of(record: Any, accessor: str) -> Any:
    """The value of an accessor; for choices the label."""
    path = A(accessor)
    holder, name = path.penultimate(record)
    try:
        has_words = getattr(path.get_field(record), "choices", ())
    except FieldDoesNotExist:
        has_words = ()
    if has_words and name and hasattr(holder, f"get_{name}_display"):
        return getattr(holder, f"get_{name}_display")()
    try:
        return path.resolve(record)
    except (ValueError, TypeError, AttributeError):
        return None
