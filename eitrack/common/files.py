"""Files that leave a page: CSV and XLSX, safe to open in a spreadsheet."""

import csv
import io
from itertools import chain

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value):
    """Text that a spreadsheet would run as a formula is given a leading apostrophe.

    Numbers are left alone; None is an empty cell.
    """
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


class _Echo:
    """A file that hands back what is written to it, so that rows can be streamed."""

    def write(self, value):
        return value


def csv_lines(rows):
    """Each row as one line of CSV text, cells made safe."""
    writer = csv.writer(_Echo())
    return (writer.writerow([safe_cell(cell) for cell in row]) for row in rows)


def csv_pages(pages):
    """Each page (rows whose cells have been made safe) as one piece of CSV text."""
    for page in pages:
        piece = io.StringIO()
        csv.writer(piece).writerows(page)
        yield piece.getvalue()


def csv_response(rows, name):
    """Stream `rows` (the first is the header) as `<name>.csv`, with a mark that Excel needs."""
    return csv_stream(csv_lines(rows), name)


def csv_stream(pieces, name):
    """Stream pieces of CSV text as `<name>.csv`, with a mark that Excel needs."""
    response = StreamingHttpResponse(
        chain(["\ufeff"], pieces), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def xlsx_response(rows, name):
    """`rows` (the first is the header) as `<name>.xlsx` of one sheet, header frozen."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "constant_memory": True,
            # Nothing a person typed becomes a formula or a link.
            "strings_to_formulas": False,
            "strings_to_urls": False,
        },
    )
    sheet = book.add_worksheet(name[:31])
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for row_number, row in enumerate(rows):
        for column, cell in enumerate(row):
            style = bold if row_number == 0 else None
            if isinstance(cell, (int, float)) and not isinstance(cell, bool):
                sheet.write_number(row_number, column, cell, style)
            else:
                sheet.write_string(row_number, column, "" if cell is None else str(cell), style)
    book.close()
    buffer.seek(0)
    return FileResponse(
        buffer,
        as_attachment=True,
        filename=f"{name}.xlsx",
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
