"""Sheets of a workbook, loaded one at a time.

What is broken beyond what a survey sees may end the process: files are read in a process that does
nothing else.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from eitrack.intake.reading.cells import Cell
from eitrack.intake.reading.files import ods, xls, xlsx
from eitrack.intake.reading.files.kind import Kind
from eitrack.intake.reading.files.refusal import DAMAGED, LOCKED, NotReadable
from eitrack.intake.reading.files.survey import Survey, refuse_too_many_cells
from eitrack.intake.reading.files.text import plain

SURVEYS: dict[Kind, Callable[[Path], list[Survey]]] = {
    Kind.XLSX: xlsx.surveys_of,
    Kind.ODS: ods.surveys_of,
    Kind.XLS: xls.surveys_of,
}


T = TypeVar("T")


@dataclass
class WorkbookSheet:
    """A sheet, loaded when its rows are first asked for."""

    name: str
    is_hidden: bool
    _load: Callable[[], CalamineSheet] = field(repr=False)
    _survey: Survey = field(repr=False)
    _loaded: CalamineSheet | None = field(default=None, repr=False)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Number and cells of each row that is not blank; the first row of the sheet is 1."""
        if not self._survey.rows:
            return
        if self._loaded is None:
            self._loaded = safely(self._load)
        # Answered are all rows from the top, but only columns from the first with something in it.
        _, right = self._loaded.start or (0, 0)
        read = self._loaded.iter_rows()
        for row in range(self._survey.rows):
            loaded = safely(lambda: next(read, []))
            cells: list[Cell] = [""] * right
            cells += (plain(cell) if isinstance(cell, str) else cell for cell in loaded)
            cells = self._survey.with_flaws(row, cells)
            if any(cell != "" for cell in cells):
                yield row + 1, cells


def open_workbook(path: Path, kind: Kind) -> list[WorkbookSheet]:
    """Its sheets of cells, in order; raises NotReadable."""
    surveys = safely(lambda: SURVEYS[kind](path))
    refuse_too_many_cells(surveys)
    workbook = safely(lambda: opened(path))
    sheets = [
        (place, sheet)
        for place, sheet in enumerate(workbook.sheets_metadata)
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]
    if len(sheets) != len(surveys):
        raise NotReadable(DAMAGED)
    return [
        WorkbookSheet(
            sheet.name,
            sheet.visible != SheetVisibleEnum.Visible,
            partial(workbook.get_sheet_by_index, place),
            survey,
        )
        for (place, sheet), survey in zip(sheets, surveys, strict=True)
    ]


def opened(path: Path) -> CalamineWorkbook:
    """By a name without an ending: the library believes an ending, and looks no further."""
    with TemporaryDirectory() as folder:
        link = Path(folder) / "workbook"
        link.symlink_to(path.absolute())
        return CalamineWorkbook.from_path(link)


def safely(read: Callable[[], T]) -> T:
    """What `read` answers; whatever goes wrong with a broken workbook is NotReadable."""
    try:
        return read()
    except (NotReadable, KeyboardInterrupt, SystemExit):
        raise
    except PasswordError:
        raise NotReadable(LOCKED) from None
    except BaseException:  # The library's panic is no Exception.
        raise NotReadable(DAMAGED) from None
