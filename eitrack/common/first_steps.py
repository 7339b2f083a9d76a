"""What comes first in an empty service: a short list that ticks itself off."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FirstStep:
    """Something to do, the page where it is done, and whether it has been."""

    words: str
    url: str
    is_done: bool


def still_to_do(*steps: FirstStep) -> list[FirstStep]:
    """All of the steps while one is left to do; then none, and the list is gone."""
    return list(steps) if not all(step.is_done for step in steps) else []
