"""What may be printed about people, families and activities: the rules of published figures.

Small counts are hidden, with enough others that they cannot be worked out, and the rest is rounded:
rules D1 to D18 of the design (INDICATORS.md, part 4), and D2c (`publish_line`). No Django, no
records and no state: the same counts always print the same, byte for byte.
"""

from eitrack.indicators.disclosure.counts import publish_cell, publish_line, publish_share
from eitrack.indicators.disclosure.rules import BASE, RULES, THRESHOLD, Rules
from eitrack.indicators.disclosure.symbols import (
    CONFIDENTIAL,
    ESTIMATE,
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    NOTHING_TO_DIVIDE,
    SYMBOLS,
)
from eitrack.indicators.disclosure.whole import publish

__all__ = [
    "BASE",
    "CONFIDENTIAL",
    "ESTIMATE",
    "NOTHING_TO_DIVIDE",
    "NOT_APPLICABLE",
    "NOT_AVAILABLE",
    "RULES",
    "SYMBOLS",
    "THRESHOLD",
    "Rules",
    "publish",
    "publish_cell",
    "publish_line",
    "publish_share",
]
