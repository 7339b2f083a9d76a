"""What was checked of the amounts of a period, and what was done about it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class AmountReport:
    """What was checked and done, without a true value (D16.13)."""

    variables: int = 0
    constraints: int = 0
    relations_not_met: int = 0
    hidden: int = 0
    readers: int = 0
    smallest_width: int | None = None  # in percent of the amount
    told_before: int = 0
    leaks: int = 0
    left: int = 0
    rounds: int = 0
    repairs: list[str] = field(default_factory=list)
    solver: str = ""
    seconds: float = 0

    def as_dict(self) -> dict[str, Any]:
        return {**vars(self), "repairs": list(self.repairs)}

    def lines(self) -> list[tuple[str, str]]:
        """Pairs of name and text, for people."""
        width = "–" if self.smallest_width is None else f"{self.smallest_width}% of it or more"
        return [
            ("Amounts (hours, posts, workers) checked together", f"{self.variables:,}"),
            ("Relations between amounts", f"{self.constraints:,}"),
            ("Relations of amounts that the records do not meet", f"{self.relations_not_met:,}"),
            ("Hidden amounts", f"{self.hidden:,}"),
            ("Narrowest interval in which a hidden amount could lie", width),
            ("Readers: anybody, and workers who know rows of their own", f"{self.readers:,}"),
            ("Hidden amounts that quarters told already", f"{self.told_before:,}"),
            ("Leaks of amounts found", f"{self.leaks:,}"),
            ("Repairs of amounts", "; ".join(self.repairs) or "none"),
            ("Leaks of amounts left", f"{self.left:,}"),
            ("Seconds for amounts", f"{self.seconds:.1f}"),
        ]

    def in_short(self) -> str:
        return (
            f"{self.variables:,} amounts together, {self.hidden:,} hidden, "
            f"{len(self.repairs):,} repairs, {self.left:,} leaks left"
        )
