"""A reader's model of the amounts of one year or quarter: real variables and their relations.

Like the model of counts (D16), for figures that rest on workers (D17.3): a variable for each
quantity, printed or not, and a relation between the two amounts of every printed share or ratio.
"""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from eitrack.indicators.disclosure.dominance import may_be_printed
from eitrack.indicators.disclosure.quantities import (
    DIRECT,
    EARLY,
    EARLY_LEVELS,
    FIGURES,
    LEVEL_KNOWN,
    MEASURED,
    NO_LEVEL,
    OF_STREAM,
    ON_CASES,
    ON_PROTOCOLS,
    OVER_TIME,
    PARTS_OF,
    PROTOCOL_WORK,
    SERVICE,
    SHARED_OUT,
    UNREGISTERED,
    Amount,
    Figure,
    Key,
    key_of,
)
from eitrack.indicators.disclosure.variables import Model, Name, Relation, Term


@dataclass(frozen=True)
class Truth:
    """The true amounts of a period above 0, and what is printed of them in display order: shares
    of two of them, and amounts themselves."""

    period: str
    is_quarter: bool
    amounts: dict[Name, Amount]
    shares: list[Figure]
    printed: list[Name]

    @property
    def keys(self) -> list[Key]:
        """The keys that a decision contains, printed or hidden."""
        return [*map(key_of, self.printed), *(share.key for share in self.shares)]

    def printed_by(self, decided: Container[Key]) -> list[Name]:
        return [name for name in self.printed if key_of(name) in decided]

    def guarded_from(self, decided: Container[Key]) -> list[Name]:
        """Amounts that nobody may learn, where this is printed: those that could be printed and are
        not, and those that rest on too few to be printed anywhere."""
        printed = set(self.printed_by(decided))
        may_be = set(self.printed)
        return [
            name
            for name, amount in self.amounts.items()
            if name not in printed and (name in may_be or not may_be_printed(amount.by_worker))
        ]


@dataclass
class AmountModel(Model):
    """A Model that knows which relation expresses a printed share."""

    said_by: dict[Relation, tuple[str, Key]] = field(default_factory=dict)


def model_of(truths: Sequence[Truth], decided: Mapping[str, Container[Key]]) -> AmountModel:
    """`decided` is {period: keys of what is printed of it}."""
    model = AmountModel()
    for truth in truths:
        printed = set(truth.printed_by(decided[truth.period]))
        guarded = set(truth.guarded_from(decided[truth.period]))
        for name, amount in truth.amounts.items():
            low, high = MEASURED[name.measure].box(amount.value) if name in printed else (0, inf)
            model.add(name, amount.value, low, high, name in guarded)
        for share in truth.shares:
            if share.key in decided[truth.period]:
                _relate_share(model, share, truth.period)
        _relate_rows(model, truth)
        _relate_quantities(model, truth)
    for whole in truths:
        if not whole.is_quarter:
            _relate_quarters(model, whole, [each for each in truths if each.is_quarter])
    return model


def _relate_share(model: AmountModel, share: Figure, period: str) -> None:
    """A printed share v of D, to half a step, gives N within half a step of D; D may be unknown."""
    step = FIGURES[share.code].step
    terms: list[Term] = []
    value = 0.0
    if share.numerator in model.variables:
        terms = [(1, share.numerator)]
        value = model.variables[share.numerator].true / model.variables[share.denominator].true
    shown = round(value / step) * step
    for bound, low, high in ((shown - step / 2, 0, inf), (shown + step / 2, -inf, 0)):
        number = len(model.relations)
        model.relate([*terms, (-max(bound, 0), share.denominator)], low, high)
        for relation in model.relations[number:]:
            model.said_by[relation] = period, share.key


def _relate_rows(model: AmountModel, truth: Truth) -> None:
    """Rows of a partition add up to their total; other rows are at most the total, which is at most
    their sum.
    """
    tables = defaultdict(list)
    for name in truth.amounts:
        if name.by and name.by != OF_STREAM:
            tables[name.measure, name.by].append(name)
    for (what, _), rows in tables.items():
        total = Name(what, truth.period)
        if what == ON_PROTOCOLS:
            total = Name(SERVICE, truth.period, "kind", PROTOCOL_WORK)
        if total not in model.variables:
            continue
        if what in SHARED_OUT:
            model.equal(total, rows)
        else:
            for row in rows:
                model.at_most([row], [total])
            model.at_most([total], rows)
    _relate_streams(model, truth)


def _relate_streams(model: AmountModel, truth: Truth) -> None:
    """A stream's kinds of work add up to it; a kind over all streams to that of the service."""
    kinds, streams = defaultdict(list), defaultdict(list)
    for name in truth.amounts:
        if name.by == OF_STREAM:
            kind, stream = name.row.split("/")
            kinds[kind].append(name)
            streams[stream].append(name)
    for by, rows in (("kind", kinds), ("funding_stream", streams)):
        for row, cells in rows.items():
            model.equal(Name(SERVICE, truth.period, by, row), cells)


def _relate_quantities(model: AmountModel, truth: Truth) -> None:
    """Part and whole, by row; direct time that is not unregistered is on cases."""
    for name in truth.amounts:
        for part, whole in PARTS_OF:
            larger = name._replace(measure=whole)
            if name.measure == part and larger in model.variables:
                model.at_most([name], [larger])
        if name.measure == DIRECT:
            on_cases, free = (name._replace(measure=each) for each in (ON_CASES, UNREGISTERED))
            known = [each for each in (on_cases, free) if each in model.variables]
            model.at_most([name], known)
    levels = [each for each in truth.amounts if each[0] == DIRECT and each.by == "need_level"]
    for what, rows in (
        (LEVEL_KNOWN, [each for each in levels if each.row != NO_LEVEL]),
        (EARLY, [each for each in levels if each.row in EARLY_LEVELS]),
    ):
        if (total := Name(what, truth.period)) in model.variables:
            model.equal(total, rows)


def _relate_quarters(model: AmountModel, whole: Truth, quarters: Sequence[Truth]) -> None:
    """A year is the sum of its quarters; a figure of the last day is that of the last quarter."""
    last = max((each.period for each in quarters), default="")
    for name in whole.amounts:
        if name.by == OF_STREAM or (name.measure == ON_PROTOCOLS and name.by != "team"):
            continue
        if name.measure in OVER_TIME:
            parts = [name._replace(period=each.period) for each in quarters]
        else:
            parts = [name._replace(period=last)]
        known = [each for each in parts if each in model.variables]
        if len(quarters) == QUARTERS:
            model.equal(name, known)
        elif name.measure in OVER_TIME and known:
            model.at_most(known, [name])


QUARTERS = 4
