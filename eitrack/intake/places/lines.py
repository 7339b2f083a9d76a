"""Lines of a CSV file in any common encoding, read once and never held together."""

import codecs
import csv
import io
import zipfile
import zlib
from dataclasses import dataclass

from eitrack.intake.places.listed import PlacesFileError

# What reading from a zip archive raises, which checks its sum at the end of a file.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
PIECE = 1024 * 1024
MOST_LINES = 200_000
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class CsvFile:
    """`open` answers its bytes from the beginning, each time it is called."""

    open: object
    encoding: str
    delimiter: str
    header: tuple[str, ...]

    def lines(self):
        """(number of the line in the file, cells) of each line below the header that is not empty.

        PlacesFileError for what is no CSV, or has more lines than any such list.
        """
        with self.open() as file:
            text = io.TextIOWrapper(file, self.encoding, errors="replace", newline="")
            reader = csv.reader(text, delimiter=self.delimiter)
            try:
                next(reader, None)
                for count, cells in enumerate(reader):
                    if count > MOST_LINES:
                        raise PlacesFileError(
                            f"The file has more than {MOST_LINES:,} lines. No list that EITrack "
                            "knows is as long."
                        )
                    if cells:
                        yield reader.line_num, cells
            except (csv.Error, *DAMAGED):
                raise PlacesFileError(
                    f"The file is damaged near line {reader.line_num:,}. Download it once more."
                ) from None

    def columns(self, *names):
        """Where each name stands in the header, None for what is missing.

        Upper and lower case, spaces and underscores make no difference.
        """
        heads = [plain_head(head) for head in self.header]
        wanted = [plain_head(name) for name in names]
        return [heads.index(head) if head in heads else None for head in wanted]


def plain_head(head):
    return "".join(head.replace("_", " ").split()).casefold()


def csv_file(open_file):
    """The CsvFile behind `open_file`."""
    encoding = encoding_of(open_file)
    with open_file() as file:
        text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
        first = text.readline(PIECE)
    delimiter = max(",;\t|", key=first.count)
    try:
        header = next(csv.reader([first], delimiter=delimiter), [])
    except csv.Error:
        header = []
    return CsvFile(open_file, encoding, delimiter, tuple(head.strip() for head in header))


def encoding_of(open_file):
    """UTF-8 if the whole file is, else the Western European code page of Windows."""
    with open_file() as file:
        piece = file.read(PIECE)
        for mark, encoding in MARKS:
            if piece.startswith(mark):
                return encoding
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while piece:
                decoder.decode(piece)
                piece = file.read(PIECE)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"
