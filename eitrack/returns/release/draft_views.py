"""The steps of a draft: prepare, watch, check, approve, release, or withdraw."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.common.periods import Period
from eitrack.common.typed import typed
from eitrack.directory.models import District
from eitrack.returns.choices import ReturnState
from eitrack.returns.models import Return
from eitrack.returns.release.actions import (
    SECOND_PERSON,
    approve_return,
    is_second_person_needed,
    release_return,
    start_again,
    start_return,
    what_is_old,
    withdraw_return,
)
from eitrack.returns.release.eligible import RefusedError, periods_ended
from eitrack.returns.release.forms import PrepareForm, ReleaseForm
from eitrack.returns.release.job import start_preparing
from eitrack.returns.release.showing import table_in_address, themes_of, year_by_year
from eitrack.returns.words import rough_count


@requires(Permission.PREPARE_RETURN)
def return_prepare(request):
    today = timezone.localdate()
    districts = District.objects.filter(officers=request.user)
    first = districts.first()
    if first is None:
        return render(request, "returns/return_prepare.html", {"form": None})
    offered = periods_ended(first, today)
    form = PrepareForm(
        typed(request),
        user=request.user,
        offered=offered,
        initial={
            "stream": request.GET.get("stream", ""),
            "period": request.GET.get("period", ""),
            "district": first.slug,
        },
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            draft = begin(
                by=request.user,
                district=asked.get("district") or first,
                period=Period.parse(asked["period"]),
                today=today,
                stream=asked["stream"],
                with_case_count=asked["with_case_count"],
            )
            return redirect("returns:return_progress", draft.pk)
        except RefusedError as refused:
            refusal = str(refused)
    context = {"form": form, "offered": offered, "refusal": refusal, "is_alone": len(districts) < 2}
    return render(request, "returns/return_prepare.html", context)


@transaction.atomic
def begin(**asked):
    """The draft of a period; starts the process that prepares it if it is new."""
    draft, is_new = start_return(**asked)
    if is_new:
        transaction.on_commit(lambda: start_preparing(draft.pk))
    return draft


def draft_of(request, pk):
    return get_object_or_404(Return.objects.editable_by(request.user), pk=pk)


@requires(Permission.PREPARE_RETURN)
def return_progress(request, pk):
    """The part of the page that changes, fetched by a script every two seconds."""
    draft = get_object_or_404(Return.objects.visible_to(request.user).for_lists(), pk=pk)
    context = {
        "draft": draft,
        "is_working": draft.state == ReturnState.PREPARING,
        "is_silent": draft.is_silent(timezone.now()),
    }
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, f"returns/{'_progress' if is_part else 'return_progress'}.html", context)


@require_POST
@requires(Permission.PREPARE_RETURN)
def return_restart(request, pk):
    """Prepare it again, if its process died or it is too old to be released."""
    draft = draft_of(request, pk)
    try:
        with transaction.atomic():
            start_again(pk=draft.pk, now=timezone.now())
            transaction.on_commit(lambda: start_preparing(draft.pk))
    except RefusedError as refusal:
        messages.warning(request, str(refusal))
    return redirect("returns:return_progress", draft.pk)


@requires(Permission.PREPARE_RETURN)
def return_check(request, pk):
    draft = draft_of(request, pk)
    if draft.state == ReturnState.PREPARING:
        return redirect("returns:return_progress", pk)
    document = draft.content
    table = table_in_address(document, request.GET.get("by", ""))
    context = {
        "draft": draft,
        "document": document,
        "table": table,
        "themes": themes_of(document, table),
        "years": year_by_year(document),
        "old": what_is_old(draft),
        "late": rough_count(draft.late),
        "is_approved": draft.state == ReturnState.APPROVED,
        "must_wait": SECOND_PERSON if is_second_person_needed(draft, request.user) else "",
        "can_release": request.user.may(Permission.RELEASE_RETURN),
    }
    return render(request, "returns/return_check.html", context)


@require_POST
@requires(Permission.RELEASE_RETURN)
def return_approve(request, pk):
    draft = get_object_or_404(Return.objects.visible_to(request.user), pk=pk)
    try:
        approve_return(pk=draft.pk, by=request.user)
        messages.success(request, "Approved. It can be released now.")
    except RefusedError as refusal:
        messages.warning(request, str(refusal))
    return redirect(draft)


@requires(Permission.RELEASE_RETURN)
def return_release(request, pk):
    draft = get_object_or_404(Return.objects.visible_to(request.user), pk=pk)
    if draft.state != ReturnState.APPROVED and request.method != "POST":
        return redirect(draft)
    form = ReleaseForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            release_return(pk=draft.pk, by=request.user, note=form.cleaned_data["note"])
            messages.success(request, "Released. From now on nothing in it changes.")
            return redirect(draft)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
    return render(request, "returns/return_release.html", {"form": form, "draft": draft})


@requires(Permission.PREPARE_RETURN)
def return_withdraw(request, pk):
    draft = get_object_or_404(Return.objects.visible_to(request.user), pk=pk)
    if request.method != "POST":
        if not draft.is_draft:
            return redirect(draft)
        return render(request, "returns/return_withdraw.html", {"draft": draft})
    try:
        withdraw_return(pk=draft.pk, by=request.user)
        messages.success(request, "Withdrawn. It stays in the register.")
    except RefusedError as refusal:
        messages.warning(request, str(refusal))
    return redirect("returns:return_list")
