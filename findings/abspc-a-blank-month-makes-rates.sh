#!/bin/bash
# abspc (charts as the NHS draws them): one month without a figure makes counts into rates. The
# u-chart takes both and tells them apart by whether the column is of whole numbers; a blank turns a
# column of pandas into decimals. So with twelve months of visits for forty families the middle line
# is 0.1 visits a family, and 3.67 when one month is not yet reported, whose families are counted
# all the same; the p-chart does it too as long as no month has two.
#
# Guess: a blank month is left out and the rest stays.
# Source: abspc 1.1.0, spc.py (_calc_u, _calc_p), whose documents say that counts are found by their
# type; pandas 3.1.1 keeps whole numbers with a blank as float64.
# Seen: middle line 0.1 of twelve months, 3.67 with a blank one
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check abspc==1.1.0 pandas==3.1.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import abspc
import pandas

VISITS = [3, 5, 4, 4, 6, 2, 3, 5, 4, 4, 3, 5]


def middle(visits):
    months = pandas.DataFrame({"value": visits, "subgroup_size": [40] * len(visits)})
    return round(float(abspc.calculate_control_limits(months, "u")["mean"].iloc[0]), 2)


whole = middle(VISITS)
with_blank = middle([*VISITS[:3], None, *VISITS[4:]])
print("middle line:", whole, "with a blank month:", with_blank)
assert whole == 0.1
assert with_blank == 3.67, "counts stay counts now"
PYTHON
