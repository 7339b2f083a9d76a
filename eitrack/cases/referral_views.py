"""The pages of referrals and of the link workers who receive them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.models import Entry
from eitrack.audit.trail import record_export
from eitrack.cases.choices import Change
from eitrack.cases.models import Case, Referral
from eitrack.cases.record_pages import DECIDED, DECIDED_BEFORE, Pages
from eitrack.cases.referral_actions import (
    add_link_worker,
    end_link_worker,
)
from eitrack.cases.referral_forms import (
    DecideReferralForm,
    EndLinkWorkerForm,
    LinkWorkerForm,
    ReferralForm,
)
from eitrack.cases.referral_lists import ReferralFilter, ReferralTable
from eitrack.cases.words import working_hours_in_words
from eitrack.common.listing import export_of, export_response, export_urls, filtered_table
from eitrack.common.typed import typed
from eitrack.common.words import day_and_year, yes_or_no
from eitrack.directory.models import Agency, LinkWorker

HISTORY_SHOWN = 30


@requires(Permission.HANDLE_REQUESTS)
def referral_list(request):
    referrals = Referral.objects.visible_to(request.user).with_list_details()
    filterset, table = filtered_table(request, referrals, ReferralFilter, ReferralTable)
    kind = export_of(request)
    if kind and (not filterset.is_bound or filterset.is_valid()):
        record_export(by=request.user, kind=f"referrals.{kind}")
        return export_response(kind, table.as_values(), "referrals")
    context = {"filter": filterset, "table": table, **export_urls(request)}
    return render(request, "cases/referral_list.html", context)


@requires(Permission.HANDLE_REQUESTS)
def referral_detail(request, pk):
    visible = Referral.objects.visible_to(request.user).with_list_details()
    referral = get_object_or_404(visible, pk=pk)
    trail = Entry.objects.about(referral).select_related("by")[:HISTORY_SHOWN]
    cases = Case.objects.visible_to(request.user).filter(pk=referral.case_id)
    context = {
        "referral": referral,
        "facts": facts(referral),
        "open_case": cases.first() if referral.case_id else None,
        "trail": [(entry, said(entry)) for entry in trail],
        "can_edit_partners": request.user.may(Permission.EDIT_PARTNERS),
    }
    return render(request, "cases/referral_detail.html", context)


def said(entry):
    if entry.reason == DECIDED:
        return "noted the decision"
    if entry.reason == Change.HANDED_OVER:
        return "handed this referral over"
    return f"{entry.get_action_display()} this referral"


def facts(referral):
    """The facts of the referral, as pairs of label and text."""
    decided = [
        ("Decision", referral.get_outcome_display() or "Not decided yet"),
        ("Decided", referral.decided_at and moment(referral.decided_at)),
        ("Time to decision", working_hours_in_words(referral.hours_to_decision)),
    ]
    return [
        ("To", referral.destination),
        ("To statutory social work", yes_or_no(referral.is_statutory)),
        ("Route", referral.get_route_display()),
        ("Link worker", referral.link_worker or "Nobody named"),
        ("Level of need", referral.get_need_level_display()),
        ("For", f"Case {referral.case_id}" if referral.case_id else "an unregistered family"),
        ("Sent", moment(referral.sent_at)),
        ("Sent by", f"{referral.worker}, {referral.team}"),
        ("Taken over by", referral.taken_over_by),
        *(decided if referral.decided_at else decided[:1]),
    ]


def moment(value):
    local = timezone.localtime(value)
    return f"{day_and_year(local)}, {local:%H:%M}"


PAGES = Pages(
    model=Referral,
    name="referral",
    shown_as="referral",
    author="worker",
    form_class=ReferralForm,
    saved=lambda saved: f"Saved as {saved}.",
)


@requires(Permission.HANDLE_REQUESTS)
def referral_add(request):
    return PAGES.add(request)


@requires(Permission.HANDLE_REQUESTS)
def referral_edit(request, pk):
    return PAGES.edit(request, get_object_or_404(Referral.objects.visible_to(request.user), pk=pk))


@requires(Permission.HANDLE_REQUESTS)
def referral_decide(request, pk):
    referral = get_object_or_404(Referral.objects.visible_to(request.user), pk=pk)
    initial = {"decided_at": timezone.localtime()}
    return PAGES.note(
        request,
        referral,
        DecideReferralForm(typed(request), instance=referral, initial=initial),
        page="referral_decide",
        reason=DECIDED,
        done="The decision is noted.",
        refused=DECIDED_BEFORE,
    )


@requires(Permission.EDIT_PARTNERS)
def link_worker_list(request, pk):
    """The current link workers of an agency, and a form to add one."""
    agency = get_object_or_404(Agency.objects.visible_to(request.user), pk=pk)
    today = timezone.localdate()
    form = LinkWorkerForm(
        typed(request),
        instance=LinkWorker(agency=agency),
        user=request.user,
        initial={"from_on": today},
    )
    if request.method == "POST" and form.is_valid():
        added = add_link_worker(form.instance, by=request.user)
        messages.success(request, f"{added.name} is a link worker of {agency}.")
        return redirect("cases:link_worker_list", pk)
    people = agency.link_workers.visible_to(request.user)
    context = {
        "agency": agency,
        "form": form,
        "people": people.exclude(until_on__lt=today),
        "former": people.filter(until_on__lt=today),
    }
    return render(request, "cases/link_worker_list.html", context)


@requires(Permission.EDIT_PARTNERS)
def link_worker_end(request, pk):
    people = LinkWorker.objects.visible_to(request.user).select_related("agency")
    link_worker = get_object_or_404(people, pk=pk)
    form = EndLinkWorkerForm(
        typed(request),
        instance=link_worker,
        initial={"until_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        end_link_worker(by=request.user, pk=pk, on=form.cleaned_data["until_on"])
        messages.success(request, f"{link_worker.name} is link worker until that day.")
        return redirect("cases:link_worker_list", link_worker.agency_id)
    context = {"form": form, "link_worker": link_worker}
    return render(request, "cases/link_worker_end.html", context)
