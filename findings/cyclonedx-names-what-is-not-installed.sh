#!/bin/bash
# cyclonedx-bom: a list of parts made from a requirements file names packages that a marker leaves
# out (tzdata for Windows only), on every machine and as parts like the rest: with name, version and
# address, without a scope or a property that says so. Locks made for several systems are full of
# such lines. The list is what scanners and auditors read, so that a weakness of a package which
# runs nowhere is reported, and a licence which nobody distributes.
#
# Guess: left out where the marker is false, or marked as optional.
# Source: cyclonedx-bom 7.5.0, cyclonedx_py/_internal/requirements.py, which does not ask the
# marker; pip asks it (PEP 508). The line of the file stands in the description only.
# Seen: on Linux: ['Django 5.2.8', 'colorama 0.4.6', 'tzdata 2025.2'], scope of each: None
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check cyclonedx-bom==7.5.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import json
import subprocess
import sys
from pathlib import Path

Path("requirements.txt").write_text(
    "Django==5.2.8\n"
    "tzdata==2025.2; sys_platform == 'win32'\n"
    "colorama==0.4.6; python_version < '3'\n"
)
made = subprocess.run(
    [sys.executable, "-m", "cyclonedx_py", "requirements", "requirements.txt"],
    check=True,
    capture_output=True,
)
parts = json.loads(made.stdout)["components"]
found = sorted(f"{part['name']} {part['version']}" for part in parts)
print(found, [part.get("scope") for part in parts], [part.get("properties") for part in parts])
assert found == ["Django 5.2.8", "colorama 0.4.6", "tzdata 2025.2"], "markers are asked now"
assert not any("scope" in part or "properties" in part for part in parts), "they are marked now"
PYTHON
