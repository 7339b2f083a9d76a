"""What a download was asked for with, and the hash of the file that was sent.

A file may be as long as a table and is sent while it is read, so the trail has an entry when it
begins (`record_export`) and another with the hash once all of it was sent.
"""

import hashlib
import re
from contextvars import ContextVar

from eitrack.audit.choices import Action
from eitrack.audit.models import Entry

# Names in an address whose values are codes, numbers and days.
CODED = """
    _export action activity_type agency by date_from date_until destination district format
    from_agency kind lacks level obstacle opened_from opened_until pdf period person
    received_from received_until record registered role route row scope sent_from sent_until
    sheet show since site sort standing state status statutory stream team view week when which
    whose with worker year
"""
CODED_NAMES = frozenset(CODED.split())
# What somebody typed may be a name, or a case reference: only that there was something is kept.
CODE = re.compile(r"[\w.,:-]{1,40}")
TYPED = "…"
LONGEST = 200

_request = ContextVar("request", default=None)


def parameters_in_use():
    """The parameters of the request that is answered now, none outside of one."""
    request = _request.get()
    return parameters_of(request.GET) if request else ""


def parameters_of(query):
    """`period=2026-Q2&name=…`: codes as they are, of everything else only that there was any."""
    told = []
    for name, values in sorted(query.lists()):
        if not CODE.fullmatch(name):
            continue
        for value in filter(None, values):
            is_code = name in CODED_NAMES and CODE.fullmatch(value)
            told.append(f"{name[:20]}={value if is_code else TYPED}")
    return "&".join(told)[:LONGEST]


def note_download(entry):
    """That the answer to this request is the file that the entry tells of."""
    if request := _request.get():
        request.download = entry


class DownloadMiddleware:
    """Inside whatever packs an answer, so that the hash is that of the file somebody keeps."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.download = None
        token = _request.set(request)
        try:
            response = self.get_response(request)
        finally:
            _request.reset(token)
        entry = request.download
        if entry is None or not response.get("Content-Disposition", "").startswith("attachment"):
            return response
        if response.streaming:
            response.streaming_content = hashed(response.streaming_content, entry)
        else:
            record_sent(entry, hashlib.sha256(response.content))
        return response


def hashed(pieces, entry):
    """The same pieces; after the last one the trail has the hash of all."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
        yield piece
    record_sent(entry, digest)


def record_sent(entry, digest):
    Entry.objects.create(
        by=entry.by,
        action=Action.SENT,
        record_kind=Entry._meta.label,
        record_id=entry.pk,
        file_hash=digest.hexdigest(),
    )
