"""The survey of an OpenDocument spreadsheet."""

import zipfile
from pathlib import Path

from eitrack.intake.reading.files.refusal import DAMAGED, MOST_COLUMNS, MOST_ROWS, NotReadable
from eitrack.intake.reading.files.survey import ANY_ERROR, FORMULA, PERCENT, Survey, error
from eitrack.intake.reading.files.xml import Walker

SPACE = "urn:oasis:names:tc:opendocument:xmlns"
TABLE, ROW = f"{SPACE}:table:1.0 table", f"{SPACE}:table:1.0 table-row"
CELLS = {f"{SPACE}:table:1.0 table-cell", f"{SPACE}:table:1.0 covered-table-cell"}
PARAGRAPH, GAP = f"{SPACE}:text:1.0 p", f"{SPACE}:text:1.0 s"
NAME = f"{SPACE}:table:1.0 name"
ROWS_REPEATED = f"{SPACE}:table:1.0 number-rows-repeated"
COLUMNS_REPEATED = f"{SPACE}:table:1.0 number-columns-repeated"
FORMULA_OF = f"{SPACE}:table:1.0 formula"
KIND = f"{SPACE}:office:1.0 value-type"
KIND_OF_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
LONGEST_GAP = 1_000


def surveys_of(path: Path) -> list[Survey]:
    """One for each sheet, in the order of the document; raises NotReadable."""
    document = Document()
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as file:
        document.walk(file)
    return document.surveys


class Document(Walker):
    def __init__(self) -> None:
        super().__init__()
        self.surveys: list[Survey] = []
        self.row = self.rows = self.column = self.columns = 0
        self.is_error = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in CELLS:
            self.column += self.columns
            self.columns = times(attributes.get(COLUMNS_REPEATED, "1"))
            if KIND in attributes or FORMULA_OF in attributes:
                self._look_at_cell(name, attributes)
        elif name == ROW:
            self.row += self.rows
            self.rows = times(attributes.get(ROWS_REPEATED, "1"))
            self.column = self.columns = 0
        elif name == TABLE:
            self.surveys.append(Survey(attributes.get(NAME, "")))
            self.row = self.rows = 0
        elif name == GAP and times(attributes.get(f"{SPACE}:text:1.0 c", "1")) > LONGEST_GAP:
            # The library writes out every space.
            raise NotReadable(DAMAGED)

    def _look_at_cell(self, name: str, attributes: dict[str, str]) -> None:
        self.surveys[-1].reach(self.row + self.rows - 1, self.column + self.columns - 1)
        kind = attributes.get(KIND)
        self.is_error = attributes.get(KIND_OF_CALC) == "error"
        if FORMULA_OF in attributes and kind is None:
            self._mark(FORMULA)
        elif kind == "percentage":
            self._mark(PERCENT)
        if FORMULA_OF in attributes:
            self.listen()

    def end(self, name: str) -> None:
        """An error is written as its text, beside a number that means nothing."""
        if name not in CELLS:
            return
        self.stop_listening()
        text = "".join(self.text).strip()
        if self.is_error or text.startswith(("#", "Err:")):
            self._mark(error(text) if text else ANY_ERROR)

    def _mark(self, mark: int) -> None:
        for row in range(self.row, min(self.row + self.rows, MOST_ROWS)):
            for column in range(self.column, min(self.column + self.columns, MOST_COLUMNS)):
                self.surveys[-1].mark(row, column, mark)


def times(text: str) -> int:
    if not text.isdecimal():
        raise NotReadable(DAMAGED)
    return int(text[:10])
