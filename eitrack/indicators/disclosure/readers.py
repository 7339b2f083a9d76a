"""What one reader can infer about hidden amounts, by linear programs (D17.4)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING

from eitrack.indicators.disclosure.amounts import AmountModel
from eitrack.indicators.disclosure.quantities import (
    MEASURED,
    OF_STREAM,
    ON_PROTOCOLS,
    PROTOCOL_WORK,
    SERVICE,
    Amount,
    Key,
)
from eitrack.indicators.disclosure.variables import Component, Name, components

if TYPE_CHECKING:
    from eitrack.indicators.disclosure.solver import Program, Values

# An amount by its Name, or a share by its period and key.
Pin = Name | tuple[str, Key]
LEAST, MOST = 0.8, 1.2  # of the amount: the interval that must stay possible
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Leak:
    """A hidden amount a reader can infer too precisely, and the printed figures that determine it.

    Those are the Name of an amount, or (period, key) of a share.
    """

    name: Name
    pinned_by: tuple[Pin, ...]


class Part:
    """A component of a model with its program, shared by all readers.

    The program continues from its last solution.
    """

    def __init__(self, component: Component, model: AmountModel) -> None:
        self.component, self.model = component, model
        self.place = {name: position for position, name in enumerate(component.names)}
        self.hidden = [component.names[position] for position in component.hidden]

    @cached_property
    def program(self) -> "Program":
        # Imported here: it loads HiGHS and numpy, which no page needs.
        from eitrack.indicators.disclosure.solver import Program

        return Program(self.component)

    @contextmanager
    def with_known(self, known: Mapping[Name, float]) -> Iterator[None]:
        """Fix amounts that a reader knows, and free them afterwards."""
        fixed = {self.place[name]: value for name, value in known.items() if name in self.place}
        boxes = {position: self.component.variables[position] for position in fixed}
        self.program.bound(fixed, fixed)
        yield
        self.program.bound(
            {position: box.low for position, box in boxes.items()},
            {position: box.high for position, box in boxes.items()},
        )

    def pins(self) -> Iterator[Pin]:
        """The printed figures that limit the last solution."""
        variables, relations = self.program.binding()
        for position in variables:
            box = self.component.variables[position]
            if box.low > 0 or box.high < inf:
                yield self.component.names[position]
        for position in relations:
            if said_by := self.model.said_by.get(self.component.relations[position]):
                yield said_by


def parts_of(model: AmountModel) -> list[Part]:
    return [Part(component, model) for component in components(model)]


class Reader:
    """Somebody who has all printed figures, and may know some amounts besides.

    Values found possible are remembered: hiding more leaves them possible.
    """

    def __init__(
        self, amounts: Mapping[Name, Amount], known: Mapping[Name, float] | None = None
    ) -> None:
        self.amounts, self.known = amounts, dict(known or {})
        self.low: dict[Name, float] = {}
        self.high: dict[Name, float] = {}

    def leaks(self, parts: Sequence[Part]) -> list[Leak]:
        """Leaks among the hidden amounts of a model's parts, in a fixed order."""
        found = []
        for part in parts:
            unsettled = [each for each in part.hidden if not self._is_settled(each)]
            if not unsettled or (self.known and part.place.keys().isdisjoint(self.known)):
                continue
            with part.with_known(self.known):
                self._settle(part, unsettled)
                for name in unsettled:
                    if self.is_safe(name):
                        continue
                    pins = self.look_at(name, part)
                    # If no printed figure limits it, only the reader's own knowledge reveals it.
                    if pins and not self.is_safe(name):
                        found.append(Leak(name, tuple(sorted(pins, key=str))))
        return sorted(found, key=lambda leak: leak.name)

    def can_be_safe(self, name: Name, parts: Sequence[Part]) -> bool:
        """Whether this amount is safe given a model."""
        part = next((each for each in parts if name in each.hidden), None)
        if part and not self.is_safe(name):
            with part.with_known(self.known):
                self.look_at(name, part)
        return part is not None and self.is_safe(name)

    def is_told(self, name: Name, parts: Sequence[Part]) -> bool:
        """Whether a model determines this amount about as precisely as if it were printed."""
        part = next((each for each in parts if name in each.place), None)
        if part is None:
            return True
        self.look_at(name, part)
        low, high = MEASURED[name.measure].box(self.amounts[name].value)
        return self.high[name] - self.low[name] <= 2 * (high - low) + TOLERANCE

    def look_at(self, name: Name, part: Part) -> set[Pin]:
        """Find the lowest and highest possible value of an amount, and what limits it."""
        pins: set[Pin] = set()
        for sign in (1, -1):
            values = part.program.best({part.place[name]: sign})
            if values is None:
                self._reach(name, -sign * inf)
                continue
            self._meet(part, values)
            self._reach(name, float(values[part.place[name]]))
            pins.update(part.pins())
        return pins

    def _is_settled(self, name: Name) -> bool:
        return name in self.known or self.is_safe(name)

    def is_safe(self, name: Name) -> bool:
        value = self.amounts[name].value
        low, high = self.low.get(name, value), self.high.get(name, value)
        return (
            low <= LEAST * value + TOLERANCE
            and high >= MOST * value - TOLERANCE
            and MEASURED[name.measure].is_wide(low, high, self._least(name))
        )

    def smallest_width(self) -> int | None:
        """The narrowest interval of a hidden amount, in whole percent of it, among those computed.

        None if nothing is hidden.
        """
        widths = [
            100 * (self.high[name] - low) / self.amounts[name].value
            for name, low in self.low.items()
            if self.high[name] < inf
        ]
        return int(min(widths)) if widths else None

    def _least(self, name: Name) -> float:
        """The width an interval must have; less in a line that has less in all."""
        totals = [self.amounts[total].value for total in totals_of(name) if total in self.amounts]
        return min([MEASURED[name.measure].least, *totals])

    def _settle(self, part: Part, unsettled: list[Name]) -> None:
        """Minimise and maximise all unsettled amounts together: a few solutions settle most."""
        for sign in (1, -1):
            left, waiting = -1, unsettled
            while waiting and len(waiting) != left:
                left = len(waiting)
                costs = {part.place[each]: sign / self.amounts[each].value for each in waiting}
                values = part.program.best(costs)
                if values is None:
                    break
                self._meet(part, values)
                waiting = [each for each in waiting if not self._is_reached(each, sign)]

    def _is_reached(self, name: Name, sign: int) -> bool:
        value = self.amounts[name].value
        if sign > 0:
            return self.low[name] <= LEAST * value
        return self.high[name] >= MOST * value

    def _meet(self, part: Part, values: "Values") -> None:
        for name in part.hidden:
            self._reach(name, float(values[part.place[name]]))

    def _reach(self, name: Name, value: float) -> None:
        self.low[name] = min(value, self.low.get(name, inf))
        self.high[name] = max(value, self.high.get(name, -inf))


def totals_of(name: Name) -> Iterator[Name]:
    """The totals of the lines that contain an amount."""
    if name.by == OF_STREAM:
        kind, stream = name.row.split("/")
        yield Name(SERVICE, name.period, "kind", kind)
        yield Name(SERVICE, name.period, "funding_stream", stream)
    elif name.measure == ON_PROTOCOLS:
        yield Name(SERVICE, name.period, "kind", PROTOCOL_WORK)
    elif name.by:
        yield Name(name.measure, name.period)
