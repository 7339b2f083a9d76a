"""Questions on printed figures: asking, reading and answering."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.common.periods import Period
from eitrack.common.typed import typed
from eitrack.directory.models import District
from eitrack.indicators.catalogue.definitions import BY_CODE
from eitrack.indicators.terms.breakdowns import BREAKDOWNS
from eitrack.returns.models import FigureQuery, Return
from eitrack.returns.queries.actions import (
    NAMES,
    AnswerForm,
    AskForm,
    answer,
    ask,
    may_settle,
    settle,
)
from eitrack.returns.release.eligible import RefusedError

A_PAGE = 25


@requires(Permission.SEE_RETURNS)
def query_list(request):
    """Open ones, those that wait for the user first; settled ones with `?state=settled`."""
    is_settled = request.GET.get("state") == "settled"
    found = FigureQuery.objects.visible_to(request.user).with_last_side()
    found = found.filter(closed_at__isnull=not is_settled).select_related("team")
    waiting = set(FigureQuery.objects.waiting_for(request.user).values_list("pk", flat=True))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "lines": [(each, NAMES.get(each.code, each.code), each.pk in waiting) for each in page],
        "page": page,
        "is_settled": is_settled,
        "can_ask": request.user.may(Permission.ASK_QUERY),
    }
    return render(request, "returns/query_list.html", context)


@requires(Permission.ASK_QUERY)
def query_ask(request):
    """The figure is in the address: `?return=7`, or `?district=…&period=2026-Q2`; code, by, row."""
    about, district, period = figure_in_address(request)
    code, by = request.GET.get("code", ""), request.GET.get("by", "")
    if code not in NAMES:
        raise Http404
    row = request.GET.get("row", "")
    team = district.teams.filter(name=row).first() if by == "team" else None
    form = AskForm(typed(request), district=district, by=by, initial={"row": row, "team": team})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        query = ask(
            by=request.user,
            district=district,
            code=code,
            period=period,
            text=asked["text"],
            row_label=asked.get("row", ""),
            team=asked["team"],
            about_return=about,
        )
        messages.success(request, "Asked. You find the answer here.")
        return redirect(query)
    context = {
        "form": form,
        "name": NAMES[code],
        "period": period,
        "about": about,
        "by": BREAKDOWNS[by] if "row" in form.fields else None,
    }
    return render(request, "returns/query_ask.html", context)


def figure_in_address(request):
    """(return or None, district, period) of an address; 404 if out of reach."""
    wanted = request.GET.get("return", "")
    if wanted:
        if not (wanted.isdecimal() and len(wanted) < 10):
            raise Http404
        released = Return.objects.visible_to(request.user).released().for_lists()
        about = get_object_or_404(released, pk=wanted)
        return about, about.district, about.fixed_period
    districts = District.objects.filter(officers=request.user)
    if slug := request.GET.get("district", ""):
        districts = districts.filter(slug=slug)
    district = districts.first()
    try:
        period = Period.parse(request.GET.get("period", ""))
    except ValueError as error:
        raise Http404 from error
    if district is None or period.start > timezone.localdate():
        raise Http404
    return None, district, period


@requires(Permission.SEE_RETURNS)
def query_detail(request, pk):
    query = get_object_or_404(
        FigureQuery.objects.visible_to(request.user).select_related("team", "about_return"), pk=pk
    )
    form = AnswerForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            answer(by=request.user, pk=pk, text=form.cleaned_data["text"])
            messages.success(request, "Sent.")
            return redirect(query)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
    context = {
        "query": query,
        "name": NAMES.get(query.code, query.code),
        "has_page": query.code in BY_CODE,
        "texts": query.texts.all(),
        "form": form,
        "can_settle": may_settle(request.user, query),
    }
    return render(request, "returns/query_detail.html", context)


@require_POST
@requires(Permission.ASK_QUERY)
def query_settle(request, pk):
    query = get_object_or_404(FigureQuery.objects.visible_to(request.user), pk=pk)
    try:
        settle(by=request.user, pk=query.pk)
        messages.success(request, "Settled.")
    except RefusedError as refusal:
        messages.warning(request, str(refusal))
    return redirect(query)
