"""What list pages share: filters in the address, sorting, paging, export of the filtered rows."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django_filters import FilterSet
from django_tables2 import LazyPaginator, RequestConfig, Table

from eitrack.common.files import csv_response, xlsx_response

ROWS_A_PAGE = 25
MOST_PAGES = 1_000_000
EXPORTS = {"csv": csv_response, "xlsx": xlsx_response}


class Pages(LazyPaginator):
    """Pages without a total count, of a fixed length."""

    def __init__(self, rows: Any, per_page: int, **options: Any) -> None:
        super().__init__(rows, ROWS_A_PAGE, **options)

    def validate_number(self, number: int | str) -> int:
        # The offset must be within the range of the database.
        page: int = super().validate_number(number)
        return min(page, MOST_PAGES)


def filtered_table(
    request: HttpRequest,
    queryset: QuerySet[Any],
    filter_class: type[FilterSet],
    table_class: type[Table],
    **table_options: Any,
) -> tuple[FilterSet, Table]:
    """The filter and the table of a page, from the address.

    An invalid filter shows its error and no rows. Pages are never counted.
    """
    filterset = filter_class(request.GET or None, queryset=queryset, request=request)
    rows = filterset.qs if not filterset.is_bound or filterset.is_valid() else queryset.none()
    # Without `request`, as a table that has one counts its pages at once.
    table = table_class(rows, **table_options)
    RequestConfig(request, paginate={"paginator_class": Pages, "silent": True}).configure(table)
    return filterset, table


def export_of(request: HttpRequest) -> str | None:
    """The export named in the address (`?_export=csv`), or None."""
    kind = request.GET.get("_export", "")
    return kind if kind in EXPORTS else None


def export_response(kind: str, rows: Iterable[Sequence[object]], name: str) -> HttpResponseBase:
    return EXPORTS[kind](rows, name)


def export_urls(request: HttpRequest) -> dict[str, str]:
    """Addresses of exports with the current filter and order."""
    query = request.GET.copy()
    query.pop("page", None)
    urls = {}
    for kind in EXPORTS:
        query["_export"] = kind
        urls[f"{kind}_url"] = f"?{query.urlencode()}"
    return urls
