#!/bin/bash
# python-calamine: a length of 36 hours is one thing in a spreadsheet and four when it is read. In
# the format [h]:mm it is a timedelta; in h:mm, which most people choose and which shows 12:00, it is
# the noon of 1 January 1900, a datetime; 12 hours in the same column are a time of day. In an ODS
# file made from the same cells it is the text PT36H00M00S. A column of hours worked thus holds
# times, dates and text, by how long each took.
#
# Source: python-calamine 0.9.1; XLSX by xlsxwriter 3.3.1, ODS by odfpy 1.4.1 as LibreOffice writes it.
# Seen: XLSX [h]:mm -> 1 day, 12:00:00 (timedelta)
#       XLSX h:mm -> 1900-01-01 12:00:00 (datetime), 12 h -> 12:00:00 (time)
#       ODS -> 'PT36H00M00S' (str), 12 h -> 12:00:00 (time)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check python-calamine==0.9.1 \
    xlsxwriter==3.3.1 odfpy==1.4.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from datetime import datetime, time, timedelta

import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from python_calamine import CalamineWorkbook

with xlsxwriter.Workbook("hours.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write_number(0, 0, 1.5, book.add_format({"num_format": "[h]:mm"}))
    sheet.write_number(1, 0, 1.5, book.add_format({"num_format": "h:mm"}))
    sheet.write_number(2, 0, 0.5, book.add_format({"num_format": "h:mm"}))

document = OpenDocumentSpreadsheet()
table = Table(name="Hours")
for length in ("PT36H00M00S", "PT12H00M00S"):
    row = TableRow()
    row.addElement(TableCell(valuetype="time", timevalue=length))
    table.addElement(row)
document.spreadsheet.addElement(table)
document.save("hours.ods")

found = {}
for name in ("hours.xlsx", "hours.ods"):
    rows = CalamineWorkbook.from_path(name).get_sheet_by_index(0).to_python()
    found[name] = [row[0] for row in rows]
    print(name, "->", [f"{value!r}" for value in found[name]])
assert found["hours.xlsx"] == [
    timedelta(hours=36),
    datetime(1900, 1, 1, 12),
    time(12),
], "lengths are read otherwise now"
assert found["hours.ods"] == ["PT36H00M00S", time(12)], "lengths are read otherwise now"
PYTHON
