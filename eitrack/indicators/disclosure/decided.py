"""The decision on the figures of a period, as read by whatever prints them (D17.1, D16.12)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from eitrack.indicators.disclosure.quantities import Key, is_amount, keys_of
from eitrack.indicators.disclosure.symbols import CONFIDENTIAL, NOT_AVAILABLE

BEING_CHECKED = "being checked"


@dataclass(frozen=True)
class Decided:
    """Keys of the amounts that are printed; `instead` stands where one is not.

    `hidden_counts` is what releases of the period have hidden of counts (`released.all_hidden`).
    """

    printed: frozenset[Key] = frozenset()
    hidden: frozenset[Key] = frozenset()
    instead: str = CONFIDENTIAL
    hidden_counts: Mapping[str, dict[str, Any]] = field(default_factory=dict, compare=False)

    @property
    def is_made(self) -> bool:
        return self.instead == CONFIDENTIAL

    @property
    def is_being_checked(self) -> bool:
        return self.instead == BEING_CHECKED

    def prints(self, code: str, by: str = "", row: str = "") -> bool:
        """Whether the figure of a row, or the total, is printed; those of protocols always."""
        if not is_amount(code):
            return True
        return all(key in self.printed for key in keys_of(code, by, row))

    def prints_hours(self, by: str, row: str) -> bool:
        """Whether the service's hours in a row are printed: those of a stream, or of one kind of
        work.
        """
        return self.prints("FND-01", by, row)

    def without_rows(self, by: str) -> "Decided":
        """The same without the rows of one breakdown."""
        left = frozenset(key for key in self.printed if key[1] != by)
        return replace(self, printed=left, hidden=self.hidden | (self.printed - left))

    def as_dict(self) -> dict[str, list[list[str]]]:
        return {name: sorted(map(list, getattr(self, name))) for name in ("printed", "hidden")}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "Decided | None":
        """As stored; None for a release from before amounts were decided."""
        if "printed" not in kept:
            return None
        printed, hidden = (frozenset(map(tuple, kept[name])) for name in ("printed", "hidden"))
        return cls(printed, hidden)


UNDECIDED = Decided(instead=BEING_CHECKED)
# For a quarter in its first month: amounts are as at the end of the last month (D17.6).
NOTHING_YET = Decided(instead=NOT_AVAILABLE)
