"""The tables of a file that hold records: sheets whose columns have the same names."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice

from eitrack.intake.jobs import RefusedFileError
from eitrack.intake.reading.files.refusal import NotReadable
from eitrack.intake.reading.header import Head, find_head
from eitrack.intake.reading.layouts import fingerprint
from eitrack.intake.reading.lines import Line, LineKind, lines
from eitrack.intake.reading.shapes import MEETING_SAID, meeting, refuse_totals
from eitrack.intake.reading.tables import Row, read_tables

NOTHING = "There is no row in it that could be a record."
LEFT_OUT = "The sheet “{}” has other columns, and was left out: send it as a file of its own."
SAMPLE = 300


@dataclass
class Table:
    """A sheet with its header; `rows` gives all its rows as often as asked for."""

    name: str
    head: Head
    rows: Callable[[], Iterable[Row]]
    kinds: dict = field(default_factory=dict)

    def records(self):
        """The lines that are records; how many others there were is counted in `kinds`."""
        self.kinds = dict.fromkeys(LineKind, 0)
        for line in lines(self.rows(), self.head):
            self.kinds[line.kind] += 1
            if line.kind is LineKind.RECORD:
                yield line

    def sample(self) -> list[Line]:
        return list(islice(self.records(), SAMPLE))


def tables_of(path):
    """(tables with the same columns, remarks); raises RefusedFileError.

    Of sheets with several sets of columns the set with most sheets counts, and of those the first.
    """
    try:
        found = read_tables(path, f"sheet{path.suffix}")
        remarks, tables = list(found.remarks), []
        problem = None
        for sheet in found.shown:
            try:
                tables.append(table_of(sheet, remarks))
            except NotReadable as refusal:
                problem = problem or refusal
        if not tables:
            raise problem or NotReadable(NOTHING)
        for table in tables:
            refuse_totals(table.head.names)
    except NotReadable as refusal:
        raise RefusedFileError(str(refusal)) from None
    by_columns = {}
    for table in tables:
        by_columns.setdefault(fingerprint(table.head.names), []).append(table)
    most = max(by_columns.values(), key=len)
    remarks += [LEFT_OUT.format(table.name) for table in tables if table not in most]
    remarks += dict.fromkeys(table.head.said for table in most if table.head.said)
    return most, remarks


def table_of(sheet, remarks):
    if rows := meeting(sheet.rows()):
        remarks.append(MEETING_SAID)
        return Table(sheet.name, find_head(rows), lambda: rows)
    return Table(sheet.name, find_head(sheet.rows()), sheet.rows)
