from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.trail import record_export
from eitrack.cases.actions import may_be_reopened
from eitrack.cases.details import facts, history, month_chart, work_by_month
from eitrack.cases.filters import CaseFilter
from eitrack.cases.models import Case
from eitrack.cases.tables import CaseTable
from eitrack.common.listing import export_of, export_response, export_urls, filtered_table


@requires(Permission.SEE_CASES)
def case_list(request):
    cases = Case.objects.visible_to(request.user).with_list_details()
    filterset, table = filtered_table(request, cases, CaseFilter, CaseTable)
    if kind := export_of(request):
        record_export(by=request.user, kind=f"cases.{kind}")
        return export_response(kind, table.as_values(), "cases")
    return render(
        request,
        "cases/case_list.html",
        {
            "filter": filterset,
            "table": table,
            "can_open": request.user.may(Permission.MANAGE_CASES),
            **export_urls(request),
        },
    )


@requires(Permission.SEE_CASES)
def case_detail(request, pk):
    user, today = request.user, timezone.localdate()
    cases = Case.objects.visible_to(user).select_related("source_agency")
    case = get_object_or_404(cases, pk=pk)
    months = work_by_month(case, today)
    return render(
        request,
        "cases/case_detail.html",
        {
            "case": case,
            "facts": facts(case, today),
            "allocations": case.allocations.select_related("worker", "team"),
            "level_spells": case.level_spells.all(),
            "history": history(case),
            "months": [month for month in months if month.contacts or month.minutes],
            "chart": month_chart(months),
            "can_reveal": user.may(Permission.REVEAL_CASE),
            "can_edit": case.is_open and user.may(Permission.MANAGE_CASES),
            "can_log": case.is_open and user.may(Permission.RECORD_ACTIVITY),
            "can_reopen": user.may(Permission.MANAGE_CASES) and may_be_reopened(case, today),
        },
    )


@requires(Permission.REVEAL_CASE)
@require_POST
@never_cache
def case_reveal(request, pk):
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    reference = case.reveal(by=request.user)
    return render(request, "cases/case_reveal.html", {"case": case, "reference": reference})
