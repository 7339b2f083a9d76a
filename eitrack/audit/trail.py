"""Writing to the trail."""

from datetime import datetime, time

from django.utils import timezone

from eitrack.audit.choices import Action
from eitrack.audit.downloads import note_download, parameters_in_use
from eitrack.audit.models import Entry


def record(action, *, by, about=None, reason=""):
    """Append one entry; `about` is the record it concerns, `reason` a code, never free text."""
    entry = Entry(
        by=by,
        action=action,
        record_kind=about._meta.label if about is not None else "",
        record_id=about.pk if about is not None else None,
        reason=reason,
    )
    entry.save()
    if action == Action.EXPORTED:
        note_download(entry)
    return entry


def record_reveal(*, by, about):
    """One row per user, record and day, however often the page is opened (SPEC.md rule 12)."""
    entry = Entry(by=by, action=Action.REVEALED, record_kind=about._meta.label, record_id=about.pk)
    Entry.objects.bulk_create([entry], ignore_conflicts=True)


def record_export(*, by, kind):
    """`kind` names what was exported, for instance "activities.csv".

    The parameters are those of the address; the hash of the file follows once it was sent.
    """
    entry = Entry(by=by, action=Action.EXPORTED, record_kind=kind[:60])
    entry.parameters = parameters_in_use()
    entry.save()
    note_download(entry)
    return entry


def record_dissolved(on):
    """That a thread was dissolved, and the day: not whose, which or when (SPEC.md rule 1)."""
    midnight = timezone.make_aware(datetime.combine(on, time.min))
    return Entry.objects.create(by=None, action=Action.DISSOLVED, at=midnight, on=on)
