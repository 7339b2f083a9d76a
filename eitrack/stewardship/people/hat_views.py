"""Hats of every team, as the administrator gives, changes and ends them."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.models import User
from eitrack.accounts.roles import Permission
from eitrack.activities.record.clashes import clash_of
from eitrack.activities.series.staying import stays_with
from eitrack.common.clash import TAKE, with_theirs
from eitrack.common.typed import typed
from eitrack.common.words import day_and_year, listed, plural
from eitrack.directory.hat_forms import EndForm, PlacementForm
from eitrack.directory.models import Placement, Team
from eitrack.directory.placing import add_placement, change_placement, end_placement
from eitrack.directory.staff import staff_of


@requires(Permission.MANAGE_STAFFING)
def hat_add(request, pk):
    person = get_object_or_404(staff_of(request.user), pk=pk)
    form = PlacementForm(
        typed(request),
        instance=Placement(worker=person),
        teams=Team.objects.all(),
        initial={"from_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        managers = form.cleaned_data["joint_managers"]
        hat = add_placement(by=request.user, placement=form.instance, joint_managers=managers)
        messages.success(request, f"{person} has the hat {hat} from {day_and_year(hat.from_on)}.")
        return redirect("stewardship:person_detail", person.pk)
    return render(request, "stewardship/hat_add.html", {"form": form, "person": person})


@requires(Permission.MANAGE_STAFFING)
@transaction.atomic
def hat_edit(request, pk):
    # Locked, so that the second of two users sees what the first has saved.
    hat = hat_in_address(request, pk, is_changed=request.method == "POST")
    sent = typed(request)
    form = PlacementForm(sent, instance=hat, teams=Team.objects.all())
    if sent is not None and TAKE in sent:
        theirs = with_theirs(form, sent[TAKE])
        form = PlacementForm(theirs, instance=hat, teams=Team.objects.all())
    clash = None
    if form.is_behind or TAKE in form.data:
        everybody = set(User.objects.values_list("pk", flat=True))
        clash = clash_of(form, hat, request.user, everybody)
    elif request.method == "POST" and form.is_valid():
        managers = form.cleaned_data["joint_managers"]
        change_placement(by=request.user, placement=form.instance, joint_managers=managers)
        messages.success(request, f"Saved: the hat {hat} of {hat.worker}.")
        tell_what_stays(request, hat)
        return redirect("stewardship:person_detail", hat.worker_id)
    context = {"form": form, "hat": hat, "clash": clash}
    return render(request, "stewardship/hat_edit.html", context)


@requires(Permission.MANAGE_STAFFING)
def hat_end(request, pk):
    hat = hat_in_address(request, pk)
    today = timezone.localdate()
    form = EndForm(typed(request), placement=hat, initial={"until_on": today})
    if request.method == "POST" and form.is_valid():
        hat.until_on = form.cleaned_data["until_on"]
        end_placement(by=request.user, placement=hat, on=hat.until_on)
        messages.success(
            request, f"{hat.worker} wears the hat {hat} until {day_and_year(hat.until_on)}."
        )
        tell_what_stays(request, hat)
        return redirect("stewardship:person_detail", hat.worker_id)
    context = {"form": form, "hat": hat, "stays": what_stays(hat, today)}
    return render(request, "stewardship/hat_end.html", context)


def hat_in_address(request, pk, *, is_changed=False):
    hats = Placement.objects.editable_by(request.user)
    if is_changed:
        list(hats.select_for_update().filter(pk=pk))
    return get_object_or_404(hats.with_context().select_related("worker"), pk=pk)


def what_stays(hat, day):
    """ "8 open cases and 3 series", or ""; their managers hand them over."""
    cases, serieses = stays_with(hat, day)
    parts = [plural(cases, "open case", "open cases")] * bool(cases)
    return listed(parts + [f"{serieses} series"] * bool(serieses))


def tell_what_stays(request, hat):
    if hat.until_on and (stays := what_stays(hat, hat.until_on)):
        messages.warning(
            request,
            f"{stays} of {hat.team} stay with {hat.worker}, who has no hat there after that day. "
            "A manager of the team hands them over.",
        )
