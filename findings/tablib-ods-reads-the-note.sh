#!/bin/bash
# tablib: of an ODS cell that somebody wrote a note on, the note is read and the cell is not. "Oak"
# with a note becomes the day on which the note was written; a number with a note cannot be read,
# and with it the whole sheet. Numbers are taken from what the cell shows: 8.25 shown as 8.3 is 8.3,
# and 1250 shown as 1,250 cannot be read either.
#
# Guess: the value is read, whatever is shown and noted.
# Source: tablib 3.10.0, formats/_ods.py (read_cell: the first child of a cell that has children);
# in OpenDocument office:annotation comes before the text, and office:value is the value.
# Seen: 'Oak' with a note -> '2026-11-24T00:00:00', 8.25 -> 8.3, 8 with a note and 1,250 ->
# ValueError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check tablib==3.10.0 odfpy==1.4.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import tablib
from odf.dc import Date
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


def read(shown, value=None, note=""):
    """What becomes of one cell under a heading."""
    kind = {"valuetype": "string"} if value is None else {"valuetype": "float", "value": value}
    cell = TableCell(**kind)
    if note:
        annotation = Annotation()
        annotation.addElement(Date(text="2026-11-24T00:00:00"))
        annotation.addElement(P(text=note))
        cell.addElement(annotation)
    cell.addElement(P(text=shown))
    head = TableCell(valuetype="string")
    head.addElement(P(text="heading"))
    table = Table(name="Sheet")
    for each in (head, cell):
        row = TableRow()
        row.addElement(each)
        table.addElement(row)
    document = OpenDocumentSpreadsheet()
    document.spreadsheet.addElement(table)
    document.save("sheet.ods")
    with open("sheet.ods", "rb") as file:
        try:
            return tablib.Dataset().load(file, format="ods")[0][0]
        except ValueError as problem:
            return type(problem).__name__


found = {
    "plain": read("Oak"),
    "text with a note": read("Oak", note="ask at the desk"),
    "number with a note": read("8", value=8, note="from the book"),
    "8.25 shown as 8.3": read("8.3", value=8.25),
    "1250 shown as 1,250": read("1,250", value=1250),
}
print(found)
assert found["plain"] == "Oak"
assert found["text with a note"] == "2026-11-24T00:00:00", "the cell is read now"
assert found["number with a note"] == "ValueError", "the cell is read now"
assert found["8.25 shown as 8.3"] == 8.3, "the value is read now"
assert found["1250 shown as 1,250"] == "ValueError", "the value is read now"
PYTHON
