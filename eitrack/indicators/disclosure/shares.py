"""A share of people or activities, and what a reader learns from it (D5)."""

from eitrack.indicators.disclosure.rules import MIN_SHARE_DENOMINATOR, RULES, Rules, require_count
from eitrack.indicators.disclosure.symbols import (
    CONFIDENTIAL,
    LOW_RELIABILITY,
    NOTHING_TO_DIVIDE,
    ROUNDS_TO_ZERO,
)


def publish_share(numerator: int, denominator: int, rules: Rules = RULES) -> str:
    """A share in whole percent, without the sign, for indicators of class P and E (D5).

    The first of these that holds is printed:

    `–`  the denominator is 0;
    `c`  numerator, denominator or the difference between them is 1 to 7;
    `u`  the true denominator is below 20;
    `k`  the share is above 0 but below half a percent;
    else the share of the *rounded* numerator in the *rounded* denominator, halves upwards.

    `c` comes before `u`, so a share is confidential wherever its numerator is. The rounded
    numerator never exceeds the rounded denominator, as rounding keeps the order of counts.
    Both stand beside a printed share: as the difference is then 0 or above 7, a plain 40 of 40
    says no more than 100 % does.

    Raises ValueError if a count is negative or not an `int`, or the numerator exceeds the
    denominator: that is not a share.
    """
    require_count(numerator)
    require_count(denominator)
    if numerator > denominator:
        raise ValueError(f"{numerator} of {denominator} is not a share.")
    if denominator == 0:
        return NOTHING_TO_DIVIDE
    if any(map(rules.is_small, (numerator, denominator, denominator - numerator))):
        return CONFIDENTIAL
    if denominator < MIN_SHARE_DENOMINATOR:
        return LOW_RELIABILITY
    part, whole = rules.rounded(numerator), rules.rounded(denominator)
    if 0 < 200 * part < whole:
        return ROUNDS_TO_ZERO
    return str((200 * part + whole) // (2 * whole))


def percent(text: str) -> str:
    """A share as a page prints it: with a percent sign if it is a number."""
    return f"{text}%" if text.isdigit() else text


def is_all_or_none(numerator: int, denominator: int) -> bool:
    """0 or 100 % of fewer than 20: it says something about everybody in the group (D7)."""
    return 0 < denominator < MIN_SHARE_DENOMINATOR and numerator in (0, denominator)
