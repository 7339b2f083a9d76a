"""Tables as they are written to files: workbooks of three kinds, and text."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import xlsxwriter

from tests.intake.moving_in.old_excel import xls_bytes
from tests.intake.reading.made import ODF, zipped

SHAPES = {date: "dd/mm/yyyy", time: "hh:mm", timedelta: "[h]:mm"}


@dataclass(frozen=True)
class Formula:
    """`value` is what it came to when it was saved; None where nobody has calculated it."""

    text: str
    value: float | None = None


@dataclass
class Table:
    """A sheet, the rows as they stand from the first on; `keys` say what some of them are of."""

    name: str
    rows: list = field(default_factory=list)
    keys: dict = field(default_factory=dict)
    merged: list = field(default_factory=list)
    is_hidden: bool = False

    def add(self, *cells, key=None):
        self.rows.append(list(cells))
        if key is not None:
            self.keys[len(self.rows)] = key


def write_xlsx(path, tables):
    with xlsxwriter.Workbook(path) as book:
        shapes = {kind: book.add_format({"num_format": shape}) for kind, shape in SHAPES.items()}
        for table in tables:
            sheet = book.add_worksheet(table.name)
            if table.is_hidden:
                sheet.hide()
            for number, row in enumerate(table.rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, Formula):
                        sheet.write_formula(number, column, cell.text, None, cell.value)
                    elif type(cell) in shapes:
                        sheet.write(number, column, cell, shapes[type(cell)])
                    elif cell != "":
                        sheet.write(number, column, cell)
        # A hidden sheet is not where a workbook opens.
        book.worksheets_objs[sum(table.is_hidden for table in tables)].activate()


def write_saved_anew(path, tables):
    """By a program that writes formulas and calculates none."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.name)
        for row in table.rows:
            sheet.append([cell.text if isinstance(cell, Formula) else cell for cell in row])
        for area in table.merged:
            sheet.merge_cells(area)
    book.save(path)


def write_xls(path, tables):
    path.write_bytes(xls_bytes([(table.name, table.rows) for table in tables]))


def write_ods(path, tables):
    zipped(
        path,
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
            "</manifest:manifest>",
            "content.xml": f'<office:document-content xmlns:office="{ODF}:office:1.0" '
            f'xmlns:table="{ODF}:table:1.0" xmlns:text="{ODF}:text:1.0"><office:body>'
            f"<office:spreadsheet>{''.join(map(ods_table, tables))}</office:spreadsheet>"
            "</office:body></office:document-content>",
        },
    )


def ods_table(table):
    rows = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>"
                   for row in table.rows)  # fmt: skip
    return f"<table:table table:name={quoteattr(table.name)}>{rows}</table:table>"


def ods_cell(cell):
    if cell == "":
        return "<table:table-cell/>"
    kind, said, shown = "string", "", cell
    if isinstance(cell, date):
        kind, said, shown = "date", f'office:date-value="{cell}"', f"{cell:%d/%m/%y}"
    elif isinstance(cell, timedelta):
        whole, rest = divmod(int(cell.total_seconds()) // 60, 60)
        kind, said = "time", f'office:time-value="PT{whole:02}H{rest:02}M00S"'
        shown = f"{whole}:{rest:02}"
    elif isinstance(cell, int | float):
        kind, said = "float", f'office:value="{cell}"'
    return (
        f'<table:table-cell office:value-type="{kind}" {said}>'
        f"<text:p>{escape(str(shown))}</text:p></table:table-cell>"
    )


def text_writer(delimiter, encoding):
    """A writer of text files of this kind."""

    def write(path, tables):
        text = io.StringIO(newline="")
        rows = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
        for table in tables:
            rows.writerows([[as_text(cell) for cell in row] for row in table.rows])
        path.write_bytes(text.getvalue().encode(encoding))

    return write


def as_text(cell):
    if isinstance(cell, time) and not isinstance(cell, datetime):
        return f"{cell:%H:%M}"
    return str(cell)
