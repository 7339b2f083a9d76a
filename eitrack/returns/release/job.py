"""The long work of preparing a return, in a process of its own.

The row in the register shows progress. A process that reports nothing is presumed dead; another may
replace it, and reports of the first are then ignored.
"""

import time
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.processes import start
from eitrack.directory.models import ChangeMark
from eitrack.returns.choices import ReturnState
from eitrack.returns.models import ReleaseSettings, Return
from eitrack.returns.release.build import audited_before, made, period_read
from eitrack.returns.release.eligible import RefusedError

ROUNDS = 3
SECONDS_BETWEEN = 0.5
KEEPS_CHANGING = "Records of this period kept changing meanwhile. Start it again in a quiet moment."
STOPPED = "It stopped before it was done."


def start_preparing(pk):
    """Start `manage.py release --continue PK`, so that no page waits for it."""
    start("release", "--continue", pk)


class SupersededError(Exception):
    """Another process works on this return now, or it was withdrawn."""


def carry_out(pk, *, today, say=lambda done, of, what: None):
    """Prepare the return from the start, and save it as prepared.

    Raises RefusedError if it is not being prepared, SupersededError if another process took over;
    any other failure is noted on the row.
    """
    draft = claim(pk)
    try:
        prepared = steadily(draft, today, Teller(draft, say))
    except SupersededError:
        raise
    except RefusedError as refusal:
        give_up(draft, str(refusal))
        raise
    except Exception:
        give_up(draft, STOPPED)
        raise
    return keep(draft, prepared)


@transaction.atomic
def claim(pk):
    """Take over the work; reports of earlier processes are ignored from now on."""
    draft = Return.objects.select_for_update().get(pk=pk)
    if draft.state != ReturnState.PREPARING:
        raise RefusedError(f"{draft} is not being prepared: {draft.get_state_display().lower()}.")
    rules = ReleaseSettings.objects.now()
    draft.threshold, draft.base = rules.threshold, rules.base
    draft.audited_with = list(audited_before(draft).values_list("pk", flat=True))
    draft.attempt += 1
    draft.done, draft.of, draft.doing, draft.failure = 0, 0, "", ""
    draft.heard_at = timezone.now()
    draft.save()
    return draft


class Teller:
    """Writes progress to the row, at most twice a second."""

    def __init__(self, draft, say):
        self.draft, self.say, self.told_at = draft, say, None

    def __call__(self, done, of, what):
        self.say(done, of, what)
        now = time.monotonic()
        if self.told_at is not None and now - self.told_at < SECONDS_BETWEEN:
            return
        self.told_at = now
        heard = of_this_attempt(self.draft).update(
            done=done, of=of, doing=what[:120], heard_at=timezone.now()
        )
        if not heard:
            raise SupersededError


def of_this_attempt(draft):
    return Return.objects.filter(pk=draft.pk, attempt=draft.attempt, state=ReturnState.PREPARING)


def steadily(draft, today, tell):
    """All tables from the same records: start over if one changed in between."""
    months = period_read(draft).months
    for _ in range(ROUNDS):
        before = ChangeMark.objects.stamps(months, with_kinds=True)
        prepared = made(draft, today=today, tell=tell)
        if ChangeMark.objects.stamps(months, with_kinds=True) == before:
            return prepared
    raise RefusedError(KEEPS_CHANGING)


def give_up(draft, why):
    of_this_attempt(draft).update(failure=why[:200])


@transaction.atomic
def keep(draft, prepared):
    """Save the figures as text; no record is read for this return after this."""
    locked = of_this_attempt(draft).select_for_update().first()
    if locked is None:
        raise SupersededError
    now = timezone.now()
    locked.document = prepared.document.to_json()
    locked.sha256 = sha256(locked.document.encode()).hexdigest()
    for name in ("report", "report_lines", "kept", "coverage", "late"):
        setattr(locked, name, getattr(prepared, name))
    locked.state, locked.prepared_at, locked.heard_at = ReturnState.PREPARED, now, now
    locked.save()
    record(Action.PREPARED, by=locked.prepared_by, about=locked)
    return locked
