"""Reading a text for what could identify somebody: ten times the text, and how many times the time.

A form refuses what is longer than its field before it reads it; beyond that, no pattern may take
more than its share of a text that was made to hold it up.
"""

import time

from eitrack.common.identifying import find_identifying_text
from eitrack.demo.bench.timing import Ratio

SHORT, LONG = 10_000, 100_000
# Each stands for the beginning of something that a pattern looks for and never finds the end of.
UNITS = (
    *("a", "A", "0", "1", " ", "@", "a@", "a.", "@a.", "a-", "0 ", "07", "1 ", "123 ", "12/", "("),
    *("Abc ", "Abc-", "Mrs ", "van ", "J.", "J. ", "born ", "dob:", "1 Elm ", "1st May ", "E8 "),
    *("Mrs van der ", "12 05 ", "’s", "'", "\n", "é", "e\u0301", "at gmail", "ref ", "lives in "),
    *("a (at) ", "1.1-", "+44", "00 44 ", "Abc (", "mum of ", "A \t\n\r", "Abc  "),
)


def measure_texts():
    """The unit that fares worst, per character: 1 × is a time that grows with the length alone."""
    ratios = (
        Ratio("long texts, per sign", seconds(unit, LONG), seconds(unit, SHORT) * LONG / SHORT, 4)
        for unit in UNITS
    )
    return max(ratios, key=lambda ratio: ratio.value)


def seconds(unit, length, rounds=2):
    text = (unit * length)[:length]
    spent = []
    for _ in range(rounds):
        began = time.process_time()
        find_identifying_text(text)
        spent.append(time.process_time() - began)
    return min(spent)
