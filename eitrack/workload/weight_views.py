"""Weights: every version for all to read, a new one by a manager after a preview."""

from itertools import pairwise

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.common.typed import typed
from eitrack.common.words import day_and_year
from eitrack.directory.models import Placement, Team
from eitrack.indicators.choices import Weight
from eitrack.indicators.measures.calculated.workload import carried_by
from eitrack.indicators.models import WeightSet
from eitrack.workload.measures import name_order
from eitrack.workload.points import number, weighed
from eitrack.workload.weight_forms import WeightForm


@requires(Permission.SEE_INDICATORS)
def weight_list(request):
    today = timezone.localdate()
    weights = WeightSet.objects.points_on(today)
    versions = list(WeightSet.objects.visible_to(request.user))
    context = {
        "lines": [(weight.label, number(weights[weight])) for weight in Weight],
        "versions": [
            (version, changes(version, earlier)) for version, earlier in pairwise([*versions, None])
        ],
        "can_edit": request.user.may(Permission.EDIT_WEIGHTS),
    }
    return render(request, "workload/weight_list.html", context)


@requires(Permission.EDIT_WEIGHTS)
def weight_add(request):
    """First previews the change for the manager's teams, then saves the version."""
    today = timezone.localdate()
    weights = WeightSet.objects.points_on(today)
    form = WeightForm(typed(request), weights=weights, today=today)
    preview = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") == "save":
            version = form.save(by=request.user)
            messages.success(request, f"These weights hold from {day_and_year(version.from_on)}.")
            return redirect("workload:weight_list")
        preview = what_changes(request.user, weights, form.weights, today)
    context = {"form": form, "preview": preview, "is_preview": preview is not None}
    return render(request, "workload/weight_add.html", context)


def changes(version, earlier):
    """What a version changed, in words; nothing for the first one."""
    if earlier is None:
        return []
    before, after = earlier.weights, version.weights
    return [
        f"{weight.label}: {number(before[weight])} to {number(after[weight])}"
        for weight in Weight
        if before[weight] != after[weight]
    ]


def what_changes(user, before, after, today):
    """[(team, name, points now, points then)] for everybody placed today in the user's teams."""
    placed = (
        Placement.objects.filter(team__in=Team.objects.visible_to(user))
        .current(today)
        .order_by()
        .values_list("team__name", "worker__name", "worker")
        .distinct()
    )
    rows = sorted(placed, key=lambda row: (row[0], name_order(row[1]), row[2]))
    carried = carried_by(list({worker for _, _, worker in rows}), today)
    old, new = weighed(carried, before), weighed(carried, after)
    return [(team, name, old[pk].in_words, new[pk].in_words) for team, name, pk in rows]
