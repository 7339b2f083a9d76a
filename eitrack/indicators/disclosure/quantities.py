"""Names of amounts: which number each figure of class R is made of, wherever it is printed (D17.1).

A quantity is named by what is added up, its period, breakdown and row. Quantities equal by
definition have the same name: hours on protocols are the service's hours of that kind of work, the
hours of a funding stream are those of its own return.
"""

from dataclasses import dataclass, field
from math import ceil, floor, inf
from typing import NamedTuple

from eitrack.indicators.disclosure.variables import Name
from eitrack.indicators.terms.figures import FixedPeriod

PROTOCOL_WORK = "protocol_work"
SERVICE, ON_CASES, ON_PROTOCOLS = "service hours", "hours on cases", "hours on protocols"
DIRECT, UNREGISTERED = "direct hours", "unregistered direct hours"
LEVEL_KNOWN, EARLY = "direct hours of a known level", "direct hours of level 1 and 2"
# Printed by an agenda: the work with one agency.
WITH_AGENCY = "hours with an agency"
# Printed by a funder return: the hours of a stream by kind of work.
OF_STREAM = "kind/funding_stream"


# A key of a decision: what is added up or divided, breakdown, row.
Key = tuple[str, str, str]


class Measured(NamedTuple):
    """How an amount is printed and how wide its interval must stay: `step` is the last digit that
    is printed (0 where it is exact), `least` the narrowest interval of a hidden one."""

    step: float
    least: float
    is_whole: bool = False

    def box(self, value: float) -> tuple[float, float]:
        """What a reader knows of a printed amount."""
        if not self.step or (self.step < 1 and value == int(value)):
            return value, value
        shown = round(value / self.step) * self.step
        return max(0, shown - self.step / 2), shown + self.step / 2

    def is_wide(self, low: float, high: float, least: float) -> bool:
        if self.is_whole and high < inf:
            return floor(high + TOLERANCE) - ceil(low - TOLERANCE) >= least
        return high - low >= least - TOLERANCE


TOLERANCE = 1e-6
HOURS = Measured(step=1, least=8)
FULL_TIME = Measured(step=0.1, least=0.5)
WHOLE = Measured(step=0, least=3, is_whole=True)  # four whole values
POINTS = Measured(step=0.1, least=50)  # half a full-time worker's room
DIFFERENCES = Measured(step=0.1, least=0.5)


class Of(NamedTuple):
    """What a figure divides by what, and how its rows are printed: to `digits` of a whole, or of a
    hundred. Without a denominator the rows print the amount itself."""

    numerator: str
    denominator: str = ""
    measured: Measured = HOURS
    measured_by: Measured = HOURS
    step: float = 0.01

    @property
    def parts(self) -> list[tuple[str, Measured]]:
        pairs = (self.numerator, self.measured), (self.denominator, self.measured_by)
        return [pair for pair in pairs if pair[0]]


FIGURES = {
    "VIS-01": Of(UNREGISTERED, DIRECT),
    "VIS-03": Of(SERVICE, ON_CASES, step=0.1),
    "VIS-05": Of("days recorded", "days expected", WHOLE, WHOLE),
    "ERL-01": Of(EARLY, LEVEL_KNOWN),
    "PTN-03": Of(ON_PROTOCOLS),
    "LOD-01": Of("points carried", "points of room", POINTS, POINTS),
    "LOD-02": Of("direct hours under contract", "contracted hours"),
    "LOD-03": Of("hats", "workers with hats", WHOLE, WHOLE, step=0.1),
    "LOD-04": Of("differences of plans", "workers of two hosts", DIFFERENCES, WHOLE),
    "LOD-05": Of("cases held", "holders", WHOLE, FULL_TIME, step=0.1),
    "FND-01": Of(SERVICE),
    "FND-02": Of("full-time posts at risk", "full-time posts", FULL_TIME, FULL_TIME),
}
MEASURED = {name: measured for each in FIGURES.values() for name, measured in each.parts}
MEASURED[WITH_AGENCY] = HOURS
LOGGED = (SERVICE, ON_CASES, ON_PROTOCOLS, DIRECT, UNREGISTERED, LEVEL_KNOWN, EARLY)
UNDER_CONTRACT = ("direct hours under contract", "contracted hours")
# Breakdowns whose rows add up to the whole; in others a worker may be in several rows.
SHARED_OUT = (*LOGGED, WITH_AGENCY, *UNDER_CONTRACT, "full-time posts at risk", "full-time posts")
# These add up over quarters; the others are as on the last day.
OVER_TIME = (*LOGGED, *UNDER_CONTRACT, "days recorded", "days expected")
# By level of need, the rows of direct hours that make up those of a known level, and of 1 and 2.
NO_LEVEL, EARLY_LEVELS = "None", ("1", "2")
# The first is part of the second, row by row.
PARTS_OF = (
    (UNREGISTERED, DIRECT),
    (EARLY, LEVEL_KNOWN),
    (LEVEL_KNOWN, DIRECT),
    (DIRECT, SERVICE),
    (ON_CASES, SERVICE),
    (ON_PROTOCOLS, SERVICE),
    ("direct hours under contract", DIRECT),
    ("days recorded", "days expected"),
    ("full-time posts at risk", "full-time posts"),
)
# For a quarter, protocol work is printed in total and by team only (D17.6).
ROWS_BY_YEAR = {"PTN-03": ("team",)}


def is_amount(code: str) -> bool:
    """Whether a figure of class R rests on workers; cells of the protocol matrix do not."""
    return code in FIGURES


def has_rows(code: str, by: str, period: FixedPeriod) -> bool:
    """Whether a figure is printed by this breakdown in a period."""
    return not period.is_quarter or by in ROWS_BY_YEAR.get(code, (by,))


def name_of(what: str, period: str, by: str = "", row: object = "") -> Name:
    """The one name of a quantity."""
    if what == ON_PROTOCOLS and by in ("", "funding_stream"):
        return (
            cell_of(PROTOCOL_WORK, row, period)
            if by
            else Name(SERVICE, period, "kind", PROTOCOL_WORK)
        )
    return Name(what, period, by, str(row) if by else "")


def cell_of(kind: str, stream: object, period: str) -> Name:
    """The hours of a funding stream on one kind of work."""
    return Name(SERVICE, period, OF_STREAM, f"{kind}/{stream}")


@dataclass
class Amount:
    """A quantity, and what each worker contributed to it."""

    value: float = 0
    by_worker: dict[int, float] = field(default_factory=dict)

    def add(self, value: float, worker: int) -> None:
        self.value += value
        self.by_worker[worker] = self.by_worker.get(worker, 0) + value


class Figure(NamedTuple):
    """A printed share or ratio of two quantities in one row, and its key in a decision."""

    code: str
    by: str
    row: str
    numerator: Name
    denominator: Name

    @property
    def key(self) -> Key:
        return self.code, self.by, self.row


def key_of(name: Name) -> Key:
    """The key of a quantity in the decision on its period."""
    return name.measure, name.by, name.row


def keys_of(code: str, by: str = "", row: object = "") -> list[Key]:
    """The keys that must be printed for a figure: both amounts of a total, the share of a row."""
    figure = FIGURES[code]
    if by and figure.denominator:
        return [(code, by, str(row))]
    return [key_of(name_of(name, "", by, row)) for name, _ in figure.parts]
