"""Reading returns: the list, one return, its files, and two side by side."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.trail import record_export
from eitrack.common.listing import filtered_table
from eitrack.common.words import day_and_year
from eitrack.directory.models import FundingStream, Team
from eitrack.directory.names import called_now
from eitrack.returns.choices import ReturnState
from eitrack.returns.files.explainer import explainer_response
from eitrack.returns.models import FigureQuery, Return, ReturnFile
from eitrack.returns.release.files import file_stem
from eitrack.returns.release.first_steps import first_steps
from eitrack.returns.release.lists import ReturnFilter, ReturnTable
from eitrack.returns.release.showing import (
    names_apart,
    table_in_address,
    themes_of,
    themes_side_by_side,
    year_by_year,
)

MOST_COMPARED = 30


@requires(Permission.SEE_RETURNS)
def return_list(request):
    can_prepare = request.user.may(Permission.PREPARE_RETURN)
    returns = Return.objects.visible_to(request.user).for_lists()
    filterset, table = filtered_table(request, returns, ReturnFilter, ReturnTable)
    context = {
        "filter": filterset,
        "table": table,
        "queries_waiting": FigureQuery.objects.waiting_for(request.user).count(),
        "can_prepare": can_prepare,
        "first_steps": first_steps(request.user) if can_prepare else [],
        "can_close": request.user.may(Permission.CLOSE_QUARTER),
    }
    return render(request, "returns/return_list.html", context)


@requires(Permission.SEE_RETURNS)
def return_detail(request, pk):
    """A released return; drafts have pages of their own."""
    found = get_object_or_404(Return.objects.visible_to(request.user), pk=pk)
    if found.state == ReturnState.PREPARING:
        return redirect("returns:return_progress", pk)
    if found.is_draft:
        return redirect("returns:return_check", pk)
    document = found.content if found.document else None
    table = document and table_in_address(document, request.GET.get("by", ""))
    can_ask = request.user.may(Permission.ASK_QUERY) and found.is_released
    context = {
        "found": found,
        "document": document,
        "table": table,
        "themes": themes_of(document, table) if document else [],
        "years": year_by_year(document) if document else None,
        "facts": facts(found),
        "files": ReturnFile.objects.visible_to(request.user)
        .filter(of_return=found)
        .defer("content"),
        "others": others_of(request.user, found)[:1],
        "newer": found.revisions.released().first() if found.is_released else None,
        "can_ask": can_ask,
        "ask_url": f"{reverse('returns:query_ask')}?return={found.pk}" if can_ask else "",
        "can_revise": request.user.may(Permission.PREPARE_RETURN) and found.is_released,
    }
    return render(request, "returns/return_detail.html", context)


def facts(found):
    """Pairs of label and text: who did what, and the rules."""
    yield "District", found.district
    if found.supersedes_id:
        yield "Supersedes", found.supersedes
    for label, moment, by in (
        ("Prepared", found.prepared_at, found.prepared_by or "the timer"),
        ("Approved", found.approved_at, found.approved_by),
        ("Released", found.released_at, found.released_by),
        ("Withdrawn", found.withdrawn_at, found.withdrawn_by),
    ):
        if moment:
            yield label, f"{day_and_year(moment)}, {by}"
    if found.document:
        yield "Rule", f"1 to {found.threshold} hidden, others rounded to {found.base}"
        yield "Recording coverage", found.coverage
        yield "Hash of the document", found.sha256


@requires(Permission.DOWNLOAD_RETURN)
def return_download(request, pk, name):
    """The stored bytes, as released."""
    found = get_object_or_404(ReturnFile.objects.visible_to(request.user), of_return=pk, name=name)
    record_export(by=request.user, kind=found.name)
    response = HttpResponse(bytes(found.content), content_type=found.media_type)
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    response["ETag"] = f'"{found.sha256}"'
    return response


@requires(Permission.SEE_RETURNS)
def return_explainer(request, pk):
    """What the released figures say that a case count cannot: a page, or two of paper (`?pdf`)."""
    found = get_object_or_404(Return.objects.visible_to(request.user).summaries(), pk=pk)
    document, pdf_name = found.content, ""
    if "pdf" in request.GET:
        pdf_name = f"{file_stem(found, document)}-explainer"
        record_export(by=request.user, kind=f"{pdf_name}.pdf")
    return explainer_response(
        request,
        document,
        pdf_name=pdf_name,
        released=day_and_year(found.released_at),
        pdf_url="?pdf=1",
    )


def others_of(user, found):
    """Released returns that can be compared with this one."""
    return (
        Return.objects.visible_to(user)
        .released()
        .filter(district=found.district_id, kind=found.kind, funding_stream=found.funding_stream_id)
        .exclude(pk=found.pk)
        .order_by("-released_at", "-pk")
    )


@requires(Permission.SEE_RETURNS)
def return_compare(request, pk):
    """Two releases of a district, printed figures only (`?with=<pk>&by=team`)."""
    released = Return.objects.visible_to(request.user).released()
    found = get_object_or_404(released, pk=pk)
    others = list(others_of(request.user, found).for_lists()[:MOST_COMPARED])
    wanted = request.GET.get("with", "")
    usual = found.supersedes_id or (others[0].pk if others else None)
    other_pk = int(wanted) if wanted.isdecimal() and len(wanted) < 10 else usual
    other = others_of(request.user, found).filter(pk=other_pk).first()
    by = request.GET.get("by", "")
    document = found.content
    context = {
        "found": found,
        "other": other,
        "others": others,
        "by": by,
        "document": document,
        "themes": [],
    }
    if other:
        model = {"team": Team, "funding_stream": FundingStream}.get(by)
        rows = (other.content, document, by, called_now(model) if model else {})
        context |= {"themes": themes_side_by_side(*rows), "renamed": names_apart(*rows)}
    return render(request, "returns/return_compare.html", context)
