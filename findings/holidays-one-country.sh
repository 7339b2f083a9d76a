#!/bin/bash
# holidays: asking for one country by its name loads the modules of all of them. The registry calls
# itself a lazy loader, and so it is until the first use; but the module of a country lies in a
# package whose own file imports every country, so the first bank holiday of England brings
# Afghanistan to Zimbabwe into every server process. With one country a tenth of it would do.
#
# Source: holidays 0.109, holidays/registry.py (EntityLoader) and holidays/countries/__init__.py.
# Seen: 0 modules of countries before, 250 after; about 10 MB more in memory.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check holidays==0.109
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import date

import holidays


def countries():
    return sum(name.startswith("holidays.countries.") for name in sys.modules)


before = countries()
assert date(2026, 8, 31) in holidays.country_holidays("GB", subdiv="ENG")
after = countries()
print(f"{before} modules of countries before, {after} after")
assert before == 0, "countries are loaded with the package now"
assert after > 200, "only what is needed is loaded now"
PYTHON
