#!/bin/bash
# django-import-export: in a column of yes and no, yes is imported as False. The widget for booleans
# knows 1, true, True and TRUE, a few ways to say nothing, and takes everything else for False: yes,
# Y, on, x, "true" with a blank before it. So a sheet of consents is taken in whole, without an
# error and with not one consent in it. The one for integers is as calm: 12.7 becomes 12.
#
# Guess: yes is True, or the row is refused.
# Source: django-import-export 4.4.3, widgets.py (BooleanWidget.clean, IntegerWidget.clean).
# Seen: {'1': True, 'true': True, 'yes': False, 'Y': False, ' true': False, 'x': False, 'no':
# False}, 12.7 -> 12
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check \
    django-import-export==4.4.3 Django==5.2.8
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import django
from django.conf import settings

settings.configure()
django.setup()

from import_export.widgets import BooleanWidget, IntegerWidget

found = {
    text: BooleanWidget().clean(text) for text in ("1", "true", "yes", "Y", " true", "x", "no")
}
whole = IntegerWidget().clean("12.7")
print(found, "12.7 ->", whole)
assert found["1"] is found["true"] is True
unknown = [found[text] for text in ("yes", "Y", " true", "x", "no")]
assert unknown == [False] * 5, "what is not known is no longer False"
assert whole == 12, "a part of a whole number is no longer left out"
PYTHON
