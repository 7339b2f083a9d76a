"""Activity from sheets: upload, what the file leaves open, preview, import."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.models import User
from eitrack.accounts.roles import Permission
from eitrack.audit.trail import record_export
from eitrack.common.listing import export_of, export_response, export_urls, filtered_table
from eitrack.intake.activity.filters import STATES, LayoutFilter, SheetRowFilter
from eitrack.intake.activity.forms import QuestionsForm, SheetForm
from eitrack.intake.activity.importing import chosen
from eitrack.intake.activity.tables import LayoutTable, SheetRowTable
from eitrack.intake.activity.ticks import keep_ticks
from eitrack.intake.choices import BatchKind, BatchState, RowState
from eitrack.intake.files import take_in
from eitrack.intake.jobs import start_work
from eitrack.intake.models import Batch, Layout, StagedFile


@requires(Permission.SEE_LAYOUTS)
def layout_list(request):
    """How sheets of activity are read and how much came of them; never a row of any."""
    layouts = Layout.objects.readable_by(request.user).select_related("by")
    filterset, table = filtered_table(request, layouts, LayoutFilter, LayoutTable)
    kind = export_of(request)
    if kind and (not filterset.is_bound or filterset.is_valid()):
        record_export(by=request.user, kind=f"layouts.{kind}")
        return export_response(kind, table.as_values(), "layouts")
    numbers = dict(Batch.objects.activity_by_state())
    context = {
        "filter": filterset,
        "table": table,
        "facts": [(state.label, numbers[state]) for state in BatchState if state in numbers],
        **export_urls(request),
    }
    return render(request, "intake/layout_list.html", context)


@requires(Permission.IMPORT_ACTIVITY)
def activity_add(request):
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SheetForm(*sent, user=request.user)
    if sent and form.is_valid():
        worker = form.cleaned_data["worker"].pk
        with transaction.atomic():
            batch = take_in(
                form.cleaned_data["file"],
                kind=BatchKind.ACTIVITY,
                by=request.user,
                answers={"worker": worker},
            )
            start_work(batch)
        return redirect(batch)
    return render(request, "intake/activity_add.html", {"form": form})


@requires(Permission.IMPORT_ACTIVITY)
def activity_questions(request, pk):
    """What the file leaves open; answered, it is read anew."""
    batch = own_sheet(request, pk)
    if batch.state != BatchState.READY or not StagedFile.objects.filter(batch=batch).exists():
        return redirect(batch)
    worker = worker_of(batch)
    form = QuestionsForm(
        request.POST if request.method == "POST" else None, batch=batch, worker=worker
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect(batch)
    context = {"form": form, "batch": batch, "worker": worker}
    return render(request, "intake/activity_questions.html", context)


@requires(Permission.IMPORT_ACTIVITY)
def activity_preview(request, pk):
    """What an import would do; the ticks of doubles are kept whatever its buttons do."""
    batch = own_sheet(request, pk)
    if batch.state != BatchState.READY:
        return redirect(batch)
    if is_asking(batch):
        return redirect("intake:activity_questions", pk)
    if request.method == "POST":
        keep_ticks(batch, request.POST)
        return redirect(request.get_full_path())
    rows = batch.staged_rows.refused_first()
    filterset, table = filtered_table(request, rows, SheetRowFilter, SheetRowTable)
    kind = export_of(request)
    if kind and (not filterset.is_bound or filterset.is_valid()):
        record_export(by=request.user, kind=f"sheet-rows.{kind}")
        return export_response(kind, table.as_values(), "sheet-rows")
    context = {
        "batch": batch,
        "worker": worker_of(batch),
        "filter": filterset,
        "table": table,
        "numbers": [(state, state.label, batch.counts.get(state, 0)) for state in STATES],
        "to_do": chosen(batch).count(),
        "doubles": batch.counts.get(RowState.DOUBLE, 0),
        **export_urls(request),
    }
    return render(request, "intake/activity_preview.html", context)


@require_POST
@requires(Permission.IMPORT_ACTIVITY)
def activity_import(request, pk):
    batch = own_sheet(request, pk)
    keep_ticks(batch, request.POST)
    with transaction.atomic():
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        if locked.state != BatchState.READY or is_asking(locked):
            return redirect(batch)
        if not chosen(locked).exists():
            messages.warning(request, "No row is ticked: there is nothing to import.")
            return redirect(batch)
        locked.state, locked.heard_at = BatchState.IMPORTING, timezone.now()
        locked.save(update_fields=["state", "heard_at"])
        start_work(locked)
    return redirect(batch)


def own_sheet(request, pk):
    batches = Batch.objects.visible_to(request.user).filter(kind=BatchKind.ACTIVITY)
    return get_object_or_404(batches, pk=pk)


def is_asking(batch):
    """Whether the file waits for answers."""
    return StagedFile.objects.filter(batch=batch, asks__is_open=True).exists()


def worker_of(batch):
    return User.objects.filter(pk=batch.answers.get("worker")).first()
