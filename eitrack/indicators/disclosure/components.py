"""The independent parts of a model."""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from eitrack.indicators.disclosure.variables import Model, Name, Relation, Variable


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
