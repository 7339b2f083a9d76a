"""The files somebody has brought in: how far each is, and taking it back."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.common.words import plural
from eitrack.intake.activity.taking_back import ask_back, effect_of
from eitrack.intake.batches import drop
from eitrack.intake.choices import BatchKind, BatchState, RowState
from eitrack.intake.jobs import start_work
from eitrack.intake.models import Batch
from eitrack.intake.undo import NotNowError, take_back, would_stay
from eitrack.intake.workbook.sheets import BY_NAME

MOST_LISTED = 50
SEE_SERVICE = Permission.SEE_SERVICE
# Files after which an administrator goes on with what comes next.
OF_THE_SERVICE = (BatchKind.PLACES, BatchKind.SERVICE)
# What may be brought in, by whom, and the URL name of the page where that begins.
BEGINNINGS = [
    (BatchKind.ACTIVITY.label, Permission.IMPORT_ACTIVITY, "intake:activity_add"),
    (BatchKind.PLACES.label, Permission.IMPORT_PLACES, "intake:places_add"),
    (BatchKind.SERVICE.label, Permission.IMPORT_SERVICE, "intake:service_add"),
    ("From your calendar", Permission.IMPORT_CALENDAR, "intake:calendar_add"),
]
# The page of a file that was read and waits to be imported, by kind: its URL name.
PREVIEWS = {
    BatchKind.ACTIVITY: "intake:activity_preview",
    BatchKind.PLACES: "intake:places_list",
    BatchKind.SERVICE: "intake:service_preview",
}


@requires(Permission.SEE_IMPORTS)
def batch_list(request):
    now = timezone.now()
    batches = list(Batch.objects.visible_to(request.user)[:MOST_LISTED])
    for batch in batches:
        batch.stopped = batch.is_silent(now)
    context = {
        "batches": batches,
        "beginnings": [
            {"name": name, "url": reverse(page)}
            for name, permission, page in BEGINNINGS
            if request.user.may(permission)
        ],
    }
    return render(request, "intake/batch_list.html", context)


@requires(Permission.SEE_IMPORTS)
def batch_detail(request, pk):
    batch = get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)
    if batch.is_working:
        return redirect("intake:batch_progress", pk)
    if batch.state == BatchState.READY and batch.kind in PREVIEWS:
        return redirect(PREVIEWS[batch.kind], pk)
    now = timezone.now()
    context = {
        "batch": batch,
        "facts": facts_of(batch),
        "can_be_taken_back": batch.can_be_taken_back(now),
        "leads_to_service": batch.kind in OF_THE_SERVICE and request.user.may(SEE_SERVICE),
    }
    return render(request, "intake/batch_detail.html", context)


@requires(Permission.SEE_IMPORTS)
def batch_progress(request, pk):
    """How far the work is; the part that changes is fetched by a script every two seconds."""
    batch = get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)
    context = {"batch": batch, "is_silent": batch.is_silent(timezone.now())}
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, f"intake/{'_progress' if is_part else 'batch_progress'}.html", context)


@require_POST
@requires(Permission.SEE_IMPORTS)
def batch_restart(request, pk):
    """Begin the work again, when its process has died."""
    with transaction.atomic():
        batch = get_object_or_404(locked_batches(request.user), pk=pk)
        if batch.is_silent(timezone.now()):
            batch.heard_at = timezone.now()
            batch.save(update_fields=["heard_at"])
            start_work(batch)
    return redirect(batch)


@require_POST
@requires(Permission.SEE_IMPORTS)
def batch_drop(request, pk):
    batch = get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)
    if drop(batch):
        messages.success(request, "Dropped: nothing of the file is kept.")
    else:
        messages.warning(request, "It was not dropped: it is being imported, or was imported.")
    return redirect("intake:batch_list")


@requires(Permission.SEE_IMPORTS)
def batch_take_back(request, pk):
    batch = get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)
    if batch.kind == BatchKind.ACTIVITY:
        return take_activity_back(request, batch)
    now = timezone.now()
    try:
        if request.method != "POST":
            staying = would_stay(batch, by=request.user, now=now)
            context = {"batch": batch, "staying": staying, "records": batch.brought.count()}
            return render(request, "intake/batch_take_back.html", context)
        staying = take_back(batch, by=request.user, now=now)
    except NotNowError as refusal:
        messages.warning(request, str(refusal))
    else:
        left = f" {plural(len(staying), 'record stays', 'records stay')}." if staying else ""
        messages.success(request, f"Taken back.{left}")
    return redirect(batch)


def take_activity_back(request, batch):
    """Records of activity stay as void ones, and may be many: a process of its own does it."""
    if batch.state != BatchState.IMPORTED:
        messages.warning(
            request, f"This cannot be taken back: {batch.get_state_display().lower()}."
        )
        return redirect(batch)
    if request.method == "POST":
        ask_back(batch)
        return redirect(batch)
    context = {"batch": batch, **effect_of(batch)}
    return render(request, "intake/activity_take_back.html", context)


def facts_of(batch):
    """[(what, how many in words)]: of each sheet of a workbook, or of the whole file."""
    return [(label_of(what), how_many(number)) for what, number in in_order(batch.counts)]


def in_order(counts):
    """The counts as pairs: PostgreSQL does not keep the order of keys."""
    order = [*BY_NAME, *RowState.values]
    return sorted(
        counts.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order)
    )


def label_of(what):
    return RowState(what).label if what in RowState.values else what


def how_many(number):
    if not isinstance(number, dict):
        return number
    return ", ".join(f"{count} {label_of(state).lower()}" for state, count in in_order(number))


def locked_batches(user):
    return Batch.objects.visible_to(user).select_for_update()
