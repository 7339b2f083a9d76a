#!/bin/bash
# agate (and csvkit, which writes it back): a column of people called April, May and June is a
# column of dates in the year 1. The guess of types tries dates before text and reads them as a
# person speaks ("tomorrow", "May"); names of months and of weekdays are such words, and with the
# day left out become the first of the month of no year in particular. A column of the codes T, F
# and N is true and false. One name more in it, and all is text: so the type of a column depends on
# who is in the file.
#
# Guess: words without a digit stay text.
# Source: agate 1.14.2, data_types/date.py (parsedatetime) and type_tester.py.
# Seen: ['0001-04-01', '0001-05-01', '0001-06-01'], T F N -> [True, False, False], with Ann: text
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check agate==1.14.2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import io

import agate


def column(*words):
    table = agate.Table.from_csv(io.StringIO("\n".join(("name", *words))))
    return [str(value) for value in table.columns["name"].values()]


months, codes = column("April", "May", "June"), column("T", "F", "N")
with_ann = column("April", "May", "Ann")
print(months, codes, with_ann)
assert with_ann == ["April", "May", "Ann"]
assert months == ["0001-04-01", "0001-05-01", "0001-06-01"], "names stay names now"
assert codes == ["True", "False", "False"], "codes stay codes now"
PYTHON
