"""A list between its upload and *Apply*: first the file, then the rows of one authority."""

import tempfile
import zipfile
from contextlib import contextmanager
from functools import partial

from django.conf import settings
from django.core.files import File
from django.db import transaction

from eitrack.common.words import listed
from eitrack.directory.models import District
from eitrack.intake.choices import BatchKind, BatchState, RowState
from eitrack.intake.files import take_in, unpacked
from eitrack.intake.models import Batch, RememberedPlace, StagedFile, StagedRow
from eitrack.intake.places.choices import CHANGES, FileKind, Offered
from eitrack.intake.places.directory_offers import offers_of_directory
from eitrack.intake.places.hub_offers import offers_of_hubs
from eitrack.intake.places.offers import (
    as_json,
    from_json,
    links_as_json,
    listing_from,
    offers_of,
)
from eitrack.intake.places.recognise import list_files
from eitrack.intake.places.sources import authorities_of, listing_of, source_of

CHUNK = 1024 * 1024
ROWS_AT_ONCE = 500
MOST_LEFT_OUT = 50
# What a row may ask: which place of ours it is, and of a session what it is.
UNANSWERED = {"same_as": "", "activity_type": ""}
MAKERS = {FileKind.HUBS: offers_of_hubs, FileKind.DIRECTORY: offers_of_directory}
CHANGED_HERE, REPEATING = "changes of places that are here", "repeating at a venue"
COUNTED = {
    Offered.UNKNOWN: "not here yet",
    Offered.NEW: "new since the last list",
    Offered.LEFT_OUT: "left out before",
    Offered.SAME: "as they are here",
}


@transaction.atomic
def bring_in(uploads, lists, *, by):
    """A batch of these uploads, recognised as `lists`, that waits for its authority."""
    named = [[one.code, one.name, one.places] for one in authorities_of(lists)]
    with one_file(uploads) as upload:
        batch = take_in(upload, kind=BatchKind.PLACES, by=by, answers={"authorities": named})
    batch.source, batch.state = source_of(lists), BatchState.READY
    batch.save(update_fields=["source", "state"])
    return batch


@contextmanager
def one_file(uploads):
    """The only upload; of several an archive."""
    if len(uploads) == 1:
        yield uploads[0]
        return
    with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as archive:
        pack(uploads, archive)
        archive.seek(0)
        yield File(archive, name="lists.zip")


def pack(uploads, archive):
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for number, upload in enumerate(uploads):
            suffix = "json" if upload.name.lower().endswith("json") else "csv"
            with packed.open(f"{number}.{suffix}", "w", force_zip64=True) as part:
                for chunk in upload.chunks(CHUNK):
                    part.write(chunk)


def usual_authority(batch):
    """The code of the authority that was chosen the last time, else of one called as a district."""
    named = {code: name for code, name, _ in batch.answers["authorities"]}
    remembered = RememberedPlace.objects.standing().filter(authority__in=named)
    if code := remembered.values_list("authority", flat=True).last():
        return code
    districts = {name.casefold() for name in District.objects.values_list("name", flat=True)}
    called_so = [code for code, name in named.items() if name.casefold() in districts]
    return called_so[0] if len(called_so) == 1 else ""


def choose_authority(batch, code, today):
    """Read what lies in this authority; the file with all the others goes.

    PlacesFileError if the list turns out to be damaged.
    """
    try:
        with unpacked(batch) as path:
            listing, broken = listing_of(list_files(path.name, partial(open, path, "rb")), code)
    except StagedFile.DoesNotExist:  # Sent twice: the first has read it.
        return batch
    with transaction.atomic():
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        if locked.state != BatchState.READY or "authority" in locked.answers:
            return locked
        name = next(name for named, name, _ in locked.answers["authorities"] if named == code)
        locked.answers |= {
            "authority": code,
            "authority_name": name,
            "broken": broken,
            "links": links_as_json(listing.links),
            "linked": {one: sorted(others) for one, others in listing.links.linked.items()},
            "names_all_open": listing.names_all_open,
            "left_out": listing.left_out[:MOST_LEFT_OUT],
        }
        locked.save(update_fields=["answers"])
        stage(locked, offers_for(locked, listing, today))
        StagedFile.objects.filter(batch=locked).delete()
    return locked


def offers_for(batch, listing, today):
    make = MAKERS.get(batch.source, offers_of)
    return make(listing, batch.answers["authority"], today)


def stage(batch, offers, kept=None):
    """Put the offers into rows; `kept` is {key of an offer: (is chosen, answers)} to keep."""
    kept = kept or {}
    rows = []
    for number, offer in enumerate(offers, 1):
        is_chosen, answered = kept.get(offer.key, (False, UNANSWERED))
        rows.append(
            StagedRow(
                batch=batch,
                number=number,
                state=state_of(offer),
                is_chosen=is_chosen and offer.what != Offered.SAME,
                content=as_json(offer) | answered,
            )
        )
    batch.staged_rows.all().delete()
    StagedRow.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    batch.counts = counted(offers)
    batch.save(update_fields=["counts"])


def counted(offers):
    """How many offers there are of what an administrator looks for first, in words."""
    usual = [
        one.what
        for one in offers
        if one.session is None and (one.place is None or one.place.is_usual)
    ]
    numbers = {
        CHANGED_HERE: sum(what in CHANGES for what in usual),
        **{words: usual.count(what) for what, words in COUNTED.items()},
        REPEATING: sum(one.session is not None and one.what != Offered.SAME for one in offers),
    }
    return {words: number for words, number in numbers.items() if number}


def counts_in_words(counts):
    """In this order whatever the database made of it: PostgreSQL sorts the keys of JSON."""
    order = (CHANGED_HERE, *COUNTED.values(), REPEATING)
    return listed(f"{counts[words]:,} {words}" for words in order if words in counts)


def state_of(offer):
    if offer.what == Offered.SAME:
        return RowState.SAME
    return RowState.CHANGED if offer.what in CHANGES else RowState.NEW


@transaction.atomic
def stage_again(batch, today):
    """Compare with what is known now, as somebody has changed it meanwhile; ticks stay."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state == BatchState.READY:
        contents = list(locked.staged_rows.values_list("content", "is_chosen"))
        kept = {
            from_json(content).key: (is_chosen, {name: content[name] for name in UNANSWERED})
            for content, is_chosen in contents
        }
        stage(locked, offers_now(locked, [content for content, _ in contents], today), kept)


def offers_now(batch, contents, today):
    return offers_for(batch, listing_from(contents, batch.answers), today)
