"""A table as printed: one measure by one breakdown in one period, and what it hides.

A table holds true counts and computes what is printed of them. Repairs, earlier releases and the
rules on quarters and sensitive groups hide more of it; nothing ever hides less.
"""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self

from eitrack.indicators.disclosure.counts import (
    HiddenCells,
    hide,
    publish_cell,
    publish_range,
    publish_share,
    upwards,
)
from eitrack.indicators.disclosure.rules import Rules
from eitrack.indicators.disclosure.symbols import (
    CONFIDENTIAL,
    LOW_RELIABILITY,
    NOT_AVAILABLE,
    NOTHING_TO_DIVIDE,
)


class Form(StrEnum):
    COUNT = "count"
    SHARE = "share"
    RANGE = "range"


@dataclass(frozen=True)
class Amount:
    """The exact content of one line of a table.

    `count` is the figure itself, the denominator of a share or the high of a range. `is_silent`:
    too little is known of it (a share below its known-rate, a range of grade D); this prints a
    symbol and is not secret.
    """

    count: int
    numerator: int | None = None
    low: int = 0
    is_open_ended: bool = False
    is_silent: bool = False

    @property
    def part(self) -> int:
        """The numerator of a share; 0 for other forms."""
        return self.numerator or 0


@dataclass(frozen=True)
class Printed:
    """What is printed of an Amount; `numerator` only beside a share that is a number."""

    figure: str
    count: str
    numerator: str = ""


NOT_SAID = Printed(NOT_AVAILABLE, NOT_AVAILABLE)


@dataclass
class Total:
    """The total of a measure in a period, shared by all its breakdowns.

    `among` are the measures of which it is a part (`Indicator.among`). `is_forced` hides it by `c`
    (its quarters would reveal it), `is_crossed` by `x` (only the year is printed).
    """

    code: str
    period: str
    form: Form
    amount: Amount
    is_forced: bool = False
    is_crossed: bool = False
    among: tuple[str, ...] = ()

    def printed(self, rules: Rules) -> Printed:
        if self.is_crossed:
            return NOT_SAID
        text = publish_cell(self.amount.count, rules)
        if self.is_forced and self.amount.count:
            text = CONFIDENTIAL
        return printed(self.form, self.amount, text, rules)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> Self:
        read = {"form": Form(kept["form"]), "amount": Amount(**kept["amount"])}
        return cls(**kept | read | {"among": tuple(kept.get("among", ()))})


@dataclass
class CountTable:
    """One measure by one breakdown; without one (`by` is "") it holds the total only.

    `keys` name the rows, `within` the row of the coarser breakdown that each lies in (a site in
    its kind; "" for none). `is_partition`: rows share out the total; else they overlap. `forced`
    are positions hidden whatever they hold, `closed` those whose share is hidden though its
    denominator is not, `absent` those that the released line, which is repeated, did not have.
    """

    total: Total
    by: str = ""
    keys: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    within: tuple[str, ...] = ()
    is_partition: bool = True
    forced: set[int] = field(default_factory=set)
    closed: set[int] = field(default_factory=set)
    absent: set[int] = field(default_factory=set)
    is_crossed: bool = False

    @property
    def code(self) -> str:
        return self.total.code

    @property
    def period(self) -> str:
        return self.total.period

    @property
    def form(self) -> Form:
        return self.total.form

    @property
    def counts(self) -> list[int]:
        return [amount.count for amount in self.amounts]

    def hidden(self, rules: Rules) -> HiddenCells:
        """What the rules for lines hide of the counts (of a range, of its high)."""
        return hide(self.counts, self.total.amount.count, rules, self.forced)

    def printed(self, rules: Rules) -> list[Printed]:
        """A `Printed` for each row."""
        if self.is_crossed or self.total.is_crossed:
            return [NOT_SAID for _ in self.amounts]
        hidden = self.hidden(rules)
        return [
            NOT_SAID
            if position in self.absent
            else printed(
                self.form,
                amount,
                hidden.text_of(position, amount.count, rules),
                rules,
                is_closed=position in self.closed,
            )
            for position, amount in enumerate(self.amounts)
        ]

    def hides_left_out(self, rules: Rules) -> bool:
        """Whether the rules hide the difference between the rows and the total."""
        return len(self.amounts) in self.hidden(rules).positions

    def as_dict(self) -> dict[str, Any]:
        kept = asdict(self)
        return kept | {name: sorted(kept[name]) for name in ("forced", "closed", "absent")}

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> Self:
        return cls(
            **kept
            | {
                "total": Total.from_dict(kept["total"]),
                "keys": tuple(kept["keys"]),
                "amounts": tuple(Amount(**each) for each in kept["amounts"]),
                "within": tuple(kept["within"]),
                "forced": set(kept["forced"]),
                "closed": set(kept["closed"]),
                "absent": set(kept["absent"]),
            }
        )


def printed(
    form: Form, amount: Amount, count: str, rules: Rules, *, is_closed: bool = False
) -> Printed:
    """What is printed of an amount whose count prints as `count`."""
    if form == Form.SHARE:
        return _printed_share(amount, count, rules, is_closed)
    if form == Form.RANGE:
        return _printed_range(amount, count, rules)
    return Printed(count, count)


def _printed_share(amount: Amount, count: str, rules: Rules, is_closed: bool) -> Printed:
    if not amount.count:
        return Printed(NOTHING_TO_DIVIDE if count == "0" else count, count)
    if not count.isdigit():
        return Printed(count, count)
    if is_closed:
        return Printed(CONFIDENTIAL, count)
    figure = publish_share(amount.part, amount.count, rules)
    if figure != CONFIDENTIAL and amount.is_silent:
        figure = LOW_RELIABILITY
    if not figure.isdigit():
        return Printed(figure, count)
    return Printed(figure, count, publish_cell(amount.part, rules))


def _printed_range(amount: Amount, count: str, rules: Rules) -> Printed:
    if amount.is_silent:
        return Printed(NOT_AVAILABLE, NOT_AVAILABLE)
    if not count.isdigit():
        return Printed(count, count)
    figure = publish_range(amount.low, amount.count, rules, amount.is_open_ended)
    return Printed(figure, str(upwards(amount.count, rules)))
