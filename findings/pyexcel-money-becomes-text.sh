#!/bin/bash
# pyexcel: a number of an ODS sheet becomes text as soon as somebody gives it the look of money.
# 1250 is read as 1250, the same 1250 with the format of pounds as the text "1250 GBP", so that a
# column of costs, some typed and some formatted, holds both; its sum fails, or leaves the formatted
# ones out. A share of 12.5% and a truth value are read as what they are.
#
# Guess: 1250, whatever it looks like.
# Source: pyexcel 0.7.6 with pyexcel-ods3 0.6.1, odsr.py (the currency is added to the text);
# OpenDocument keeps value and currency in two attributes.
# Seen: [1250, '1250 GBP', 0.125, True]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check \
    pyexcel==0.7.6 pyexcel-ods3==0.6.1 odfpy==1.4.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import pyexcel
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

CELLS = (
    ("1250", {"valuetype": "float", "value": 1250}),
    ("\u00a31,250", {"valuetype": "currency", "value": 1250, "currency": "GBP"}),
    ("12.5%", {"valuetype": "percentage", "value": 0.125}),
    ("TRUE", {"valuetype": "boolean", "booleanvalue": "true"}),
)
table = Table(name="Costs")
for shown, kind in CELLS:
    cell = TableCell(**kind)
    cell.addElement(P(text=shown))
    row = TableRow()
    row.addElement(cell)
    table.addElement(row)
document = OpenDocumentSpreadsheet()
document.spreadsheet.addElement(table)
document.save("costs.ods")

found = [row[0] for row in pyexcel.get_array(file_name="costs.ods")]
print(found)
assert [found[0], *found[2:]] == [1250, 0.125, True]
assert found[1] == "1250 GBP", "money is a number now"
PYTHON
