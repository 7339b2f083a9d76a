"""The pages of one worker's hats."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities.record.clashes import clash_of
from eitrack.activities.series.staying import stays_with
from eitrack.common.clash import TAKE, with_theirs
from eitrack.common.typed import typed
from eitrack.common.words import day_and_year, listed, plural
from eitrack.directory.hat_forms import EndForm, PlacementForm
from eitrack.directory.models import Placement, Team
from eitrack.directory.placing import add_placement, change_placement, end_placement
from eitrack.directory.staff import people_in_reach
from eitrack.workload import worker_hats as of_hats


@requires(Permission.SEE_PLACEMENTS)
def placement_list(request, pk):
    worker = get_object_or_404(people_in_reach(request.user), pk=pk)
    today = timezone.localdate()
    hats = list(of_hats.hats_of(worker, request.user))
    editable = set(
        Placement.objects.editable_by(request.user)
        .filter(worker=worker)
        .values_list("pk", flat=True)
    )
    lines = [
        {
            "hat": hat,
            "facts": of_hats.facts_of(hat),
            "end": of_hats.stream_end(hat, today),
            "may_edit": hat.pk in editable,
            "is_past": bool(hat.until_on and hat.until_on < today),
        }
        for hat in hats
    ]
    start, end = of_hats.last_weeks(today)
    context = {
        "worker": worker,
        "is_own": worker == request.user,
        "may_add": request.user.may(Permission.MANAGE_PLACEMENTS),
        "may_see_agenda": request.user.may(Permission.SEE_PARTNERS),
        "now": [line for line in lines if not line["is_past"]],
        "past": [line for line in lines if line["is_past"]],
        "split": of_hats.split_across_hosts(worker, request.user, hats, today),
        "start": start,
        "end": end,
        "contacts": of_hats.contacts(worker, request.user, hats, today),
    }
    return render(request, "workload/placement_list.html", context)


@requires(Permission.MANAGE_PLACEMENTS)
def placement_add(request, pk):
    worker = get_object_or_404(people_in_reach(request.user), pk=pk)
    hat = Placement(worker=worker)
    sent = typed(request)
    initial = {"from_on": timezone.localdate()}
    form = PlacementForm(sent, instance=hat, teams=teams_of(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        managers = form.cleaned_data["joint_managers"]
        hat = add_placement(by=request.user, placement=form.instance, joint_managers=managers)
        messages.success(request, f"{worker} has the hat {hat} from {day_and_year(hat.from_on)}.")
        return redirect("workload:placement_list", worker.pk)
    return render(request, "workload/placement_add.html", {"form": form, "worker": worker})


@requires(Permission.MANAGE_PLACEMENTS)
def placement_edit(request, pk):
    if request.method != "POST":
        return edit_page(request, pk)
    with transaction.atomic():
        # Locked, so that the second of two users sees what the first has saved.
        list(Placement.objects.select_for_update().filter(pk=pk))
        return edit_page(request, pk)


def edit_page(request, pk):
    hat = editable_hat(request, pk)
    sent = typed(request)
    form = PlacementForm(sent, instance=hat, teams=teams_of(request))
    if sent is not None and TAKE in sent:
        form = PlacementForm(with_theirs(form, sent[TAKE]), instance=hat, teams=teams_of(request))
    clash = None
    if form.is_behind or TAKE in form.data:
        managers = hat.team.managers.values_list("pk", flat=True)
        clash = clash_of(form, hat, request.user, set(managers))
    elif request.method == "POST" and form.is_valid():
        managers = form.cleaned_data["joint_managers"]
        change_placement(by=request.user, placement=form.instance, joint_managers=managers)
        messages.success(request, f"Saved: the hat {hat} of {hat.worker}.")
        tell_what_stays(request, hat)
        return redirect("workload:placement_list", hat.worker_id)
    context = {"form": form, "hat": hat, "clash": clash}
    return render(request, "workload/placement_edit.html", context)


@requires(Permission.MANAGE_PLACEMENTS)
def placement_end(request, pk):
    hat = editable_hat(request, pk)
    today = timezone.localdate()
    form = EndForm(typed(request), placement=hat, initial={"until_on": today})
    if request.method == "POST" and form.is_valid():
        until_on = form.cleaned_data["until_on"]
        end_placement(by=request.user, placement=hat, on=until_on)
        messages.success(
            request, f"{hat.worker} wears the hat {hat} until {day_and_year(until_on)}."
        )
        hat.until_on = until_on
        tell_what_stays(request, hat)
        return redirect("workload:placement_list", hat.worker_id)
    context = {"form": form, "hat": hat, "stays": what_stays(hat, today)}
    context["handover_url"] = handover_url(hat)
    return render(request, "workload/placement_end.html", context)


def what_stays(hat, day):
    """ "8 cases and 3 series", or ""."""
    cases, serieses = stays_with(hat, day)
    parts = [plural(cases, "open case", "open cases")] * bool(cases)
    parts += [f"{serieses} series"] * bool(serieses)
    return listed(parts)


def tell_what_stays(request, hat):
    """After a hat was ended: the work nobody would do from then on."""
    if hat.until_on and (stays := what_stays(hat, hat.until_on)):
        link = format_html('<a href="{}">Hand them over</a>', handover_url(hat))
        told = "{} of {} stay with {}, who has no hat there after that day. {}"
        messages.warning(request, format_html(told, stays, hat.team, hat.worker, link))


def handover_url(hat):
    return f"{reverse('workload:team_handover', args=[hat.team.slug])}?worker={hat.worker_id}"


def teams_of(request):
    return Team.objects.visible_to(request.user)


def editable_hat(request, pk):
    hats = Placement.objects.editable_by(request.user).with_context().select_related("worker")
    return get_object_or_404(hats, pk=pk)
