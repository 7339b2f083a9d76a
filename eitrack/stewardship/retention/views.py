"""What is kept for how long, what is held back, and what went."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.typed import typed
from eitrack.stewardship.models import LegalHold, RetentionRun, RetentionSettings
from eitrack.stewardship.retention.forms import HoldForm, RetentionForm

RUNS_SHOWN = 30
HOLDS_SHOWN = 50


@requires(Permission.CHANGE_SETTINGS)
def retention_detail(request):
    form = RetentionForm(typed(request), instance=RetentionSettings.objects.now())
    if request.method == "POST" and form.is_valid():
        if form.has_changed():
            with transaction.atomic():
                record(Action.CHANGED, by=request.user, about=form.save())
            messages.success(request, "Saved. It holds from the next run of the day.")
        else:
            messages.info(request, "Nothing was changed.")
        return redirect("stewardship:retention_detail")
    holds = LegalHold.objects.select_related("person", "placed_by", "lifted_by")
    context = {
        "form": form,
        "holds": holds.order_by("lifted_at", "-placed_at", "-pk")[:HOLDS_SHOWN],
        "runs": RetentionRun.objects.all()[:RUNS_SHOWN],
    }
    return render(request, "stewardship/retention_detail.html", context)


@requires(Permission.CHANGE_SETTINGS)
def hold_add(request):
    form = HoldForm(typed(request), instance=LegalHold(placed_by=request.user))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            record(Action.CREATED, by=request.user, about=form.save())
        messages.success(request, f"The legal {form.instance} stands: nothing of it is removed.")
        return redirect("stewardship:retention_detail")
    return render(request, "stewardship/hold_add.html", {"form": form})


@require_POST
@requires(Permission.CHANGE_SETTINGS)
def hold_lift(request, pk):
    """Sent twice it is done once."""
    hold = get_object_or_404(LegalHold, pk=pk)
    with transaction.atomic():
        lifted = {"lifted_by": request.user, "lifted_at": timezone.now()}
        if LegalHold.objects.standing().filter(pk=pk).update(**lifted):
            record(Action.CLOSED, by=request.user, about=hold)
    messages.success(request, f"The legal {hold} is lifted.")
    return redirect("stewardship:retention_detail")
