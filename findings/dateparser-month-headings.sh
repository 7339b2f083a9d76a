#!/bin/bash
# dateparser: "Nov-26", which spreadsheets make of a month's heading (November 2026), is read as the
# 26th of November of last year, "Apr-27" as the 27th of April of this one, although "Nov 2026" is
# read as the month. From 32 on the same heading is a year, but 1932. So the headings of a sheet of
# monthly totals become days up to two years away from what they mean, and nothing says so.
#
# Source: dateparser 1.5.0, day first, dates from the past, seen from 5 November 2026.
# Seen: Nov-26 -> 2025-11-26, Apr-27 -> 2026-04-27, Nov-32 -> 1932-11-05, Nov 2026 -> 2026-11-05
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check dateparser==1.5.0
"$folder/venv/bin/python" - <<'PYTHON'
from datetime import datetime

import dateparser

SETTINGS = {
    "DATE_ORDER": "DMY",
    "PREFER_DATES_FROM": "past",
    "RELATIVE_BASE": datetime(2026, 11, 5),
}
found = {
    text: dateparser.parse(text, languages=["en"], settings=SETTINGS)
    for text in ("Nov-26", "Nov-32", "Nov 2026", "Apr-27")
}
for text, day in found.items():
    print(text, "->", day and day.date())
read = {text: day.date().isoformat() for text, day in found.items()}
assert read["Nov 2026"].startswith("2026-11")
assert (read["Nov-26"], read["Apr-27"], read["Nov-32"][:7]) == (
    "2025-11-26",
    "2026-04-27",
    "1932-11",
), "they are read otherwise now"
PYTHON
