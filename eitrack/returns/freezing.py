"""The files of a released return: made from its document once, and the same whenever made again."""

import mimetypes
from hashlib import sha256

from eitrack.returns.files import render
from eitrack.returns.files.standing import Standing
from eitrack.returns.models import ReturnFile

MADE_AGAIN = (".csv", ".json")
CHARSETS = {"text/csv": "text/csv; charset=utf-8", None: "application/octet-stream"}


def file_stem(made):
    about = f"-{made.funding_stream.slug}" if made.funding_stream_id else ""
    return f"{made.kind}-{made.district.slug}{about}-{made.period}-release-{made.number}"


def files_of(made, document, *, released_at):
    """ReturnFiles, not saved: every format of the document."""
    contents = render(document, standing=Standing.of_release(released_at, made.number))
    return [file_of(made, suffix, content) for suffix, content in contents.items()]


def file_of(made, suffix, content):
    name = f"{file_stem(made)}{suffix}"
    kind, _ = mimetypes.guess_type(name)
    return ReturnFile(
        of_return=made,
        name=name,
        media_type=CHARSETS.get(kind, kind),
        sha256=sha256(content).hexdigest(),
        size=len(content),
        content=content,
    )


def made_again(released):
    """{file name: bytes} of CSV and JSON, from nothing but the register."""
    files = files_of(released, released.content, released_at=released.released_at)
    return {each.name: each.content for each in files if each.name.endswith(MADE_AGAIN)}
