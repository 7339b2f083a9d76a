"""The paper of an agreement: a PDF, DOCX or ODT file, recognised by content, not by name."""

import hashlib
import io
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError

MOST_BYTES = settings.MOST_FILE_BYTES
# A text of 10 MB unpacks to less; a larger claim is a zip bomb.
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ENTRIES = 5_000
MOST_SMALL_ENTRY = 100 * 1024
LONGEST_NAME = 100
# What reading an invalid, truncated, encrypted or unusual zip file may raise.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    UnicodeDecodeError,
)

PDF, DOCX, ODT = "pdf", "docx", "odt"
ODT_TYPE = b"application/vnd.oasis.opendocument.text"
DOCX_MARK = b"wordprocessingml.document.main+xml"
MEDIA_TYPES = {
    PDF: "application/pdf",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ODT: ODT_TYPE.decode(),
}
WHICH = "Choose a PDF, Word (DOCX) or OpenDocument (ODT) file."


@dataclass(frozen=True)
class Paper:
    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self):
        return hashlib.sha256(self.content).hexdigest()


def read_paper(upload):
    """The uploaded paper; ValidationError says what is wrong with it.

    Only two small entries are unpacked, if their stated size is small.
    """
    if upload.size > MOST_BYTES:
        raise ValidationError("The file is larger than 10 MB. Choose a smaller one.")
    if not upload.size:
        raise ValidationError("The file is empty. Choose another one.")
    name = clean_name(upload.name)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in MEDIA_TYPES:
        raise ValidationError(WHICH)
    content = upload.read()
    if kind_of(content) != ending:
        raise ValidationError(
            f"Its name says that it is a {ending.upper()} file, but what is in it is not. {WHICH}"
        )
    return Paper(name, MEDIA_TYPES[ending], content)


def kind_of(content):
    """The type of the content, or None."""
    if content.startswith(b"%PDF-"):
        return PDF
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return kind_of_zip(book)
    except UNREADABLE:
        return None


def kind_of_zip(book):
    entries = book.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise ValidationError(
            "The file would unpack to far more than a text holds, so it was not taken."
        )
    names = {entry.filename for entry in entries}
    if {"[Content_Types].xml", "word/document.xml"} <= names:
        return DOCX if DOCX_MARK in small(book, "[Content_Types].xml") else None
    if entries and entries[0].filename == "mimetype":
        return ODT if small(book, "mimetype").strip() == ODT_TYPE else None
    return None


def small(book, name):
    """The content of a small entry; nothing if it is larger than stated."""
    if book.getinfo(name).file_size > MOST_SMALL_ENTRY:
        return b""
    with book.open(name) as entry:
        return entry.read(MOST_SMALL_ENTRY)


def clean_name(name):
    """The last part of a path without invisible characters, at most 100 long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign for sign in last if not unicodedata.category(sign).startswith("C"))
    stem, dot, ending = " ".join(seen.replace('"', "").split()).rpartition(".")
    if not dot:
        return ending[:LONGEST_NAME] or "agreement"
    ending = ending[:10]
    return f"{stem.strip(' .')[: LONGEST_NAME - 11] or 'agreement'}.{ending}"
