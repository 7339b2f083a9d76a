"""The smallest and largest value of each hidden cell, by linear programs (D16.7).

HiGHS keeps the model and its last basis; from one cell to the next only the cost changes, so a
program takes a few simplex steps instead of a new start.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version as version_of
from math import ceil, floor

import highspy
import numpy
import numpy.typing

from eitrack.indicators.disclosure.variables import Component

TOLERANCE = 1e-6
Values = numpy.typing.NDArray[numpy.float64]
WIDE = 3  # hi - lo from which the solutions met so far settle that a cell is safe


@dataclass(frozen=True)
class Bounds:
    """`low` and `high` of a hidden cell; of one that is not `is_exact` they lie further out."""

    low: int
    high: int
    is_exact: bool

    @property
    def gap(self) -> int:
        return self.high - self.low


class Unsolved(ArithmeticError):
    """The solver found no answer, so nothing may be released."""


def version() -> str:
    return f"HiGHS {version_of('highspy')}"


def bounds_of(component: Component) -> dict[int, Bounds]:
    """{position: Bounds} of the hidden variables of the component.

    Solutions found on the way are witnesses: a cell whose values in them differ by 3 or more cannot
    leak and needs no program of its own.
    """
    solver = Program(component)
    hidden = component.hidden
    low = numpy.full(len(component.names), numpy.inf)
    high = numpy.full(len(component.names), -numpy.inf)
    exact = {}

    def meet(values: Values) -> None:
        numpy.minimum(low, values, out=low)
        numpy.maximum(high, values, out=high)

    # All hidden cells at once, then alternating ones against the rest: these settle most.
    for step in range(_ROUNDS):
        signs = [1 if position >> step & 1 else -1 for position in range(len(hidden))]
        for sign in (1, -1):
            costs = {cell: sign * each for cell, each in zip(hidden, signs, strict=True)}
            if (values := solver.best(costs)) is not None:
                meet(values)
    for cell in hidden:
        if _whole_high(high[cell]) - _whole_low(low[cell]) >= WIDE:
            continue
        for sign in (1, -1):
            values = solver.best({cell: sign})
            if values is None:
                (low if sign > 0 else high)[cell] = -sign * numpy.inf
            else:
                meet(values)
        exact[cell] = True
    return {
        cell: Bounds(_whole_low(low[cell]), _whole_high(high[cell]), cell in exact)
        for cell in hidden
    }


_ROUNDS = 6
DUAL, PRIMAL = 1, 4  # as HiGHS numbers its strategies
# The truth meets every program, so none is infeasible, whatever a way of solving it says.
GIVEN_UP = (highspy.HighsModelStatus.kUnknown, highspy.HighsModelStatus.kInfeasible)
_FAR = 10**9  # stands for no bound at all


def _whole_low(value: float) -> int:
    return ceil(max(value, -_FAR) - TOLERANCE) if value < numpy.inf else _FAR


def _whole_high(value: float) -> int:
    return floor(min(value, _FAR) + TOLERANCE) if value > -numpy.inf else -_FAR


class _Silent(highspy.Highs):
    """It prints who made it as soon as callbacks are enabled, which its constructor does."""

    def enableCallbacks(self) -> None:
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


class Program:
    """One component, held by HiGHS."""

    def __init__(self, component: Component) -> None:
        self._size = len(component.names)
        self._highs = _Silent()  # type: ignore[no-untyped-call]
        options: dict[str, int | str] = {
            "threads": 1,
            "solver": "simplex",
            "presolve": "off",
            # Of a changed cost only the primal simplex goes on from where it was; the other, which
            # is chosen by default, takes more steps than from the start. It is read with the model.
            "simplex_strategy": PRIMAL,
            "random_seed": 0,
        }
        for option, value in options.items():
            self._highs.setOptionValue(option, value)
        self._highs.passModel(_program(component))
        self._costed: list[int] = []

    def bound(self, low: Mapping[int, float], high: Mapping[int, float]) -> None:
        """Set the bounds of variables: {position: value} for lower and upper ends."""
        for position in low:
            self._highs.changeColBounds(position, low[position], high[position])

    def binding(self) -> list[list[int]]:
        """(variables, relations) by position that limit the last solution."""
        solution = self._highs.getSolution()
        return [
            [n for n, price in enumerate(prices) if abs(price) > TOLERANCE]
            for prices in (solution.col_dual, solution.row_dual)
        ]

    def best(self, costs: Mapping[int, float]) -> Values | None:
        """The values of all variables that minimise the sum of `costs`; None if unbounded."""
        changed = {**dict.fromkeys(self._costed, 0), **costs}
        self._highs.changeColsCost(
            len(changed),
            numpy.array(list(changed), dtype=numpy.int32),
            numpy.array(list(changed.values()), dtype=numpy.float64),
        )
        self._costed = list(costs)
        status = self._run()
        if status in GIVEN_UP:
            # From the basis that an unbounded program left it may find no way; from none it does.
            self._highs.clearSolver()
            status = self._run()
        if status in GIVEN_UP:
            # Nor does the primal simplex find one from everywhere; the dual one starts elsewhere.
            self._highs.clearSolver()
            self._highs.setOptionValue("simplex_strategy", DUAL)
            status = self._run()
            self._highs.setOptionValue("simplex_strategy", PRIMAL)
        if status == highspy.HighsModelStatus.kOptimal:
            return numpy.array(self._highs.getSolution().col_value)
        if status in (
            highspy.HighsModelStatus.kUnbounded,
            highspy.HighsModelStatus.kUnboundedOrInfeasible,
        ):
            return None
        raise Unsolved(f"The auditor's program ended as {status.name}.")

    def _run(self) -> highspy.HighsModelStatus:
        self._highs.run()
        return self._highs.getModelStatus()


def _program(component: Component) -> highspy.HighsLp:
    place = {name: position for position, name in enumerate(component.names)}
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(component.names), len(component.relations)
    program.col_cost_ = numpy.zeros(len(component.names))
    program.col_lower_ = numpy.array([each.low for each in component.variables], dtype=float)
    program.col_upper_ = numpy.array([each.high for each in component.variables], dtype=float)
    program.row_lower_ = numpy.array([each.low for each in component.relations], dtype=float)
    program.row_upper_ = numpy.array([each.high for each in component.relations], dtype=float)
    starts, index, value = [0], [], []
    for relation in component.relations:
        index += [place[name] for _, name in relation.terms]
        value += [float(factor) for factor, _ in relation.terms]
        starts.append(len(index))
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = numpy.array(starts, dtype=numpy.int32)
    program.a_matrix_.index_ = numpy.array(index, dtype=numpy.int32)
    program.a_matrix_.value_ = numpy.array(value)
    return program
