#!/bin/bash
# python-calamine: a cell with an error (#DIV/0!, #N/A, #REF!) and a formula that no spreadsheet has
# reckoned yet are both read as "", the same as a cell that nobody filled in. Whoever imports
# headcounts takes an average that failed, or a file that a script wrote, for blanks. To tell them
# apart the sheet's XML has to be asked (t="e", or an f without a v).
#
# Source: python-calamine 0.9.1 (to_python), workbook written by xlsxwriter 3.3.1.
# Seen: {'number': 8.0, 'blank': '', 'error': '', 'not reckoned': ''}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check python-calamine==0.9.1 xlsxwriter==3.3.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import xlsxwriter
from python_calamine import CalamineWorkbook

with xlsxwriter.Workbook("heads.xlsx") as book:
    sheet = book.add_worksheet()
    for row, name in enumerate(("number", "blank", "error", "not reckoned")):
        sheet.write(row, 0, name)
    sheet.write_number(0, 1, 8)
    sheet.write_formula(2, 1, "=8/0", None, "#DIV/0!")
    sheet.write_formula(3, 1, "=4+4", None, "")

found = dict(CalamineWorkbook.from_path("heads.xlsx").get_sheet_by_index(0).to_python())
print(found)
assert found == {"number": 8.0, "blank": "", "error": "", "not reckoned": ""}, "told apart now"
PYTHON
