#!/bin/bash
# sdmx1 and pandas: the months of a year are the first seconds of its January. SDMX writes November
# 2026 as 2026-M11 (a reporting month) or 2026-11; asked for times, sdmx1 gives the text to pandas,
# which takes it for 1 January 2026 with a time of 11 seconds. As periods of a month all twelve are
# January. Quarters come out right, weeks and halves are refused; so only the months are wrong, and
# their order, on a chart, is as it should be.
#
# Guess: November, or an error.
# Source: sdmx1 2.28.0, convert/pandas.py; pandas 3.1.1 (to_datetime); SDMX 2.1 section 6
# (standard reporting periods: the year, a letter and the number of the period).
# Seen: 2026-M11 -> 2026-01-01 00:00:11, as months: 2026-01; 2026-11 -> 2026-11-01 00:00:00
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check sdmx1==2.28.0 pandas==3.1.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sdmx
from sdmx.model import v21

structure = v21.DataStructureDefinition(id="SUPPORT")
for name in ("SITE", "TIME_PERIOD"):
    structure.dimensions.getdefault(id=name)
structure.measures.getdefault(id="OBS_VALUE")


def times(*periods, **options):
    """The times that a table of these periods has."""
    data = v21.DataSet(structured_by=structure)
    data.add_obs(
        v21.Observation(
            dimension=structure.make_key(v21.Key, {"SITE": "Oak", "TIME_PERIOD": period}),
            value=8,
        )
        for period in periods
    )
    table = sdmx.to_pandas(data, datetime={"dim": "TIME_PERIOD", **options})
    return [str(each) for each in table.index]


reporting = times("2026-M01", "2026-M11")
by_month = times("2026-M01", "2026-M11", freq="M")
plain, quarters = times("2026-11"), times("2026-Q4")
print("2026-M01, 2026-M11 ->", reporting, by_month, "2026-11 ->", plain, "2026-Q4 ->", quarters)
assert (plain, quarters) == (["2026-11-01 00:00:00"], ["2026-10-01 00:00:00"])
assert reporting == ["2026-01-01 00:00:01", "2026-01-01 00:00:11"], "they are months now"
assert by_month == ["2026-01", "2026-01"], "they are months now"
PYTHON
