""" "Show me the records": what a figure is made of, as far as the user may open it."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django_tables2 import RequestConfig

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities.record.exports import export_rows
from eitrack.audit.trail import record_export
from eitrack.common.listing import Pages, export_of, export_response, export_urls
from eitrack.indicators.figures.access import is_exact
from eitrack.indicators.figures.behind import (
    activities_behind,
    beyond_in_words,
    has_records,
    made_of,
    parts_of,
    records_behind,
)
from eitrack.indicators.measures.measures import Measure
from eitrack.indicators.pages.detail import row_code
from eitrack.indicators.pages.periods import period_in_address
from eitrack.indicators.pages.scopes import breakdowns_offered, scope_in_address, scopes_offered
from eitrack.indicators.pages.tables import ActivitiesBehindTable, RecordsBehindTable
from eitrack.indicators.pages.views import indicator_of
from eitrack.indicators.terms.words import amount_text

OF_THE_SERVICE = (
    "The figure of the service is rounded, and records of other teams in it are not yours to open. "
    "How many is not said: the difference would be an exact figure."
)


@requires(Permission.SEE_RECORDS_BEHIND)
def indicator_records(request, code):
    """The records of the numerator in reach; those of a row with `?by=&row=`."""
    user, today = request.user, timezone.localdate()
    indicator = indicator_of(code)
    period, complaint = period_in_address(request.GET.get("period", ""), today)
    scope = scope_in_address(user, request.GET.get("scope", ""), scopes_offered(user, today))
    if scope is None:
        raise Http404
    breakdown, row = _row_in_address(request, scope, indicator, period, today)
    context = {
        "indicator": indicator,
        "scope": scope,
        "period": period,
        "complaint": complaint,
        "breakdown": breakdown,
        "row": row,
    }
    if not indicator.measure or not has_records(indicator):
        context["made_of"] = indicator.not_collected or made_of(indicator)
        return render(request, "indicators/indicator_records.html", context)
    if isinstance(indicator.measure, Measure):
        found = activities_behind(user, indicator, scope, period, breakdown, row)
        table = ActivitiesBehindTable(found.rows, indicator=indicator)
    else:
        parts = parts_of(indicator, scope, period, breakdown, row, today=today)
        found = records_behind(user, indicator.behind, parts)
        table = RecordsBehindTable(found.rows, indicator=indicator)
    if kind := export_of(request):
        name = f"records-{indicator.code}-{period.code}".lower()
        record_export(by=user, kind=f"{name}.{kind}")
        return export_response(kind, _export_rows(table, found, indicator), name)
    RequestConfig(request, paginate={"paginator_class": Pages, "silent": True}).configure(table)
    context |= {
        "table": table,
        "found": found,
        "amount": amount_text(indicator, found.amount),
        "beyond": beyond_in_words(indicator, found) if is_exact(user, scope) else OF_THE_SERVICE,
        **export_urls(request),
    }
    return render(request, "indicators/indicator_records.html", context)


def _export_rows(table, found, indicator):
    """What the page lists, and for activities what each adds to the figure."""
    if found.kind:
        return table.as_values()
    has_amount = found.rows.query.annotations.get("amount") is not None
    counts_for = "Minutes in this figure" if indicator.shows_hours else "Counts for"
    return export_rows(found.rows, [(counts_for, "amount")] if has_amount else [])


def _row_in_address(request, scope, indicator, period, today):
    """A Breakdown and its Row, or neither; 404 if there is no such row."""
    by, code = request.GET.get("by", ""), request.GET.get("row", "")
    if not by and not code:
        return None, None
    offered = breakdowns_offered(request.user, scope, indicator, period, today)
    for breakdown in offered:
        for row in breakdown.rows(scope) if breakdown.code == by else ():
            if row_code(row.key) == code:
                return breakdown, row
    raise Http404
