#!/bin/bash
# frictionless: in a column of numbers with bareNumber false, which is meant for signs of money and
# per cent, a figure that was withheld becomes a figure: "<5" is 5, "(5)", which accountants write
# for minus five, is 5, and "c. 5" is 5. Whatever stands before and after the digits is cut off, so
# that the table of a council, whose small numbers are hidden, is valid and has a 5 in each of their
# places.
#
# Guess: signs of currency and per cent are cut off, and the rest is an error.
# Source: frictionless 5.21.0, fields/integer.py and number.py; Table Schema, bareNumber: "leading
# and trailing non numeric characters are stripped".
# Seen: {'8': 8, '£8': 8, '<5': 5, '(5)': 5, 'c. 5': 5, '-5': -5}, no errors
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check frictionless==5.21.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from frictionless import Schema

schema = Schema.from_descriptor(
    {"fields": [{"name": "families", "type": "integer", "bareNumber": False}]}
)
[field] = schema.fields
found = {}
for text in ("8", "\u00a38", "<5", "(5)", "c. 5", "-5"):
    found[text], errors = field.read_cell(text)
    assert not errors, f"{text} is refused now"
print(found)
assert (found["8"], found["\u00a38"], found["-5"]) == (8, 8, -5)
assert (found["<5"], found["(5)"], found["c. 5"]) == (5, 5, 5), "they are read otherwise now"
PYTHON
