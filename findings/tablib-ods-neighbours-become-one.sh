#!/bin/bash
# tablib: of an ODS sheet, neighbours that are alike become one cell and the rest of the row moves
# to the left. LibreOffice writes two equal cells, or a gap of two blank ones, once, with a note
# that it stands twice; tablib does not look at that note. A row of counts "5 5 7 blank 17" so has
# its Wednesday under Tuesday and its total under Thursday, and is filled up with blanks at the end:
# it fits its headings, and no error says so. django-import-export reads ODS by tablib.
#
# Guess: a cell that stands twice is read twice.
# Source: tablib 3.10.0, formats/_ods.py (import_sheet, is_real_cell), which does not read
# table:number-columns-repeated of OpenDocument. The cells below are as LibreOffice 7.4 writes them.
# Seen: ('Oak', 5.0, 7.0, '', 17.0, '') and ('Elm', 4.0, 6.0, 10.0, '', '')
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check tablib==3.10.0 odfpy==1.4.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import tablib
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


def cell(value=None, times=1):
    repeated = {"numbercolumnsrepeated": times} if times > 1 else {}
    if value is None:
        return TableCell(**repeated)
    kind = {"valuetype": "string"}
    if not isinstance(value, str):
        kind = {"valuetype": "float", "value": value}
    made = TableCell(**kind, **repeated)
    made.addElement(P(text=value))
    return made


ROWS = (
    [cell(head) for head in ("site", "Mon", "Tue", "Wed", "Thu", "total")],
    [cell("Oak"), cell(5, times=2), cell(7), cell(), cell(17)],
    [cell("Elm"), cell(4), cell(times=2), cell(6), cell(10)],
    [cell("Ash"), cell(1), cell(2), cell(3), cell(4), cell(10)],
)
document = OpenDocumentSpreadsheet()
table = Table(name="Week")
for cells in ROWS:
    row = TableRow()
    for each in cells:
        row.addElement(each)
    table.addElement(row)
document.spreadsheet.addElement(table)
document.save("week.ods")

with open("week.ods", "rb") as file:
    found = list(tablib.Dataset().load(file, format="ods"))
for row in found:
    print(row)
oak, elm, ash = found
assert ash == ("Ash", 1, 2, 3, 4, 10), ash
assert oak == ("Oak", 5, 7, "", 17, ""), "equal neighbours are read each now"
assert elm == ("Elm", 4, 6, 10, "", ""), "blank neighbours are read each now"
PYTHON
