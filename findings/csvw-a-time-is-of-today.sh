#!/bin/bash
# csvw: a time of day is read as a moment of today. A column of starts that CSV on the Web calls
# "time" comes back as dates with times, whose date is the day of reading; so 10:30 read before
# midnight and 10:30 read after it are not equal, and what is kept of an import says a day that the
# file does not know. Dates in turn come with a midnight. Written back, both look as before, so that
# a round trip shows nothing.
#
# Guess: datetime.time(10, 30).
# Source: csvw 4.1.1, datatypes.py, which takes the day of today where a text has none.
# Seen: on 1 December 2026: 2026-12-01 10:30:00, written back 10:30:00; date: 2026-11-24 00:00:00
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check csvw==4.1.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from datetime import datetime

from csvw.metadata import Datatype

start = Datatype.fromvalue("time")
before = datetime.now().date()
found = start.parse("10:30:00")
day = Datatype.fromvalue("date").parse("2026-11-24")
print(repr(found), "written back:", start.formatted(found), "date:", repr(day))
assert start.formatted(found) == "10:30:00"
assert day == datetime(2026, 11, 24)
assert isinstance(found, datetime), "a time is a time now"
assert before <= found.date() <= datetime.now().date()
PYTHON
