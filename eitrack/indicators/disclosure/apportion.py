"""A joint session in a table that must add up: shared out by minutes (C21)."""

from collections.abc import Mapping
from typing import TypeVar

K = TypeVar("K")


def apportion(total: int, minutes: Mapping[K, int]) -> dict[K, int]:
    """{key: whole number}: `total` by each one's minutes, adding up to it exactly (C21).

    What rounding down leaves over goes to the largest remainders, of equal ones to the first. If
    nobody has minutes, all share alike.
    """
    if not minutes:
        return {}
    weights = minutes if any(minutes.values()) else dict.fromkeys(minutes, 1)
    whole = sum(weights.values())
    shares = {key: total * weight // whole for key, weight in weights.items()}
    by_rest = sorted(weights, key=lambda key: -(total * weights[key] % whole))
    for key in by_rest[: total - sum(shares.values())]:
        shares[key] += 1
    return shares
