"""Files that leave a page: CSV and XLSX, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
SHAPES = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd", time: "hh:mm"}
EARLIEST = 1900  # The first year that a spreadsheet has dates of.
NARROWEST, WIDEST = 9, 60


def safe_cell(value: object) -> str | float:
    """Text that a spreadsheet would run as a formula gets a leading apostrophe.

    Numbers are unchanged; None is an empty cell; a moment is in local time.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{by_the_clock(value):%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def by_the_clock(moment: datetime) -> datetime:
    """A moment in local time, without a zone."""
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment


class _Echo:
    """A file that returns what is written to it, so that rows can be streamed."""

    def write(self, value: str) -> str:
        return value


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Each row as one line of CSV text, cells made safe."""
    writer = csv.writer(_Echo())
    return (writer.writerow([safe_cell(cell) for cell in row]) for row in rows)


def csv_pages(pages: Iterable[Iterable[Sequence[object]]]) -> Iterator[str]:
    """Each page (rows of safe cells) as one piece of CSV text."""
    for page in pages:
        piece = io.StringIO()
        csv.writer(piece).writerows(page)
        yield piece.getvalue()


def csv_response(rows: Iterable[Sequence[object]], name: str) -> StreamingHttpResponse:
    """Stream `rows` (the first is the header) as `<name>.csv`, with the BOM that Excel needs."""
    return csv_stream(csv_lines(rows), name)


def csv_stream(pieces: Iterable[str], name: str) -> StreamingHttpResponse:
    """Stream pieces of CSV text as `<name>.csv`, with the BOM that Excel needs."""
    response = StreamingHttpResponse(
        chain(["\ufeff"], pieces), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def cell_writer(book: Any, sheet: Any) -> Callable[..., int]:
    """Writes a value with its type, and returns the width of its text.

    Numbers, dates and times keep their type, so that a spreadsheet can filter and group them; an
    empty value writes no cell.
    """
    shapes = {kind: book.add_format({"num_format": shape}) for kind, shape in SHAPES.items()}

    def write(row: int, column: int, value: object, style: Any | None = None) -> int:
        if value is None or value == "":
            return 0
        if type(value) in shapes and getattr(value, "year", EARLIEST) >= EARLIEST:
            moment = by_the_clock(value) if isinstance(value, datetime) else value
            sheet.write_datetime(row, column, moment, style or shapes[type(value)])
            return len(SHAPES[type(value)])
        if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
            sheet.write_number(row, column, value, style)
        else:
            sheet.write_string(row, column, str(value), style)
        return len(str(value))

    return write


def xlsx_response(rows: Iterable[Sequence[object]], name: str) -> FileResponse:
    """`rows` (the first is the header) as `<name>.xlsx` of one sheet, header frozen."""
    # Imported here, as in `common/pdf.py`: only a workbook needs it.
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "constant_memory": True,
            # No typed text becomes a formula or a link.
            "strings_to_formulas": False,
            "strings_to_urls": False,
        },
    )
    sheet = book.add_worksheet(name[:31])
    bold = book.add_format({"bold": True})
    write = cell_writer(book, sheet)
    sheet.freeze_panes(1, 0)
    widths: list[int] = []
    for row_number, row in enumerate(rows):
        widths += [NARROWEST] * (len(row) - len(widths))
        for column, cell in enumerate(row):
            length = write(row_number, column, cell, *([bold] if row_number == 0 else ()))
            widths[column] = max(widths[column], min(WIDEST, length + 2))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.autofilter(0, 0, max(row_number, 1), max(len(widths) - 1, 0))
    book.close()
    buffer.seek(0)
    return FileResponse(
        buffer,
        as_attachment=True,
        filename=f"{name}.xlsx",
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
