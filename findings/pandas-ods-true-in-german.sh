#!/bin/bash
# pandas: a ticked cell of an ODS sheet is False when it was shown in another language than English.
# read_excel with the engine odf does not ask the cell for its value (office:boolean-value="true")
# but for the word it shows, and takes every word but TRUE for no. LibreOffice shows WAHR in a
# German cell and VRAI in a French one; and a file of a program that writes no shown text is False
# from top to bottom. A column "agreed" turns round without an error.
#
# Guess: true is True, since the file says so.
# Source: pandas 3.1.1, io/excel/_odfreader.py (_get_cell_value). LibreOffice 7.4 was seen to write
# WAHR for a cell whose format is German.
# Seen: {'TRUE': True, 'WAHR': False, 'VRAI': False, '': False}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check pandas==3.1.1 odfpy==1.4.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import pandas
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

WORDS = ("TRUE", "WAHR", "VRAI", "")

document = OpenDocumentSpreadsheet()
table = Table(name="Agreed")
for word in WORDS:
    cell = TableCell(valuetype="boolean", booleanvalue="true")
    if word:
        cell.addElement(P(text=word))
    row = TableRow()
    row.addElement(cell)
    table.addElement(row)
document.spreadsheet.addElement(table)
document.save("agreed.ods")

read = pandas.read_excel("agreed.ods", engine="odf", header=None)[0]
found = dict(zip(WORDS, map(bool, read), strict=True))
print(found)
assert found == {"TRUE": True, "WAHR": False, "VRAI": False, "": False}, "the value is read now"
PYTHON
