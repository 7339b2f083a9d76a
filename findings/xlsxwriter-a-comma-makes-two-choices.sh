#!/bin/bash
# XlsxWriter: of a list of choices given in Python, one that has a comma is two in the sheet. The
# list is joined with commas and no quotes, since the format has none for a list within a cell's
# rule; so "Group, weekly" is offered as "Group" and as "weekly", and what the worker picks is known
# to nobody who reads the sheet. data_validation answers 0, all is well, although it warns of a list
# or a title that is too long (and then leaves the whole rule out). LibreOffice 7.4 reads four too.
# Choices in cells of a sheet, named as a range, have no such trouble.
#
# Guess: three choices, or a warning.
# Source: xlsxwriter 3.3.1, worksheet.py (data_validation, _csv_join), read by openpyxl 3.1.5.
# Seen: 0, ['Talk', 'Home visit', 'Group', ' weekly']; with a title of 33 letters: -2 and no rule
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check xlsxwriter==3.3.1 openpyxl==3.1.5
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import warnings

import openpyxl
import xlsxwriter

CHOICES = ["Talk", "Home visit", "Group, weekly"]
with xlsxwriter.Workbook("log.xlsx") as book, warnings.catch_warnings(record=True) as warned:
    warnings.simplefilter("always")
    sheet = book.add_worksheet("Log")
    answer = sheet.data_validation("A2:A9", {"validate": "list", "source": CHOICES})
    silent = not warned
    rule = {"validate": "list", "source": ["yes", "no"], "input_title": "x" * 33}
    too_long = sheet.data_validation("B2:B9", rule)

rules = openpyxl.load_workbook("log.xlsx")["Log"].data_validations.dataValidation
found = {str(each.sqref): each.formula1.strip('"').split(",") for each in rules}
print(answer, found, "too long:", too_long)
assert (answer, silent) == (0, True), "there is a warning now"
assert found == {"A2:A9": ["Talk", "Home visit", "Group", " weekly"]}, "a comma is kept now"
assert too_long == -2
PYTHON
