"""The summary as files. The page's download and the command write the same bytes."""

import io
import json

import xlsxwriter

from eitrack.common.files import csv_lines
from eitrack.returns.datasets import SUMMARY, summary_rows


def as_csv(summary):
    """Parameters and symbol key at the head, a blank line, then one line for each figure."""
    lines = [*summary.parameters(), (), *summary_rows(summary.shown)]
    return ("\ufeff" + "".join(csv_lines(lines))).encode()


def as_json(summary):
    """`{"parameters": {...}, "figures": [{...}]}`; every figure is text, symbols included."""
    names = [column.name.replace(" ", "_") for column in SUMMARY]
    rows = list(summary_rows(summary.shown))[1:]
    content = {
        "parameters": dict(summary.parameters()),
        "figures": [dict(zip(names, row, strict=True)) for row in rows],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def as_xlsx(summary):
    """Two sheets, "About" and "Figures"; every cell is text, so that no symbol hides a number."""
    buffer = io.BytesIO()
    # The same moment gives the same bytes: Excel's own date of creation is the extraction's.
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties({"created": summary.extracted_at.replace(tzinfo=None)})
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    about = book.add_worksheet("About")
    about.set_column(0, 0, 24)
    about.set_column(1, 1, 80)
    for number, (name, text) in enumerate(summary.parameters()):
        about.write_string(number, 0, name, bold)
        about.write_string(number, 1, text, wrapped)
    figures = book.add_worksheet("Figures")
    figures.freeze_panes(1, 0)
    figures.set_column(0, 0, 10)
    figures.set_column(1, 2, 34)
    figures.set_column(3, len(SUMMARY) - 1, 14)
    for number, row in enumerate(summary_rows(summary.shown)):
        for column, text in enumerate(row):
            figures.write_string(number, column, text, bold if number == 0 else None)
    book.close()
    return buffer.getvalue()


FORMATS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "json": (as_json, "application/json"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
