"""The files of a released return: made from its document, with the same bytes each time."""

from hashlib import sha256

from eitrack.returns.files import CONTENT_TYPES, render
from eitrack.returns.files.standing import Standing
from eitrack.returns.models import ReturnFile

MADE_AGAIN = (".csv", ".json")


def file_stem(made, document):
    """The part of the name that all its files share, including the explainer.

    It has the number of the release, so a revision never replaces what it revises.
    """
    sample = "sample-" if document.is_sample else ""
    about = f"-{made.funding_stream.slug}" if made.funding_stream_id else ""
    return f"{sample}{made.kind}-{made.district.slug}{about}-{made.period}-release-{made.number}"


def files_of(made, document, *, released_at):
    """Unsaved ReturnFiles: every format of the document."""
    name = file_stem(made, document)
    standing = Standing.of_release(released_at, made.number)
    contents = render(document, standing=standing, name=name)
    return [
        ReturnFile(
            of_return=made,
            name=f"{name}{suffix}",
            media_type=CONTENT_TYPES[suffix],
            sha256=sha256(content).hexdigest(),
            size=len(content),
            content=content,
        )
        for suffix, content in contents.items()
    ]


def made_again(released):
    """{file name: bytes} of CSV and JSON, from the register only."""
    files = files_of(released, released.content, released_at=released.released_at)
    return {each.name: each.content for each in files if each.name.endswith(MADE_AGAIN)}
