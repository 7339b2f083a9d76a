#!/bin/bash
# Babel: the Welsh for "Oak, Elm and Abergele" comes out as "Oak, Elm, a(c) Abergele", with the
# choice left to the reader. Welsh says "ac" before a vowel and "a" before the rest, and the data of
# CLDR, which has one pattern for a list, write both as a form would. The same call in English,
# Bengali and Somali gives a sentence that can be shown; in Welsh the two words have to be put in by
# hand.
#
# Guess: "a Abergele", wrong but a word, or "ac Abergele".
# Source: Babel 2.19.0, lists.py (format_list), locale-data/cy.dat (CLDR listPattern-type-standard).
# Seen: cy: 'Oak, Elm, a(c) Abergele' and 'Oak a(c) Elm'; en_GB: 'Oak, Elm and Abergele'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check Babel==2.19.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from babel.lists import format_list

PLACES = ["Oak", "Elm", "Abergele"]
found = {locale: format_list(PLACES, locale=locale) for locale in ("cy", "en_GB", "so")}
pair = format_list(PLACES[:2], locale="cy")
print(found, pair)
assert found["en_GB"] == "Oak, Elm and Abergele"
assert found["so"] == "Oak, Elm iyo Abergele"
assert found["cy"] == "Oak, Elm, a(c) Abergele", "Welsh has a word now"
assert pair == "Oak a(c) Elm", pair
PYTHON
