"""Variables and relations of a release as an integer program; `model.py` says what they mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

LEFT_OUT = "(left out)"
# Amounts are not whole: what is added up in another order differs in the last digits.
ROUNDING = 1e-6


class Name(NamedTuple):
    measure: str
    period: str
    by: str = ""
    row: str = ""

    @property
    def code(self) -> str:
        return self.measure.split("/")[0]


# A coefficient and the variable it stands before.
Term = tuple[float, Name]


@dataclass
class Variable:
    """The reader's box and the truth; `is_hidden` when nobody may learn it."""

    true: float
    low: float = 0
    high: float = inf
    is_hidden: bool = False

    def meet(self, low: float, high: float) -> None:
        self.low, self.high = max(self.low, low), min(self.high, high)


@dataclass(frozen=True)
class Relation:
    """`low` <= sum of coefficient x variable <= `high`."""

    terms: tuple[Term, ...]
    low: float = 0
    high: float = 0


@dataclass
class Model:
    variables: dict[Name, Variable] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    broken: int = 0  # relations that the true counts do not meet

    def relate(self, terms: Sequence[Term], low: float = 0, high: float = 0) -> None:
        value = sum(factor * self.variables[name].true for factor, name in terms)
        if low - ROUNDING <= value <= high + ROUNDING:
            self.relations.append(Relation(tuple(terms), low, high))
        else:
            self.broken += 1

    def equal(self, whole: Name, parts: Iterable[Name]) -> None:
        self.relate([(1, whole), *((-1, part) for part in parts)])

    def at_most(self, smaller: Iterable[Name], larger: Iterable[Name]) -> None:
        """The sum of the smaller is at most that of the larger."""
        terms = [*((1, name) for name in larger), *((-1, name) for name in smaller)]
        self.relate(terms, high=inf)

    def add(self, name: Name, true: float, low: float, high: float, is_hidden: bool) -> None:
        if name not in self.variables:
            self.variables[name] = Variable(true)
        variable = self.variables[name]
        variable.meet(low, high)
        # A 0 is printed as it is wherever a line shows one: it is no secret.
        variable.is_hidden |= is_hidden and true > 0
