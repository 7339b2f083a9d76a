"""What was checked of a release, and what was done about it, without a true value (D16.13)."""

from dataclasses import dataclass, field
from typing import Any, ClassVar


@dataclass
class Report:
    """Kept with the release and shown to the district."""

    what: ClassVar[str]
    variables: int = 0
    constraints: int = 0
    relations_not_met: int = 0
    hidden: int = 0
    told_before: int = 0
    leaks: int = 0
    left: int = 0
    rounds: int = 0
    repairs: list[str] = field(default_factory=list)
    solver: str = ""
    seconds: float = 0

    def as_dict(self) -> dict[str, Any]:
        return {**vars(self), "repairs": list(self.repairs)}

    def in_short(self) -> str:
        return (
            f"{self.variables:,} {self.what} together, {self.hidden:,} hidden, "
            f"{len(self.repairs):,} repairs, {self.left:,} leaks left"
        )


@dataclass
class AuditReport(Report):
    """Of counts."""

    what = "counts"
    components: int = 0
    smallest_gap: int | None = None
    is_gap_exact: bool = True

    def lines(self) -> list[tuple[str, str]]:
        """Pairs of name and text, for people."""
        gap = "–" if self.smallest_gap is None else f"{self.smallest_gap}"
        return [
            ("Cells and totals checked together", f"{self.variables:,}"),
            ("Relations between them", f"{self.constraints:,}"),
            ("Relations that the records do not meet", f"{self.relations_not_met:,}"),
            ("Hidden cells and totals", f"{self.hidden:,}"),
            (
                "Smallest distance between the least and most a hidden one could be",
                gap if self.is_gap_exact else f"{gap} or more",
            ),
            ("Hidden numbers that earlier releases told already", f"{self.told_before:,}"),
            ("Leaks found", f"{self.leaks:,}"),
            ("Repairs", "; ".join(self.repairs) or "none"),
            ("Leaks left", f"{self.left:,}"),
            ("Solver", self.solver),
            ("Seconds", f"{self.seconds:.1f}"),
            (
                "What a reader is taken to know",
                "the printed figures of this and earlier releases and the rules by which they "
                "hang together, not the order in which ties were broken",
            ),
        ]


@dataclass
class AmountReport(Report):
    """Of amounts; `smallest_width` is in percent of the amount."""

    what = "amounts"
    readers: int = 0
    smallest_width: int | None = None

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
