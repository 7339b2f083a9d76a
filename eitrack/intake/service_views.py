"""People, places and formal work from one workbook: template, upload, preview, import."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.audit.trail import record_export
from eitrack.common.listing import export_of, export_response, export_urls, filtered_table
from eitrack.intake.choices import BatchKind, BatchState, RowState
from eitrack.intake.files import take_in
from eitrack.intake.filters import OF_WORKBOOKS, WorkbookRowFilter
from eitrack.intake.jobs import start_work
from eitrack.intake.models import Batch
from eitrack.intake.tables import WorkbookRowTable
from eitrack.intake.workbook.sheets import BY_NAME
from eitrack.intake.workbook.template import template_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WorkbookForm(forms.Form):
    file = forms.FileField(
        label="The workbook you filled in",
        help_text="XLSX or ODS, at most 10 MB.",
        error_messages={
            "required": "Choose the workbook.",
            "empty": "The file is empty.",
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.MOST_FILE_BYTES:
            raise forms.ValidationError("A workbook may have at most 10 MB.")
        return file


@requires(Permission.IMPORT_SERVICE)
def service_add(request):
    is_sent = request.method == "POST"
    form = WorkbookForm(request.POST, request.FILES) if is_sent else WorkbookForm()
    if is_sent and form.is_valid():
        with transaction.atomic():
            batch = take_in(form.cleaned_data["file"], kind=BatchKind.SERVICE, by=request.user)
            start_work(batch)
        return redirect(batch)
    return render(request, "intake/service_add.html", {"form": form, "sheets": list(BY_NAME)})


@requires(Permission.IMPORT_SERVICE)
def service_template(request):
    response = HttpResponse(template_file(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="eitrack-workbook.xlsx"'
    return response


@requires(Permission.IMPORT_SERVICE)
def service_preview(request, pk):
    """What an import would do, row by row; `?sheet=` and `?state=` narrow it."""
    batch = own_workbook(request, pk)
    if batch.state != BatchState.READY:
        return redirect(batch)
    rows = batch.staged_rows.refused_first()
    filterset, table = filtered_table(request, rows, WorkbookRowFilter, WorkbookRowTable)
    kind = export_of(request)
    if kind and (not filterset.is_bound or filterset.is_valid()):
        record_export(by=request.user, kind=f"workbook-rows.{kind}")
        return export_response(kind, table.as_values(), "workbook-rows")
    totals = totals_of(batch)
    context = {
        "batch": batch,
        "filter": filterset,
        "table": table,
        "sheets": lines_of(batch),
        "refused": totals.get(RowState.REFUSED, 0),
        "to_do": totals.get(RowState.NEW, 0) + totals.get(RowState.CHANGED, 0),
        **export_urls(request),
    }
    return render(request, "intake/service_preview.html", context)


@require_POST
@requires(Permission.IMPORT_SERVICE)
def service_import(request, pk):
    with transaction.atomic():
        batch = get_object_or_404(
            Batch.objects.visible_to(request.user)
            .filter(kind=BatchKind.SERVICE)
            .select_for_update(),
            pk=pk,
        )
        if batch.state == BatchState.READY and not totals_of(batch).get(RowState.REFUSED):
            batch.state, batch.heard_at = BatchState.IMPORTING, timezone.now()
            batch.save(update_fields=["state", "heard_at"])
            start_work(batch)
        elif batch.state == BatchState.READY:
            messages.warning(request, "Rows are refused: mend them in the file and upload it anew.")
    return redirect(batch)


def own_workbook(request, pk):
    batches = Batch.objects.visible_to(request.user).filter(kind=BatchKind.SERVICE)
    return get_object_or_404(batches, pk=pk)


def totals_of(batch):
    """{state: number of rows} of all sheets."""
    totals = {}
    for states in batch.counts.values():
        for state, number in states.items():
            totals[state] = totals.get(state, 0) + number
    return totals


def lines_of(batch):
    """A line per sheet: its name, and (state, number of rows) of each state."""
    return [
        {"sheet": sheet, "numbers": [(state, counts.get(state, 0)) for state in OF_WORKBOOKS]}
        for sheet in BY_NAME
        if (counts := batch.counts.get(sheet))
    ]
