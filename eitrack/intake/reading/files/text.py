"""Rows of a text file: CSV, TSV, whatever stands between its cells."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from eitrack.intake.reading.cells import Cell
from eitrack.intake.reading.files.refusal import (
    MOST_COLUMNS,
    MOST_ROWS,
    NotReadable,
    too_many_columns,
    too_many_rows,
)

BLOCK = 64 * 1024
SAMPLE = 200
DELIMITERS = ",;\t|"
# A cell of so many lines is one whose quotation mark was never closed.
MOST_LINES_OF_A_CELL = 100
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ENCODING_WORDS = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Western European (Windows)",
}
CONTROLS = re.compile(r"[\0-\x08\x0e-\x1f]")
NO_TEXT = (
    "The file is in an encoding that is not known, or is no text at all. Save it as “CSV UTF-8”, "
    "and send it again."
)
# What some exports write, so that a spreadsheet keeps leading noughts: ="0081".
AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)


@dataclass(frozen=True)
class TextFile:
    """A text file and how it is written; every call of `rows` reads it again."""

    path: Path
    encoding: str
    delimiter: str
    starts_on: int = 1
    name: str = ""
    is_hidden: bool = False

    @property
    def remark(self) -> str:
        """How its letters were read, where it does not say so itself."""
        if self.encoding != "cp1252" or not self._has_other_letters():
            return ""
        return f"Letters are read as {ENCODING_WORDS[self.encoding]}. Look at words with accents."

    def _has_other_letters(self) -> bool:
        return not self.path.read_bytes().isascii()

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Number and cells of each row that is not blank; the first row of the file is 1."""
        for number, cells in enumerate(self._rows(), self.starts_on):
            if number > MOST_ROWS and any(cells):
                raise too_many_rows()
            if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
                raise too_many_columns()
            if any(cells):
                yield number, list[Cell](cells[:MOST_COLUMNS])

    def _rows(self) -> Iterator[list[str]]:
        with self.path.open(encoding=self.encoding, newline="") as file:
            reader = csv.reader(islice(file, self.starts_on - 1, None), delimiter=self.delimiter)
            line = 0
            try:
                for row in reader:
                    if reader.line_num - line > MOST_LINES_OF_A_CELL:
                        raise NotReadable(
                            f"In line {line + self.starts_on} a quotation mark is opened and never "
                            "closed. Mend it, and send the file again."
                        )
                    line = reader.line_num
                    yield [plain(cell) for cell in row]
            except csv.Error:
                raise NotReadable(
                    f"Line {line + self.starts_on} holds a cell that is far too long, or that is "
                    "never closed. Mend it, and send the file again."
                ) from None


def open_text(path: Path) -> TextFile:
    encoding = encoding_of(path)
    with path.open(encoding=encoding, newline="") as file:
        lines = list(islice(file, SAMPLE))
    # Excel writes and reads such a line.
    stated = re.fullmatch(r"sep=(.)\s*", lines[0], re.IGNORECASE) if lines else None
    if stated and stated[1] in DELIMITERS:
        return TextFile(path, encoding, stated[1], starts_on=2)
    return TextFile(path, encoding, delimiter_of(lines))


def encoding_of(path: Path) -> str:
    """UTF-8 or UTF-16, with a byte-order mark or without, or the code page of Windows.

    The whole file is looked at, so that no row fails later.
    """
    with path.open("rb") as file:
        start = file.read(BLOCK)
    marked = [encoding for mark, encoding in MARKS if start.startswith(mark)]
    for encoding in marked or [*_sixteen_without_mark(start), "utf-8", "cp1252"]:
        if _is_text_in(path, encoding):
            return encoding
    raise NotReadable(NO_TEXT)


def _sixteen_without_mark(start: bytes) -> list[str]:
    """Every other byte of Latin letters in UTF-16 is 0."""
    if start[1::2].count(0) > len(start) / 3:
        return ["utf-16-le"]
    return ["utf-16-be"] if start[::2].count(0) > len(start) / 3 else []


def _is_text_in(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while block := file.read(BLOCK):
                if CONTROLS.search(block):
                    return False
    except UnicodeError:
        return False
    return True


def delimiter_of(lines: list[str]) -> str:
    """The one that makes most rows equally wide, at least two cells; else a comma."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter))


def _evenness(lines: list[str], delimiter: str) -> tuple[int, int]:
    """How many rows have the commonest width above one, and that width."""
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return 0, 0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return times, width


def plain(cell: str) -> str:
    """Without spaces around it, those that cannot be seen too."""
    found = AS_TEXT.fullmatch(cell)
    return (found[1] if found else cell).replace("\xa0", " ").strip()
