#!/bin/bash
# edtf: text_to_edtf, which makes dates of what people write, reads "Q4 2026" as 2026-04, April, and
# "term 3 2026" as March. It knows seasons, decades and "circa", and the standard has numbers for
# quarters (2026-36); what it does not know it gives to a reader of days, for which a lone number
# beside a year is a month. The answer is None for things as plain as "Q4 2026/27", so that whoever
# checks for None believes the rest.
#
# Guess: 2026-36 or None.
# Source: edtf 5.0.2, natlang/en.py (dateutil, twice, with other defaults); EDTF level 2, sub-year
# groupings 33 to 36.
# Seen: {'Q1 2026': '2026-01', 'Q4 2026': '2026-04', 'term 3 2026': '2026-03', 'Q4 2026/27': None}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check edtf==5.0.2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from edtf import parse_edtf, text_to_edtf

found = {text: text_to_edtf(text) for text in ("Q1 2026", "Q4 2026", "term 3 2026", "Q4 2026/27")}
quarter = parse_edtf("2026-36")
print(found, "2026-36 is", type(quarter).__name__, quarter.lower_strict()[:3])
assert tuple(quarter.lower_strict()[:3]) == (2026, 10, 1)
assert found["Q4 2026/27"] is None
assert (found["Q1 2026"], found["Q4 2026"], found["term 3 2026"]) == (
    "2026-01",
    "2026-04",
    "2026-03",
), "they are read otherwise now"
PYTHON
