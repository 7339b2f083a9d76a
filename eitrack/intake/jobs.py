"""Reading and importing run in a process of their own, and report how far they are.

A process that reports nothing is presumed dead; another may begin anew, and what the first still
says is ignored. Nothing counts before the import's last transaction has ended.
"""

import time
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from eitrack.common.processes import start
from eitrack.directory.models import District
from eitrack.intake.choices import BatchState
from eitrack.intake.files import forget
from eitrack.intake.models import Batch

SECONDS_BETWEEN = 0.5
# Where a failure leaves a file.
INSTEAD = {
    BatchState.IMPORTING: BatchState.READY,
    BatchState.TAKING_BACK: BatchState.IMPORTED,
}
STOPPED = "It stopped before it was done, and nothing was imported."
STOPPED_TAKING_BACK = "It stopped before it was done, and nothing was taken back."


class RefusedFileError(Exception):
    """The file cannot be taken; the message says why, and what to do."""


class SupersededError(Exception):
    """Another process works on this batch now."""


def start_work(batch):
    """Start `manage.py take_in PK` once the transaction has ended."""
    # What was said of earlier work, of which this one is no part.
    Batch.objects.filter(pk=batch.pk).update(rows=0, rows_done=0)
    transaction.on_commit(lambda: start("take_in", batch.pk))


def carry_out(pk, work):
    """Do what the state of the batch asks for; a failure is written on it and raised.

    Nothing, where another process has brought the batch to an end meanwhile. `work` maps a kind and
    a state to a function of the batch and of `tell(done, of)`. It leaves the batch in another
    state, or raises RefusedFileError.
    """
    batch = claim(pk)
    if not batch.is_working:
        return
    try:
        work[batch.kind, batch.state](batch, Teller(batch))
    except SupersededError:
        raise
    except RefusedFileError as refusal:
        give_up(batch, str(refusal))
    except Exception:
        was_back = batch.state == BatchState.TAKING_BACK
        give_up(batch, STOPPED_TAKING_BACK if was_back else STOPPED)
        raise


@transaction.atomic
def claim(pk):
    """Take over the work; reports of earlier processes are ignored from now on."""
    batch = Batch.objects.select_for_update().get(pk=pk)
    batch.attempt += 1
    batch.rows_done, batch.heard_at = 0, timezone.now()
    batch.save(update_fields=["attempt", "rows_done", "heard_at"])
    return batch


def of_this_attempt(batch):
    return Batch.objects.filter(pk=batch.pk, attempt=batch.attempt, state=batch.state)


def require_own(batch):
    """The batch, locked; raises SupersededError if another process works on it now."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if (locked.attempt, locked.state) != (batch.attempt, batch.state):
        raise SupersededError
    return locked


def one_at_a_time():
    """Until the end of the transaction: no other import makes people or places.

    Two that know nothing of each other would make the same place twice.
    """
    list(District.objects.order_by("pk").select_for_update(no_key=True).values_list("pk"))


@transaction.atomic
def give_up(batch, why):
    """An import that failed can be started again, as its rows are still there; what was to be taken
    back stays imported, unless it counts no more: that is only begun anew. Of a file that is
    refused nothing is kept.
    """
    if batch.taken_back_at:
        return
    state = INSTEAD.get(batch.state, BatchState.REFUSED)
    given_up = of_this_attempt(batch).update(state=state, message=why[:300])
    if given_up and state == BatchState.REFUSED:
        forget(batch)


def expect(batch, seconds):
    """What follows is one transaction and cannot report: it is not silent for so long."""
    heard_at = timezone.now() + timedelta(seconds=seconds)
    if not of_this_attempt(batch).update(heard_at=heard_at):
        raise SupersededError


class Teller:
    """Writes progress to the batch, at most twice a second; not inside a transaction of work."""

    def __init__(self, batch):
        self.batch, self.told_at = batch, None

    def __call__(self, done, of):
        now = time.monotonic()
        if self.told_at is not None and now - self.told_at < SECONDS_BETWEEN:
            return
        self.told_at = now
        heard = of_this_attempt(self.batch).update(rows_done=done, rows=of, heard_at=timezone.now())
        if not heard:
            raise SupersededError
