"""A file as sheets of rows, whatever program wrote it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from eitrack.intake.reading.cells import Cell
from eitrack.intake.reading.files.kind import Kind, kind_of, remark_on_name
from eitrack.intake.reading.files.text import open_text

Row = tuple[int, list[Cell]]


class Sheet(Protocol):
    """Rows under a name; a text file is one sheet without a name."""

    @property
    def name(self) -> str: ...

    @property
    def is_hidden(self) -> bool: ...

    def rows(self) -> Iterator[Row]:
        """Number and cells of each row that is not blank, as often as asked for."""


@dataclass(frozen=True)
class Tables:
    """What was found in a file; `remarks` are sentences for whoever sent it."""

    kind: Kind
    sheets: list[Sheet]
    remarks: list[str]

    @property
    def shown(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if not sheet.is_hidden]


def read_tables(path: Path, name: str) -> Tables:
    """The tables of the file at this path, which was sent under this name; raises NotReadable.

    The file stays while its sheets are read. A broken workbook may end the process, so files are
    read in one that does nothing else.
    """
    kind = kind_of(path)
    remarks = [remark_on_name(name, kind)]
    if kind is Kind.TEXT:
        text = open_text(path)
        sheets: list[Sheet] = [text]
        remarks.append(text.remark)
    else:
        # Loaded by the process that reads a file, and by no server.
        from eitrack.intake.reading.files.workbook import open_workbook

        sheets = list(open_workbook(path, kind))
    return Tables(kind, sheets, [remark for remark in remarks if remark])
