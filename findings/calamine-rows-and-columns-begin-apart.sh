#!/bin/bash
# python-calamine: of a table that begins at C4, iter_rows() gives the three blank rows above it but
# leaves out the two blank columns to its left; to_python() leaves out both, and with
# skip_empty_area=False neither. Whoever counts cells of iter_rows() to say "column C, row 5" is
# right about the row and two columns off.
#
# Source: python-calamine 0.9.1, workbook written by xlsxwriter 3.3.1.
# Seen: iter_rows -> [['', ''], ['', ''], ['', ''], ['site', 'came'], ['Oak', 8.0]]
#       to_python -> [['site', 'came'], ['Oak', 8.0]]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check python-calamine==0.9.1 xlsxwriter==3.3.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import xlsxwriter
from python_calamine import CalamineWorkbook

with xlsxwriter.Workbook("table.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write_row("C4", ["site", "came"])
    sheet.write_row("C5", ["Oak", 8])

sheet = CalamineWorkbook.from_path("table.xlsx").get_sheet_by_index(0)
table = [["site", "came"], ["Oak", 8.0]]
by_row = [list(row) for row in sheet.iter_rows()]
print("iter_rows ->", by_row)
print("to_python ->", sheet.to_python())
whole = sheet.to_python(skip_empty_area=False)
print("skip_empty_area=False ->", whole)
assert by_row == [["", ""]] * 3 + table, "rows and columns begin together now"
assert sheet.to_python() == table
assert whole == [[""] * 4] * 3 + [["", "", *row] for row in table]
PYTHON
