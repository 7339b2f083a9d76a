#!/bin/bash
# python-calamine: one cell with an error that Excel has had since 2020 (#SPILL!, #CALC!) makes the
# whole sheet unreadable: to_python raises for all of its rows. The older errors (#DIV/0!, #N/A) are
# read as "". One guesses that an error is an error; so a worker's sheet of a year cannot be read
# because of one formula beside it that had no room.
#
# Source: python-calamine 0.9.1 (to_python), workbook written by openpyxl 3.1.5.
# Seen: #DIV/0! -> [['a talk', 8.0], ['mean', '']]
#       #SPILL! -> CalamineError, #CALC! -> CalamineError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check python-calamine==0.9.1 openpyxl==3.1.5
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import openpyxl
from python_calamine import CalamineError, CalamineWorkbook

found = {}
for error in ("#DIV/0!", "#SPILL!", "#CALC!"):
    book = openpyxl.Workbook()
    book.active.append(["a talk", 8])
    book.active.append(["mean"])
    cell = book.active["B2"]
    cell.value, cell.data_type = error, "e"
    book.save("year.xlsx")
    try:
        found[error] = CalamineWorkbook.from_path("year.xlsx").get_sheet_by_index(0).to_python()
    except CalamineError as problem:
        found[error] = type(problem).__name__
    print(error, "->", found[error])

assert found["#DIV/0!"] == [["a talk", 8.0], ["mean", ""]], found
assert found["#SPILL!"] == found["#CALC!"] == "CalamineError", "they are read now"
PYTHON
