"""The file between its upload and its rows: compressed in the database, on disk when read."""

import tempfile
import zlib
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction

from eitrack.intake.models import Batch, StagedFile

CHUNK = 1024 * 1024
LONGEST_SUFFIX = 8


@transaction.atomic
def take_in(upload, *, kind, by, answers=None):
    """A new batch that holds this upload; nothing of it has been read yet."""
    digest, packer, packed = sha256(), zlib.compressobj(1), bytearray()
    for chunk in upload.chunks(CHUNK):
        digest.update(chunk)
        packed += packer.compress(chunk)
    packed += packer.flush()
    batch = Batch.objects.create(kind=kind, by=by, digest=digest.hexdigest(), answers=answers or {})
    suffix = Path(upload.name or "").suffix.lower()[:LONGEST_SUFFIX]
    StagedFile.objects.create(batch=batch, content=bytes(packed), suffix=suffix)
    return batch


@contextmanager
def unpacked(batch):
    """The path of the file while the context lasts; only this user of the machine may read it."""
    staged = StagedFile.objects.get(batch=batch)
    where = {"dir": settings.FILE_UPLOAD_TEMP_DIR, "suffix": staged.suffix}
    with tempfile.NamedTemporaryFile(**where) as file:  # made with mode 0600
        unpacker, content = zlib.decompressobj(), bytes(staged.content)
        while content:
            # As much as is asked for, however well it was packed.
            file.write(unpacker.decompress(content, CHUNK))
            content = unpacker.unconsumed_tail
        file.write(unpacker.flush())
        file.flush()
        yield Path(file.name)


def forget(batch):
    """Remove the file and its staged rows, once they were imported or dropped."""
    StagedFile.objects.filter(batch=batch).delete()
    batch.staged_rows.all().delete()
