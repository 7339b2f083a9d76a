"""What a file is, by what stands in it; its name is only compared."""

import re
import zipfile
from enum import Enum
from pathlib import Path

import olefile

from eitrack.intake.reading.files.refusal import (
    DAMAGED,
    LOCKED,
    MEGABYTE,
    MOST_BYTES,
    MOST_UNZIPPED_BYTES,
    NotReadable,
)

BLOCK = 64 * 1024


class Kind(Enum):
    """Kinds that are read: in words, and the endings of their names."""

    TEXT = "a text file", ("csv", "tsv", "tab", "txt")
    XLSX = "an Excel workbook", ("xlsx", "xlsm")
    XLS = "a workbook of an older Excel", ("xls",)
    ODS = "an OpenDocument spreadsheet", ("ods",)

    def __init__(self, words: str, endings: tuple[str, ...]) -> None:
        self.words = words
        self.endings = endings


# Beginnings of what is no table, and what to do instead.
AS_CSV = "Save the table as CSV or XLSX, and send that."
NO_TABLES = (
    (rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\x00{4}|II\*\x00|MM\x00\*|RIFF.{4}WEBP", "a picture"),
    (rb"%PDF", "a PDF"),
    (rb"\{\\rtf", "a Word document"),
    (rb"\x1f\x8b|7z\xbc\xaf|Rar!\x1a|BZh\d1AY|\xfd7zXZ", "a packed file"),
    (rb"SQLite format 3\x00|\x00\x01\x00\x00Standard (Jet|ACE) DB", "a database"),
    (rb"\s*(<!doctype html|<html|<head|<body|<table|<meta|<style)", "a web page"),
    (rb"\s*<\?xml|\s*<workbook", "an XML file"),
    (rb"\s*[\[{]\s*[\[{\"]", "a JSON file"),
    (rb"MZ.{1,62}\x00|\x7fELF", "a program"),
)  # fmt: skip
CALENDAR = re.compile(rb"\s*BEGIN:VCALENDAR", re.IGNORECASE)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(path: Path) -> Kind:
    """The Kind of a file, once its size is known to be within limits; raises NotReadable."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        most = MOST_BYTES // MEGABYTE
        raise NotReadable(f"The file is larger than {most} MB. Send it in parts, a year at a time.")
    with path.open("rb") as file:
        start = file.read(BLOCK)
    if not start.strip(b" \t\r\n\x00" + BYTE_ORDER_MARK):
        raise NotReadable("The file is empty.")
    if start.startswith(b"PK"):
        return _kind_of_zip(path)
    if start.startswith(OLE):
        return _kind_of_ole(path)
    refuse_no_table(start.removeprefix(BYTE_ORDER_MARK))
    return Kind.TEXT


def refuse_no_table(start: bytes) -> None:
    if CALENDAR.match(start):
        raise NotReadable("This is a calendar. Send it on the page for calendars.")
    for pattern, words in NO_TABLES:
        if re.match(pattern, start, re.IGNORECASE | re.DOTALL):
            raise NotReadable(f"This is {words}, whatever its name says. {AS_CSV}")


def remark_on_name(name: str, kind: Kind) -> str:
    """That the name promises another kind of table than the file is, or ""."""
    ending = name.rpartition(".")[2].lower()
    named = next((other for other in Kind if ending in other.endings), kind)
    if named is kind:
        return ""
    return f"The name ends in “.{ending}”, but this is {kind.words}, and was read as one."


def _kind_of_zip(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            refuse_bomb(archive)
            if "xl/workbook.xml" in names:
                return Kind.XLSX
            if "content.xml" in names and "spreadsheet" in _manifest(archive, names):
                return Kind.ODS
    except NotReadable:
        raise
    except Exception:  # What pretends to be a zip can fail anywhere in its reader.
        raise NotReadable(DAMAGED) from None
    raise NotReadable(f"This is {_words_for_zip(names)}, whatever its name says. {AS_CSV}")


def refuse_bomb(archive: zipfile.ZipFile) -> None:
    """Refuse what is far larger unzipped, going by its directory, then by what comes out.

    The directory may state less than there is: other readers than this would go on.
    """
    parts = archive.infolist()
    stated = [part.file_size for part in parts]
    if sum(stated) > MOST_UNZIPPED_BYTES:
        raise _bomb()
    for part, size in zip(parts, stated, strict=True):
        if part.flag_bits & 1:
            raise NotReadable(LOCKED)
        # As a limit, so that reading does not end where the directory says.
        part.file_size = MOST_UNZIPPED_BYTES + 1
        found = 0
        with archive.open(part) as file:
            while block := file.read(BLOCK):
                found += len(block)
                if found > size:
                    raise _bomb()
        part.file_size = size


def _bomb() -> NotReadable:
    return NotReadable(
        f"Unzipped, the file is larger than {MOST_UNZIPPED_BYTES // MEGABYTE} MB or than it says. "
        "Send it in parts, a year at a time."
    )


def _manifest(archive: zipfile.ZipFile, names: set[str]) -> str:
    text = "".join(
        archive.read(name).decode("utf-8", "replace")
        for name in ("mimetype", "META-INF/manifest.xml")
        if name in names
    )
    if "encryption-data" in text:
        raise NotReadable(LOCKED)
    return text


def _words_for_zip(names: set[str]) -> str:
    for beginning, words in (
        ("xl/workbook.bin", "a binary Excel workbook (XLSB)"),
        ("word/", "a Word document"),
        ("ppt/", "a presentation"),
        ("Index/", "a Numbers document"),
    ):
        if any(name.startswith(beginning) for name in names):
            return words
    return "a packed file"


def _kind_of_ole(path: Path) -> Kind:
    try:
        with olefile.OleFileIO(path) as file:
            names = {"/".join(parts).lower() for parts in file.listdir()}
    except Exception:  # As above.
        raise NotReadable(DAMAGED) from None
    if "encryptedpackage" in names:
        raise NotReadable(LOCKED)
    if names & {"workbook", "book"}:
        return Kind.XLS
    words = "a Word document" if "worddocument" in names else "no workbook"
    raise NotReadable(f"This is {words}, whatever its name says. {AS_CSV}")
