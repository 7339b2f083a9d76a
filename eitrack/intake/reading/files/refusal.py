"""How much of a file is read, and the one way to refuse it."""

from django.conf import settings

MEGABYTE = 1024 * 1024
MOST_BYTES = settings.MOST_FILE_BYTES
# An OpenDocument sheet of 50,000 rows and 20 columns has 130 MB. It is never kept.
MOST_UNZIPPED_BYTES = 300 * MEGABYTE
MOST_ROWS = 100_000
MOST_COLUMNS = 200
# Of all sheets together, empty cells between others too: what is kept in memory.
MOST_CELLS = 2_000_000


class NotReadable(ValueError):
    """The file cannot be used; the message says why, and what to do, to whoever sent it."""


DAMAGED = "The file is damaged and cannot be read. Export or save it once more, and send it again."
LOCKED = (
    "The workbook is locked with a password. Open it, take the password away under “Save as”, and "
    "send it again."
)


def too_many_rows(sheet: str = "") -> NotReadable:
    where = f"The sheet “{sheet}”" if sheet else "The file"
    return NotReadable(
        f"{where} has more than {MOST_ROWS:,} rows. Send it in parts, a year at a time."
    )


def too_many_columns(sheet: str = "") -> NotReadable:
    where = f"In the sheet “{sheet}”" if sheet else "In the file"
    return NotReadable(
        f"{where} something stands to the right of column {MOST_COLUMNS}. Delete what does not "
        "belong to the table, and send it again."
    )


def too_many_cells() -> NotReadable:
    return NotReadable(
        "The workbook holds more cells than can be read at once. Send its sheets one by one, or a "
        "year at a time."
    )
