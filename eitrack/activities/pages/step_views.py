"""Work on one protocol: its steps, and applying those that are proposed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities.models import ProtocolStep
from eitrack.activities.record.protocol_work import apply_step, step_lines
from eitrack.partnerships.actions import OrderError
from eitrack.partnerships.models import Protocol


@requires(Permission.SEE_PARTNERS)
def protocol_step_list(request, pk):
    visible = Protocol.objects.visible_to(request.user).select_related("agency")
    protocol = get_object_or_404(visible, pk=pk)
    can_edit = Protocol.objects.editable_by(request.user).filter(pk=pk).exists()
    context = {"protocol": protocol, "lines": step_lines(protocol, request.user, can_edit)}
    return render(request, "activities/protocol_step_list.html", context)


@require_POST
@requires(Permission.EDIT_PROTOCOLS)
def protocol_step_apply(request, pk):
    step = get_object_or_404(
        ProtocolStep.objects.editable_by(request.user).select_related("protocol__agency"), pk=pk
    )
    try:
        is_done = apply_step(by=request.user, step=step)
    except OrderError as refusal:
        messages.error(request, str(refusal))
    else:
        words = f"Saved: {step}." if is_done else "It was applied already."
        messages.success(request, words)
    return redirect("activities:protocol_step_list", step.protocol_id)
