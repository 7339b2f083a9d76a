"""A reader's model of a release: variables, relations between them, and its independent parts.

`model.py` and `amounts.py` say what they mean.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
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


@dataclass(frozen=True)
class Component:
    """Related variables, by name in a fixed order, and their relations."""

    names: tuple[Name, ...]
    variables: tuple[Variable, ...]
    relations: tuple[Relation, ...]

    @property
    def hidden(self) -> list[int]:
        return [n for n, variable in enumerate(self.variables) if variable.is_hidden]

    @property
    def fingerprint(self) -> Hashable:
        """What its bounds depend on: components with the same fingerprint have the same bounds."""
        boxes = tuple((each.low, each.high, each.is_hidden) for each in self.variables)
        return self.names, boxes, self.relations


def components(model: Model) -> Iterator[Component]:
    """Connected components that hide anything, in a fixed order.

    An exactly known value (a printed 0) connects nothing.
    """
    root = {name: name for name in model.variables}

    def find(name: Name) -> Name:
        while root[name] != name:
            root[name] = name = root[root[name]]
        return name

    is_known = {name for name, each in model.variables.items() if each.low == each.high}
    for relation in model.relations:
        unknown = [name for _, name in relation.terms if name not in is_known]
        for other in unknown[1:]:
            one, two = find(unknown[0]), find(other)
            root[max(one, two)] = min(one, two)
    names, relations = defaultdict(list), defaultdict(list)
    for name in sorted(model.variables):
        names[find(name)].append(name)
    for relation in model.relations:
        unknown = [name for _, name in relation.terms if name not in is_known]
        if unknown:
            relations[find(unknown[0])].append(relation)
    for first in sorted(names):
        # Known ones of other components stand in relations: each component has its own.
        members = dict.fromkeys(names[first])
        for relation in relations[first]:
            members |= dict.fromkeys(name for _, name in relation.terms)
        of_it = tuple(sorted(members))
        found = Component(
            of_it, tuple(model.variables[name] for name in of_it), tuple(relations[first])
        )
        if any(variable.is_hidden for variable in found.variables):
            yield found
