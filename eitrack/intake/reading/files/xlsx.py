"""The survey of an Excel workbook."""

import posixpath
import zipfile
from pathlib import Path

from eitrack.intake.reading.files.refusal import DAMAGED, MOST_COLUMNS, NotReadable
from eitrack.intake.reading.files.survey import ERRORS, FORMULA, PERCENT, Survey, error, is_percent
from eitrack.intake.reading.files.xml import Walker

SPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
RELATION_ID = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
}
BUILT_IN_PERCENT = {"9", "10"}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def named(local: str) -> set[str]:
    return {f"{space} {local}" for space in SPACES}


SHEET, ROW, CELL, FORMULA_OF = map(named, ("sheet", "row", "c", "f"))
VALUES = named("v") | named("is")
VALUE, STRINGS, FORMAT, STYLES, STYLE = map(named, ("v", "sst", "numFmt", "cellXfs", "xf"))


def surveys_of(path: Path) -> list[Survey]:
    """One for each sheet with cells, in the order of the workbook; raises NotReadable."""
    with zipfile.ZipFile(path) as archive:
        refuse_false_count(archive)
        styles = Styles()
        if "xl/styles.xml" in archive.namelist():
            with archive.open("xl/styles.xml") as file:
                styles.walk(file)
        surveys = []
        for name, part in sheets_of(archive):
            sheet = Sheet(Survey(name), styles.of_percent)
            with archive.open(part) as file:
                sheet.walk(file)
            surveys.append(sheet.survey)
        return surveys


def sheets_of(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Name and part of each sheet of cells."""
    relations, workbook = Relations(), Workbook()
    for walker, part in (
        (relations, "xl/_rels/workbook.xml.rels"),
        (workbook, "xl/workbook.xml"),
    ):
        with archive.open(part) as file:
            walker.walk(file)
    return [(name, relations.parts[key]) for name, key in workbook.sheets if key in relations.parts]


def refuse_false_count(archive: zipfile.ZipFile) -> None:
    """The library takes memory for as many texts as a workbook states to have."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return
    strings = Strings(archive.getinfo("xl/sharedStrings.xml").file_size)
    with archive.open("xl/sharedStrings.xml") as file:
        strings.walk(file)


class Relations(Walker):
    """The part of each sheet of cells, by its key."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        is_sheet = attributes.get("Type", "").endswith("/worksheet")
        if name.endswith(" Relationship") and is_sheet:
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
            self.parts[attributes.get("Id", "")] = target.removeprefix("/")


class Workbook(Walker):
    """Name and key of each sheet, charts too."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in SHEET:
            key = next((value for at, value in attributes.items() if at in RELATION_ID), "")
            self.sheets.append((attributes.get("name", ""), key))


class Strings(Walker):
    """How many texts the workbook says it has."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size

    def start(self, name: str, attributes: dict[str, str]) -> None:
        stated = attributes.get("uniqueCount", "0") if name in STRINGS else "0"
        if not stated.isdecimal() or int(stated) > self.size:
            raise NotReadable(DAMAGED)


class Styles(Walker):
    """Which styles of cells show a percentage, by their numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.of_percent: set[str] = set()
        self._formats = set(BUILT_IN_PERCENT)
        self._number: int | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in FORMAT:
            if is_percent(attributes.get("formatCode", "")):
                self._formats.add(attributes.get("numFmtId", ""))
        elif name in STYLES:
            self._number = 0
        elif name in STYLE and self._number is not None:
            if attributes.get("numFmtId") in self._formats:
                self.of_percent.add(str(self._number))
            self._number += 1
        elif name.endswith(" cellStyles"):
            self._number = None


class Sheet(Walker):
    def __init__(self, survey: Survey, of_percent: set[str]) -> None:
        super().__init__()
        self.survey = survey
        self.of_percent = of_percent
        self.row = self.column = -1
        self.kind = ""
        self.is_percent = self.is_formula = self.has_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in CELL:
            self.column += 1
            if "r" in attributes:
                self.row, self.column = place_of(attributes["r"])
            self.kind = attributes.get("t", "n")
            self.is_percent = attributes.get("s") in self.of_percent and self.kind == "n"
            self.is_formula = self.has_value = False
            if self.kind == "e":
                self.listen()
        elif name in VALUES:
            self.has_value = True
            self.survey.reach(self.row, self.column)
            if self.is_percent:
                self.survey.mark(self.row, self.column, PERCENT)
            if self.kind == "e":
                self.text.clear()
        elif name in FORMULA_OF:
            self.is_formula = True
            self.listen()
        elif name in ROW:
            self.row = number_of(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = -1

    def end(self, name: str) -> None:
        if name in FORMULA_OF:
            self.text.clear()
        elif name in CELL:
            self.stop_listening()
            value = "".join(self.text).strip()
            if self.kind == "e" and self.has_value:
                if value not in ERRORS:
                    raise unknown_error(self.survey.name, self.row, value)
                self.survey.mark(self.row, self.column, error(value))
            # A text may be empty once calculated; a number may not.
            elif self.is_formula and not value and self.kind != "str":
                self.survey.mark(self.row, self.column, FORMULA)


def unknown_error(sheet: str, row: int, value: str) -> NotReadable:
    """The library refuses a whole sheet over an error that it does not know."""
    return NotReadable(
        f"Row {row + 1} of the sheet “{sheet}” holds an error, {value[:40]}. Type the value in its "
        "place, and send the workbook again."
    )


def place_of(address: str) -> tuple[int, int]:
    """Row and column of "B3", counted from 0."""
    letters = address.rstrip("0123456789")
    column = COLUMNS.get(letters)
    if column is None:
        # Whether beyond all columns or no address, the survey refuses it.
        column = MOST_COLUMNS if letters.isascii() and letters.isalpha() else -1
    if column < 0:
        raise NotReadable(DAMAGED)
    return number_of(address[len(letters) :]), column


def number_of(row: str) -> int:
    if not row.isdecimal() or row.startswith("0"):
        raise NotReadable(DAMAGED)
    return int(row[:10]) - 1


COLUMNS = {
    first + second: place
    for place, (first, second) in enumerate(
        [("", letter) for letter in LETTERS] + [(one, two) for one in LETTERS for two in LETTERS]
    )
}
