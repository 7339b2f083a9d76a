"""Reading a file: either into staged rows, or up to the questions it leaves open."""

from collections import Counter
from datetime import date

from django.db import transaction
from django.utils import timezone

from eitrack.accounts.models import User
from eitrack.common.words import plural
from eitrack.intake.activity.doubles import Doubles
from eitrack.intake.activity.hats import Hats
from eitrack.intake.activity.meanings import meanings_of
from eitrack.intake.activity.rows import RowReader
from eitrack.intake.activity.settled import Settled
from eitrack.intake.activity.sheets import NOTHING, tables_of
from eitrack.intake.activity.survey import questions_of, suggested_settled, words_in
from eitrack.intake.choices import BatchState, RowState
from eitrack.intake.files import unpacked
from eitrack.intake.jobs import RefusedFileError
from eitrack.intake.models import Batch, Layout, StagedFile, StagedRow
from eitrack.intake.reading.fields import plain_name
from eitrack.intake.reading.files.refusal import NotReadable
from eitrack.intake.reading.layouts import fingerprint
from eitrack.intake.reading.lines import LineKind

ROWS_AT_ONCE = 250
LONGEST_REASON = 200
KINDS_SAID = {
    LineKind.TOTAL: ("row of totals", "rows of totals"),
    LineKind.HEADING: ("heading", "headings"),
    LineKind.NOTE: ("note", "notes"),
    LineKind.HEADER: ("header once more", "headers once more"),
}


def read_activity(batch, tell):
    """Stage the rows of a file whose questions are answered; else say what they are."""
    try:
        read(batch, tell)
    except NotReadable as refusal:
        raise RefusedFileError(str(refusal)) from None


def read(batch, tell):
    worker = User.objects.get(pk=batch.answers["worker"])
    batch.staged_rows.all().delete()
    with unpacked(batch) as path:
        tables, remarks = tables_of(path)
        asks = StagedFile.objects.get(batch=batch).asks
        settled = settled_by(batch, tables, asks)
        asks = questions(batch, tables, settled, asks, worker)
        tell(0, rows_in(tables))
        if asks["is_open"]:
            ask(batch, asks)
            return
        counts = stage(batch, tables, settled, worker, tell)
    if not counts:
        raise RefusedFileError(NOTHING)
    remarks += [*settled.remarks, *left_out(tables), *come_before(batch)]
    ready(batch, counts, remarks, asks)


def settled_by(batch, tables, asks):
    """As this file or one that looks the same was decided; None if none was."""
    mark = fingerprint(tables[0].head.names)
    layout = Layout.objects.visible_to(batch.by).filter(fingerprint=mark).first()
    if layout is None:
        return None
    own_names = asks.get("own_names")
    return Settled.by_layout(layout, frozenset(own_names) if own_names is not None else None)


def questions(batch, tables, settled, before, worker):
    """What is asked of the file, for `StagedFile.asks`; `is_open` is whether an answer is missing.

    With all answers it still says how the file is read, so that it can be changed.
    """
    meanings = meanings_of(batch.by)
    found = questions_of(tables, settled)
    words, workers = words_in(tables, settled or suggested_settled(found), meanings)
    found |= {"words": words, "workers": workers, "own_names": before.get("own_names")}
    if settled is None:
        return found | {"is_open": True}
    own = plain_name(worker.name)
    if settled.own_names is None and own in map(plain_name, workers):
        settled.own_names = frozenset({own})
    is_whose_open = bool(workers) and settled.own_names is None
    is_zero_open = found["has_zeros"] and not settled.zero_means
    is_open = bool(words) or is_whose_open or is_zero_open or settled.is_unsaid
    return found | {"is_open": is_open}


@transaction.atomic
def ask(batch, asks):
    StagedFile.objects.filter(batch=batch).update(asks=asks)
    of_this_attempt(batch).update(state=BatchState.READY, message="")


def of_this_attempt(batch):
    return Batch.objects.filter(pk=batch.pk, attempt=batch.attempt)


def stage(batch, tables, settled, worker, tell):
    """Write the rows of all tables; returns {state: number}."""
    counts, waiting, done, of = Counter(), [], 0, rows_in(tables)
    meanings, hats, today = meanings_of(batch.by), Hats(worker, batch.by), timezone.localdate()
    doubles = None
    for table in tables:
        around = settled.around(table, today)
        if doubles is None:
            doubles = Doubles(worker, *span_of(tables, settled, today))
        reader = RowReader(settled, meanings, hats, around, today)
        for record in settled.records(table):
            state, content, reason = reader.read(record)
            if state == RowState.NEW and (double := doubles.of(content, record.number)):
                state, reason = RowState.DOUBLE, f"{double} {reason}".strip()
            counts[str(state)] += 1
            waiting.append(
                StagedRow(
                    batch=batch,
                    number=record.number,
                    sheet=table.name[:60],
                    state=state,
                    is_chosen=state == RowState.NEW,
                    content=content,
                    reason=reason[:LONGEST_REASON],
                )
            )
            if len(waiting) == ROWS_AT_ONCE:
                done += write(waiting)
                tell(done, of)
    write(waiting)
    return counts


def write(rows):
    StagedRow.objects.bulk_create(rows)
    written = len(rows)
    rows.clear()
    return written


def span_of(tables, settled, today):
    """The first and last day that the file may hold."""
    days = [settled.around(table, today) for table in tables]
    first = min(one.first for one in days)
    return date(max(first.year - 1, 1), 1, 1), today


def ready(batch, counts, remarks, asks):
    with transaction.atomic():
        own = Batch.objects.select_for_update().filter(pk=batch.pk, attempt=batch.attempt).first()
        if own is None:
            return
        own.state, own.counts, own.message = BatchState.READY, counts, ""
        own.answers = {**own.answers, "remarks": remarks}
        own.save(update_fields=["state", "counts", "message", "answers"])
        StagedFile.objects.filter(batch=batch).update(asks=asks)


def rows_in(tables):
    return sum(table.kinds.get(LineKind.RECORD, 0) for table in tables)


def left_out(tables):
    """What stood under the header and is no record, in words."""
    said = []
    for kind, (one, many) in KINDS_SAID.items():
        if number := sum(table.kinds.get(kind, 0) for table in tables):
            said.append(f"{plural(number, one, many)} left out.")
    return said


def come_before(batch):
    """That the same file has been brought in already."""
    same = Batch.objects.visible_to(batch.by).filter(digest=batch.digest)
    before = same.filter(state=BatchState.IMPORTED).exclude(pk=batch.pk).first()
    if before is None:
        return []
    day = timezone.localdate(before.imported_at)
    return [f"You have brought in this very file already, on {day:%-d %B %Y}."]
