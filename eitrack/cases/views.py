from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.models import Entry
from eitrack.audit.trail import record_export
from eitrack.cases.filters import CaseFilter
from eitrack.cases.models import Case
from eitrack.cases.tables import CaseTable
from eitrack.common.choices import NeedLevel
from eitrack.common.listing import export_of, export_response, export_urls, filtered_table
from eitrack.common.words import day_and_year, listed, yes_or_no

HISTORY_SHOWN = 30


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
        {"filter": filterset, "table": table, **export_urls(request)},
    )


@requires(Permission.SEE_CASES)
def case_detail(request, pk):
    cases = Case.objects.visible_to(request.user).select_related("source_agency")
    case = get_object_or_404(cases, pk=pk)
    today = timezone.localdate()
    return render(
        request,
        "cases/case_detail.html",
        {
            "case": case,
            "facts": facts(case, today),
            "allocations": case.allocations.select_related("worker", "team"),
            "level_spells": case.level_spells.all(),
            "trail": Entry.objects.about(case).select_related("by")[:HISTORY_SHOWN],
            "can_reveal": request.user.may(Permission.REVEAL_CASE),
        },
    )


def facts(case, today):
    """What is recorded of the case, as pairs of label and words."""
    level = case.level_on(case.closed_on or today)
    return [
        ("Opened", day_and_year(case.opened_on)),
        ("Level now" if case.is_open else "Last level", level and NeedLevel(level).label),
        *(
            []
            if case.is_open
            else [("Closed", f"{day_and_year(case.closed_on)}, {case.get_end_reason_display()}")]
        ),
        ("Family", case.family_size),
        ("Age of the youngest", case.get_age_of_youngest_display() or None),
        ("Came from", case.source_agency),
        ("Met informally first", case.get_informal_first_display()),
        ("Agencies in the plan", listed(case.agencies_in_plan.all()) or "None"),
        ("Interpreter", yes_or_no(case.has_interpreter)),
        ("More than 45 minutes to travel", yes_or_no(case.has_long_travel)),
        (
            "Written consent",
            f"{day_and_year(case.consent_on)}, form version {case.consent_form_version}",
        ),
    ]


@requires(Permission.REVEAL_CASE)
@require_POST
@never_cache
def case_reveal(request, pk):
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    reference = case.reveal(by=request.user)
    return render(request, "cases/case_reveal.html", {"case": case, "reference": reference})
