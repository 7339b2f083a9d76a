"""Bringing the staged rows in: the preview does all of it, and takes it back."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.intake.choices import BatchState, RowState
from eitrack.intake.files import forget
from eitrack.intake.jobs import RefusedFileError, expect, one_at_a_time, require_own
from eitrack.intake.models import Batch, StagedFile
from eitrack.intake.workbook.fields import looked_up_once
from eitrack.intake.workbook.read import stage
from eitrack.intake.workbook.rows import RefusedRowError
from eitrack.intake.workbook.sheets import SHEETS

ROWS_AT_ONCE = 500
# Of a slow machine: so long nobody takes the process for dead.
SECONDS_A_ROW = 0.2


def read_workbook(batch, tell):
    """Stage the rows of the file and say of each what an import would do."""
    with transaction.atomic():
        batch.staged_rows.all().delete()
        remarks = stage(batch)
    expect(batch, batch.staged_rows.count() * SECONDS_A_ROW)
    preview(batch)
    with transaction.atomic():
        StagedFile.objects.filter(batch=batch).delete()
        counts = counts_of(batch)
        answers = {**batch.answers, "remarks": remarks}
        Batch.objects.filter(pk=batch.pk, attempt=batch.attempt).update(
            state=BatchState.READY, counts=counts, answers=answers, message=""
        )


def preview(batch):
    """Write on each row what an import would do; no other record is changed."""
    with transaction.atomic():
        rows = bring_rows(batch)
        transaction.set_rollback(True)
    batch.staged_rows.bulk_update(rows, ["state", "reason"], batch_size=ROWS_AT_ONCE)


def import_workbook(batch, tell):
    """Bring all rows in, or none: a row that is refused now stops the import."""
    expect(batch, batch.staged_rows.count() * SECONDS_A_ROW)
    with transaction.atomic():
        locked = require_own(batch)
        one_at_a_time()
        rows = bring_rows(batch)
        refused = [row for row in rows if row.state == RowState.REFUSED]
        if refused:
            first = refused[0]
            raise RefusedFileError(
                f"{first.sheet}, row {first.number}: {first.reason} Nothing was imported."
            )
        locked.state, locked.imported_at = BatchState.IMPORTED, timezone.now()
        locked.counts = counted(rows)
        locked.message = ""
        locked.save(update_fields=["state", "imported_at", "counts", "message"])
        record(Action.IMPORTED, by=locked.by, about=locked)
        forget(locked)


def bring_rows(batch):
    """All staged rows with the state and reason they have now, inside the caller's transaction."""
    by_sheet = {}
    for row in batch.staged_rows.order_by("number", "pk"):
        by_sheet.setdefault(row.sheet, []).append(row)
    rows = []
    with looked_up_once():
        for form in SHEETS:
            seen = {}
            for row in by_sheet.get(form.sheet, []):
                row.state, row.reason = brought(form, row, batch, seen)
                rows.append(row)
    return rows


def brought(form, row, batch, seen):
    """What became of one row: (state, reason)."""
    values, flaws = row.content["values"], row.content["flaws"]
    if flaws:
        told = [f"{form.base_fields[name].label}: {why}" for name, why in flaws.items()]
        return RowState.REFUSED, " ".join(told)[:200]
    key = tuple(values.get(name, "").casefold() for name in form.key)
    if key in seen:
        return RowState.REFUSED, f"Row {seen[key]} says the same already."
    seen[key] = row.number
    try:
        return form.of(values).bring(batch, by=batch.by), ""
    except RefusedRowError as refusal:
        return RowState.REFUSED, str(refusal)[:200]
    except ValidationError as refusal:
        return RowState.REFUSED, " ".join(refusal.messages)[:200]
    except IntegrityError:
        return RowState.REFUSED, "It contradicts a record that is there already."


def counted(rows):
    """{sheet: {state: number}}, in the order of the sheets."""
    by_sheet = {}
    for row in rows:
        by_sheet.setdefault(row.sheet, Counter())[str(row.state)] += 1
    return by_sheet


def counts_of(batch):
    return counted(sorted(batch.staged_rows.all(), key=place_of))


def place_of(row):
    names = [form.sheet for form in SHEETS]
    return names.index(row.sheet), row.number
