"""The two parameters of publishing, which may be raised but not lowered below their minimum."""

from dataclasses import dataclass

THRESHOLD = 7  # counts from 1 to this are confidential
BASE = 5  # everything larger is rounded to a multiple of this, which is odd
MIN_POSSIBLE_VALUES = 4  # how many values a hidden cell must at least leave open
MIN_SHARE_DENOMINATOR = 20  # a percentage of fewer than this is unreliable
LEAST_WORKERS = 5  # no published cell of hours or load rests on the work of fewer (D10)
LEAST_ATTENDANCES, LEAST_ACTIVITIES = 30, 10  # of a site with a row of its own (D11)


@dataclass(frozen=True)
class Rules:
    """Threshold and base (D15): NHS secondary care statistics use 7 and 5.

    Raises ValueError below these floors, for a base that is even (no nearest multiple) and for
    one so large that the first visible count would round to 0.
    """

    threshold: int = THRESHOLD
    base: int = BASE

    def __post_init__(self) -> None:
        if self.threshold < THRESHOLD:
            raise ValueError(f"The threshold is at least {THRESHOLD}, not {self.threshold}.")
        if self.base < BASE or self.base % 2 == 0:
            raise ValueError(f"The base is odd and at least {BASE}, not {self.base}.")
        if self.base > 2 * self.threshold + 1:
            raise ValueError(f"A base of {self.base} rounds {self.threshold + 1} to 0.")

    def is_small(self, n: float) -> bool:
        return 1 <= n <= self.threshold

    def rounded(self, n: int) -> int:
        return self.base * ((n + self.base // 2) // self.base)

    def bounds(self, n: int) -> tuple[int, int]:
        """The smallest and largest count that print like `n`: what a reader knows."""
        if n == 0:
            return 0, 0
        if self.is_small(n):
            return 1, self.threshold
        middle, half = self.rounded(n), self.base // 2
        return max(middle - half, self.threshold + 1), middle + half


RULES = Rules()


def require_count(n: object) -> None:
    """Raise ValueError unless `n` is a whole number from 0 upwards."""
    # bool is an int, but a count that is one is a mistake.
    if type(n) is not int or n < 0:
        raise ValueError(f"A count is a whole number from 0 upwards, not {n!r}.")
