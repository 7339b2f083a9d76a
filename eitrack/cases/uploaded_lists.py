"""Reads references from a list of the social services database: CSV or XLSX.

A file that cannot be read completely is refused with advice; nothing is stored.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field

from eitrack.cases.models.case import plain_reference

MOST_BYTES = 5 * 1024 * 1024
MOST_UNZIPPED_BYTES = 40 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
LONGEST_REFERENCE = 40
REFERENCE_HEADS = {
    "reference", "ref", "case reference", "case ref", "client reference", "family reference",
    "case id", "caseid", "case number", "case no", "client id", "family id",
}  # fmt: skip
STATUS_HEADS = {
    "status", "state", "case status", "closed", "closed on", "date closed", "closing date",
    "end date", "open or closed",
}  # fmt: skip
OPEN_WORDS = {"", "open", "active", "current", "no", "n", "false", "0", "–", "-"}
CLOSED_WORDS = {"closed", "ended", "inactive", "yes", "y", "true", "1"}
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class ListError(ValueError):
    """The list cannot be used; the message says why and what to do."""


@dataclass
class UploadedList:
    """References in the order of the list, each with whether it is closed there.

    `sheet` is the sheet of a workbook that was read.
    """

    is_closed: dict = field(default_factory=dict)
    sheet: str = ""
    repeated: int = 0
    without_reference: int = 0

    @property
    def open(self):
        return [reference for reference, closed in self.is_closed.items() if not closed]


def read_list(name, content):
    """The UploadedList in a file of this name; raises ListError."""
    refuse_too_large(len(content))
    if not content.strip():
        raise ListError("The file is empty.")
    ending = name.rpartition(".")[2].lower()
    if ending not in ("csv", "xlsx"):
        raise ListError("Send a CSV or an XLSX file. Excel saves either under “Save as”.")
    sheet, rows = ("", csv_rows(content)) if ending == "csv" else xlsx_rows(content)
    found = references_in([(number, row) for number, row in enumerate(rows, 1) if any(row)])
    found.sheet = sheet
    return found


def refuse_too_large(size):
    """Checked before the file is read."""
    if size > MOST_BYTES:
        raise ListError("The file is larger than 5 MB. Export the open cases of your teams only.")


def csv_rows(content):
    """Rows of text; refuses files that are not CSV despite their name."""
    if content.startswith((b"PK\x03\x04", OLD_EXCEL)):
        raise ListError("The file’s name says CSV, but it is an Excel file. Save it as CSV.")
    text = decoded(content)
    first_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=first_line.count)
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([cell.strip() for cell in row])
            refuse_too_many(rows)
    except csv.Error:
        raise ListError("The file cannot be read as CSV. Export it once more.") from None
    return rows


def decoded(content):
    """UTF-8, with or without BOM, or the Western European code page of Windows."""
    if b"\x00" not in content:
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            if not re.search(r"[\x01-\x08\x0b\x0c\x0e-\x1f]", text):
                return text
    raise ListError(
        "The file is in an encoding that EITrack does not know, or it is no text at all. "
        "Save it as “CSV UTF-8”."
    )


def xlsx_rows(content):
    """The first visible sheet: its name, and rows of text.

    Formulas are kept as text; macros and links are never read.
    """
    # Imported here: only a workbook needs it, and it takes a fifth of a process's memory.
    import openpyxl

    refuse_what_is_no_workbook(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not shown:
            raise ListError("Every sheet of the workbook is hidden. Show the one with the list.")
        sheet = shown[0]
        # The size a file states may be wrong.
        sheet.reset_dimensions()
        rows = []
        for row in sheet.iter_rows(max_col=MOST_COLUMNS):
            rows.append([text_of(cell) for cell in row])
            refuse_too_many(rows)
        return sheet.title, rows
    except ListError:
        raise
    except Exception:  # A broken workbook can fail anywhere in the reader.
        raise ListError(
            "The workbook is damaged and cannot be read. Export it once more."
        ) from None


def refuse_what_is_no_workbook(content):
    if content.startswith(OLD_EXCEL):
        raise ListError("This is an old or locked Excel file. Save it as XLSX, without a password.")
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile:
        parts = []
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise ListError("The file’s name says XLSX, but it is no Excel workbook.")
    if sum(part.file_size for part in parts) > MOST_UNZIPPED_BYTES:
        raise ListError("Unzipped, the workbook is far too large. Export the open cases only.")


def text_of(cell):
    """The text of a cell; a whole number without decimals added by Excel."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return str(value) if str(value).startswith("=") else f"={value}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def refuse_too_many(rows):
    if len(rows) > MOST_ROWS + 1:
        raise ListError(
            f"The list has more than {MOST_ROWS:,} rows. Export the open cases of your district "
            "only."
        )


def references_in(rows):
    """References of the one column that holds them; the first row has the names."""
    if not rows:
        raise ListError("The file is empty.")
    column, status, rows = columns_of(rows)
    found = UploadedList()
    for number, row in rows:
        reference = plain_reference(cell_of(row, column, number))
        if not reference:
            found.without_reference += 1
            continue
        if len(reference) > LONGEST_REFERENCE:
            raise ListError(
                f"Row {number} holds more than {LONGEST_REFERENCE} characters where a reference "
                "should stand. Is it the right column?"
            )
        closed = status is not None and closed_in(cell_of(row, status, number), number)
        found.repeated += reference in found.is_closed
        # Open on any line means open.
        found.is_closed[reference] = closed and found.is_closed.get(reference, True)
    if not found.is_closed:
        raise ListError("No reference stands in the list.")
    return found


def columns_of(rows):
    """The column of references, that of the status or None, and the data rows."""
    first = rows[0][1]
    heads = [re.sub(r"[\s_\-./#:]+", " ", head.casefold()).strip() for head in first]
    columns = [number for number, head in enumerate(heads) if head in REFERENCE_HEADS]
    if len(columns) > 1:
        raise ListError("Two columns could hold the references. Leave only one headed “reference”.")
    if columns:
        states = [number for number, head in enumerate(heads) if head in STATUS_HEADS]
        if len(states) > 1:
            raise ListError("Two columns could say what is closed. Leave only one of them.")
        return columns[0], states[0] if states else None, rows[1:]
    used = sorted({column for _, row in rows for column, cell in enumerate(row) if cell})
    if len(used) == 1:
        # The only column: its first row is a name unless it contains a digit.
        is_named = not re.search(r"\d", first[used[0]])
        return used[0], None, rows[1:] if is_named else rows
    raise ListError(
        "No column is headed “reference”, “case reference” or “case id”. Name the column of "
        "references so in its first row, and send the list again."
    )


def cell_of(row, column, number):
    value = row[column] if column < len(row) else ""
    if value.startswith("="):
        raise ListError(
            f"Row {number} holds a formula where its value should stand. In Excel, copy the column "
            "and paste it as values."
        )
    if value.startswith("#") and value.endswith(("!", "?", "/A")):
        raise ListError(
            f"Row {number} holds an error of Excel, {value}. Mend it and send it again."
        )
    return value


def closed_in(value, number):
    """Whether a status means closed; a date does."""
    word = value.casefold()
    if word in OPEN_WORDS:
        return False
    if word in CLOSED_WORDS or re.match(r"\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}", word):
        return True
    raise ListError(
        f"Row {number} says neither open nor closed. Write “open”, “closed” or the day it closed."
    )
