#!/bin/bash
# rapidfuzz: default_process, which the documents show for names in capitals and with commas, takes
# the vowels out of Bengali, Hindi and Tamil words. It turns what is neither a letter nor a digit
# into a blank, and the vowel signs of these scripts are marks to Unicode. So two names that differ
# in their vowels only, as Rita and Ratu would, become the same consonants and match by 100. Welsh
# names written with a separate circumflex lose that too. Without the processor the names are told
# apart.
#
# Guess: letters stay letters in every script.
# Source: rapidfuzz 3.14.6, utils.default_process (utils_py.py; Unicode categories Mn and Mc).
# Seen: Mita and Meetu in Bengali: 100.0 with default_process, 50.0 without
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check rapidfuzz==3.14.6
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from rapidfuzz import fuzz, utils

MITA = "\u09ae\u09bf\u09a4\u09be"  # the letters m and t, each with the sign of its vowel
MEETU = "\u09ae\u09c0\u09a4\u09c1"
TY = "ty\u0302"  # the Welsh for a house, its circumflex a character of its own
processed = fuzz.ratio(MITA, MEETU, processor=utils.default_process)
plain = fuzz.ratio(MITA, MEETU)
print(MITA, MEETU, "->", repr(utils.default_process(MITA)), processed, "without:", plain)
print(repr(utils.default_process(TY)))
assert plain < 60
assert processed == 100, "vowel signs are kept now"
assert utils.default_process(TY) == "ty", "the circumflex is kept now"
PYTHON
