"""What a file is, by its header; a file of another kind is named, with what to do."""

import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from eitrack.intake.places import gias, hubs
from eitrack.intake.places.choices import FileKind
from eitrack.intake.places.lines import DAMAGED, CsvFile, csv_file, plain_head
from eitrack.intake.places.listed import PlacesFileError

MEGABYTE = 1024 * 1024
# Three times the largest list, unzipped.
MOST_UNZIPPED_BYTES = 200 * MEGABYTE
MOST_IN_ARCHIVE = 20
DAMAGED_ARCHIVE = "The zip file is damaged. Download it once more."
LINK_HEADS = ("URN", "LinkURN", "LinkType")
# Beginnings of files that are no text, and what they are.
BEGINNINGS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old or locked Excel file"),
)
# Other files of the same services, by heads that only they have.
OTHERS = (
    (("GID", "Surname"), "the list of governors, which has names of people. It is not read"),
    (("Group UID", "Group Name"), "the list of trusts and groups. Choose the one of schools"),
    (("Linked UID",), "the list of groups and their schools. Choose the one of schools"),
)


@dataclass(frozen=True)
class ListFile:
    """A file that was recognised; `csv` is None for a directory, which is JSON."""

    name: str
    kind: FileKind
    open: object
    csv: CsvFile | None = None


def list_files(name, open_file):
    """The ListFiles in an upload: the file itself, or those in a zip archive.

    PlacesFileError for anything else; `open_file` answers the bytes from the beginning.
    """
    with open_file() as file:
        beginning = file.read(2048)
    if not beginning.strip():
        raise PlacesFileError("The file is empty.")
    if beginning.startswith(b"PK"):
        return files_in_archive(open_file)
    return [recognised(name, open_file, beginning)]


def files_in_archive(open_file):
    """The service hands out its lists zipped; others may be in the same archive."""
    try:
        with open_file() as file, zipfile.ZipFile(file) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
    except (*DAMAGED, OSError, ValueError):
        raise PlacesFileError(DAMAGED_ARCHIVE) from None
    lists = lists_among(parts)
    found, refused = [], None
    for part in lists:
        opened = partial(open_part, open_file, part.filename)
        try:
            with opened() as file:
                beginning = file.read(2048)
            found.append(recognised(part.filename, opened, beginning))
        except PlacesFileError as reason:
            refused = reason
        except DAMAGED:
            raise PlacesFileError(DAMAGED_ARCHIVE) from None
    if not found:
        raise refused
    return found


@contextmanager
def open_part(open_file, name):
    with open_file() as file, zipfile.ZipFile(file) as archive, archive.open(name) as part:
        yield part


def lists_among(parts):
    """The parts that may be lists; PlacesFileError for any other archive."""
    if any(part.filename == "xl/workbook.xml" for part in parts):
        raise PlacesFileError(
            "This is an Excel workbook. Choose the CSV file as it was downloaded, or save the "
            "sheet as “CSV UTF-8”."
        )
    lists = [part for part in parts if part.filename.lower().endswith((".csv", ".json"))]
    if not lists or len(parts) > MOST_IN_ARCHIVE:
        raise PlacesFileError("The zip file holds no list of places.")
    if any(part.flag_bits & 1 for part in lists):
        raise PlacesFileError("The zip file is locked with a password. Unpack it first.")
    if sum(part.file_size for part in lists) > MOST_UNZIPPED_BYTES:
        raise PlacesFileError("Unpacked, the zip file is far larger than any list of places.")
    return lists


def recognised(name, open_file, beginning):
    for start, what in BEGINNINGS:
        if beginning.startswith(start):
            raise PlacesFileError(f"This is {what}. Choose the CSV file as it was downloaded.")
    if beginning.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
        return ListFile(name, FileKind.DIRECTORY, open_file)
    if b"\x00" in beginning and not beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise PlacesFileError("This is no text file. Choose the CSV file as it was downloaded.")
    csv = csv_file(open_file)
    return ListFile(name, kind_of(csv), open_file, csv)


def kind_of(csv):
    """By the header; which of the two lists of the same header it is, its rows say."""
    for heads, kind in (
        (LINK_HEADS, FileKind.LINKS),
        (gias.NEEDED, FileKind.SCHOOLS),
        (hubs.NEEDED, FileKind.HUBS),
    ):
        if None not in csv.columns(*heads):
            if kind == FileKind.SCHOOLS and gias.begins_with_centres(csv):
                return FileKind.CENTRES
            return kind
    known = {plain_head(head) for head in csv.header}
    for heads, what in OTHERS:
        if {plain_head(head) for head in heads} <= known:
            raise PlacesFileError(f"This is {what}.")
    shown = ", ".join(f"“{head[:40]}”" for head in csv.header[:4] if head)
    raise PlacesFileError(
        "This is not one of the lists that EITrack knows: its first line has "
        f"{shown or 'no names of columns'}. It needs “URN”, “LA (code)” and “EstablishmentName”, "
        "or “Local_Authority”, “Family_Hub” and “Postcode”."
    )
