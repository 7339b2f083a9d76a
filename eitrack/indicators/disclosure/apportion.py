"""Sharing a joint session by minutes, for tables that must add up (C21)."""

from collections.abc import Mapping
from typing import TypeVar

K = TypeVar("K")


def apportion(total: int, minutes: Mapping[K, int]) -> dict[K, int]:
    """{key: whole number}: `total` shared in proportion to minutes, adding up exactly (C21).

    The remainder goes to the largest fractions, of equal ones to the first. Without minutes all get
    the same.
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
