"""A range of people (D6)."""

from eitrack.indicators.disclosure.rules import RULES, Rules
from eitrack.indicators.disclosure.symbols import CONFIDENTIAL


def publish_range(low: int, high: int, rules: Rules = RULES, is_open_ended: bool = False) -> str:
    """Both ends rounded to 5 outward, a low below 10 as 0; `c` when the high is 1 to 7."""
    if high <= rules.threshold:
        return CONFIDENTIAL if high else "0"
    low = 0 if low < 2 * rules.base else rules.base * (low // rules.base)
    return f"{low:,} to {upwards(high, rules):,}" + (" or more" if is_open_ended else "")


def upwards(high: int, rules: Rules = RULES) -> int:
    return rules.base * -(-high // rules.base)


def bounds_of_high(
    high: int, rules: Rules = RULES, is_open_ended: bool = False
) -> tuple[int, int | None]:
    """The counts that print as this high does; an open end (None) has no bounds."""
    if high <= rules.threshold:
        return rules.bounds(high)
    top = upwards(high, rules)
    return max(top - rules.base + 1, rules.threshold + 1), None if is_open_ended else top
