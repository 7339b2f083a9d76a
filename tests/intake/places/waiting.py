"""Lists that were read, as pages leave them: uploaded, with their authority chosen."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from eitrack.intake.places.applying import apply
from eitrack.intake.places.recognise import list_files
from eitrack.intake.places.staging import bring_in, choose_authority
from tests.intake.places.made import gias_bytes, opener


def waiting(*contents, by, code="399"):
    """A batch of these files, ready to be ticked."""
    uploads = [SimpleUploadedFile(f"{number}.csv", one) for number, one in enumerate(contents)]
    lists = [found for one in contents for found in list_files("list.csv", opener(one))]
    return choose_authority(bring_in(uploads, lists, by=by), code, timezone.localdate())


def schools(*places, by):
    return waiting(gias_bytes(*places), by=by)


def rows_of(batch):
    """{(number, what is offered): row}."""
    return {(row.content["number"], row.content["what"]): row for row in batch.staged_rows.all()}


def tick(batch, *numbers, same_as=""):
    """Tick every row of these numbers, of all if none is said."""
    for row in batch.staged_rows.exclude(state="same"):
        if not numbers or row.content["number"] in map(str, numbers):
            row.is_chosen = True
            row.content["same_as"] = same_as
            row.save()
    return batch


def take(batch, *numbers, now=None, **options):
    """Tick and apply."""
    return apply(tick(batch, *numbers, **options), by=batch.by, now=now or timezone.now())
