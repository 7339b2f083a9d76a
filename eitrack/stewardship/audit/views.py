"""The audit trail: newest first, narrowed by the address, a page at a time without counting."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.models import Entry
from eitrack.audit.trail import record_export
from eitrack.common.listing import ROWS_A_PAGE, export_of, export_response, export_urls
from eitrack.stewardship.audit.lists import TrailFilter, TrailTable, export_rows, past

OLDEST_FIRST = "at"


@require_safe
@requires(Permission.SEE_TRAIL)
def trail_list(request):
    """Each page goes on from the last entry of the one before (`?past=`), however far back."""
    entries = Entry.objects.visible_to(request.user)
    filterset = TrailFilter(request.GET or None, queryset=entries, request=request)
    is_valid = not filterset.is_bound or filterset.is_valid()
    found = filterset.qs if is_valid else entries.none()
    newest_first = request.GET.get("sort") != OLDEST_FIRST
    kind = export_of(request)
    if kind and is_valid:
        record_export(by=request.user, kind=f"audit-trail.{kind}")
        return export_response(kind, export_rows(found, newest_first=newest_first), "audit-trail")
    rest = past(found, request.GET.get("past", ""), newest_first=newest_first)
    rows = list(rest.select_related("by").in_order(newest_first=newest_first)[: ROWS_A_PAGE + 1])
    page = rows[:ROWS_A_PAGE]
    context = {
        "filter": filterset,
        "table": TrailTable(page, order_by="-at" if newest_first else "at"),
        "older_url": address(request, past=page[-1].pk) if len(rows) > len(page) else "",
        "first_url": address(request) if "past" in request.GET else "",
        "newest_first": newest_first,
        **export_urls(request),
    }
    return render(request, "stewardship/trail_list.html", context)


def address(request, **others):
    """This list with its filter and order, from the first page unless it says else."""
    query = request.GET.copy()
    query.pop("past", None)
    for name, value in others.items():
        query[name] = value
    return f"?{query.urlencode()}"
