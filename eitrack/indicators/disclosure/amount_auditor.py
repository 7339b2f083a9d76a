"""Decides which amounts of a period are printed, all together (D17).

A hidden amount is safe if the interval a reader can infer for it is wide enough (D17.4), also for a
worker who is the only one behind some rows and knows them. Decisions on the quarters of a year, and
releases, are known to the reader and never changed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from time import perf_counter

from eitrack.indicators.disclosure.amounts import Truth, model_of
from eitrack.indicators.disclosure.dominance import may_be_printed, together
from eitrack.indicators.disclosure.quantities import (
    OF_STREAM,
    ON_PROTOCOLS,
    OVER_TIME,
    PROTOCOL_WORK,
    SERVICE,
    Amount,
    Key,
    key_of,
)
from eitrack.indicators.disclosure.readers import Leak, Part, Pin, Reader, parts_of
from eitrack.indicators.disclosure.reports import AmountReport
from eitrack.indicators.disclosure.variables import Name

MOST_ROUNDS = 200


def decide(
    truth: Truth, before: Iterable[tuple[Truth, Iterable[Key]]] = (), never: Iterable[Key] = ()
) -> tuple[set[Key], AmountReport]:
    """(keys of what may be printed of a period, AmountReport).

    `before` are pairs of a Truth and the keys printed of it: the quarters of a year. `never` are
    keys that a release of this period has hidden.
    """
    # Imported here: it loads HiGHS and numpy, which no page needs.
    from eitrack.indicators.disclosure.solver import version

    started = perf_counter()
    work = Work(truth, list(before), set(never))
    work.hide_first()
    report = AmountReport(solver=version())
    work.audit(report)
    report.seconds = round(perf_counter() - started, 2)
    return work.printed, report


class Work:
    """The decision on one period in progress. It only ever hides more."""

    def __init__(
        self, truth: Truth, before: list[tuple[Truth, Iterable[Key]]], never: set[Key]
    ) -> None:
        self.truth = truth
        self.truths = [truth, *(each for each, _ in before)]
        self.decided = {each.period: set(keys) for each, keys in before}
        self.printed = self.decided[truth.period] = set(truth.keys) - never
        self.order = {key: place for place, key in enumerate(truth.keys)}
        self.names = {key_of(name): name for name in truth.printed}
        self.shares = {share.key: share for share in truth.shares}
        self.told_before: dict[tuple[Name, Reader], bool] = {}
        self.alone: dict[Reader, Reader] = {}
        self.in_vain: dict[Name, bool] = {}

    # --- What is hidden first -----------------------------------------------------------------

    def hide_first(self) -> None:
        """Hide what D10 and D18 require, what one quarter would reveal, and enough beside it in
        each line.
        """
        for key, name in self.names.items():
            if not self._may_be_printed(name):
                self.printed.discard(key)
        for key, share in self.shares.items():
            if not all(map(self._may_be_printed, (share.numerator, share.denominator))):
                self.printed.discard(key)
        for key, name in self.names.items():
            if self._is_told_with_the_year(name):
                self.printed.discard(key)
        found = -1
        while found != len(self.printed):
            found = len(self.printed)
            for total, rows in self._printed_lines():
                self._hide_beside(total, rows)

    def _may_be_printed(self, name: Name) -> bool:
        amount = self.truth.amounts.get(name)
        return amount is None or may_be_printed(amount.by_worker)

    def _is_told_with_the_year(self, name: Name) -> bool:
        """Whether just one of the quarters is hidden: the year minus the others would reveal it."""
        if name.measure not in OVER_TIME or len(self.truths) == 1:
            return False
        hidden = [
            each
            for each in self.truths[1:]
            if (there := name._replace(period=each.period)) in each.amounts
            and there in each.printed
            and key_of(there) not in self.decided[each.period]
        ]
        return len(hidden) == 1

    def _printed_lines(self) -> list[tuple[Name, list[Name]]]:
        """(total, rows) of lines whose rows print amounts."""
        lines: defaultdict[tuple[Name, str], list[Name]] = defaultdict(list)
        for name in self.names.values():
            if name.by == OF_STREAM:
                kind, stream = name.row.split("/")
                lines[Name(SERVICE, name.period, "funding_stream", stream), ""].append(name)
                lines[Name(SERVICE, name.period, "kind", kind), ""].append(name)
            elif name.by and name.measure == ON_PROTOCOLS:
                total = Name(SERVICE, name.period, "kind", PROTOCOL_WORK)
                lines[total, name.by].append(name)
            elif name.by:
                lines[Name(name.measure, name.period), name.by].append(name)
        return [(total, rows) for (total, _), rows in lines.items()]

    def _hide_beside(self, total: Name, rows: Sequence[Name]) -> None:
        """The hidden rows of a line together must rest on five workers and pass D18."""
        hidden = [name for name in rows if key_of(name) not in self.printed]
        if not hidden or key_of(total) not in self.printed:
            return
        visible = sorted(
            (name for name in rows if key_of(name) in self.printed),
            key=lambda name: (self.truth.amounts[name].value, self.order[key_of(name)]),
        )
        while not self._are_safe_together(hidden):
            beside = next((n for n in visible if not self._is_hidden_in_vain(n)), None)
            if beside is None:
                self.printed.discard(key_of(total))
                return
            visible.remove(beside)
            hidden.append(beside)
            self.printed.discard(key_of(beside))

    def _are_safe_together(self, names: Sequence[Name]) -> bool:
        together_given = together(self.truth.amounts[name].by_worker for name in names)
        return len(names) > 1 and may_be_printed(together_given)

    # --- What a reader can tell ---------------------------------------------------------------

    def _is_told_before(self, name: Name, reader: Reader) -> bool:
        """Whether the quarters alone reveal too much, so hiding more of the year is useless."""
        if len(self.truths) == 1:
            return False
        if (name, reader) not in self.told_before:
            # What it has met of one amount settles many others.
            alone = self.alone.setdefault(reader, Reader(self._amounts(), reader.known))
            self.told_before[name, reader] = not alone.can_be_safe(name, self._quarters_alone)
        return self.told_before[name, reader]

    def _is_hidden_in_vain(self, name: Pin) -> bool:
        """Whether hiding an amount makes no difference, as the quarters reveal it."""
        if len(self.truths) == 1 or not isinstance(name, Name):
            return False
        if name not in self.in_vain:
            reader = Reader(self._amounts())
            self.in_vain[name] = reader.is_told(name, self._quarters_alone)
        return self.in_vain[name]

    @cached_property
    def _quarters_alone(self) -> list[Part]:
        return parts_of(model_of(self.truths, {**self.decided, self.truth.period: set()}))

    def _amounts(self) -> dict[Name, Amount]:
        return {name: each for truth in self.truths for name, each in truth.amounts.items()}

    def audit(self, report: AmountReport) -> None:
        """Solve, and hide what reveals a hidden amount, until nothing does."""
        readers = [Reader(self._amounts()), *self._sole_contributors()]
        report.readers = len(readers)
        for report.rounds in range(1, MOST_ROUNDS + 1):
            model = model_of(self.truths, self.decided)
            parts = parts_of(model)
            leaks = [
                leak
                for reader in readers
                for leak in reader.leaks(parts)
                if not self._is_told_before(leak.name, reader)
            ]
            report.leaks += len(leaks) if report.rounds == 1 else 0
            mended = self._mend(leaks)
            report.repairs += mended
            if not mended:
                break
        report.variables, report.constraints = len(model.variables), len(model.relations)
        report.relations_not_met = model.broken
        report.hidden = sum(each.is_hidden for each in model.variables.values())
        report.told_before = len(
            {name for (name, _), is_told in self.told_before.items() if is_told}
        )
        report.left = len({leak.name for leak in leaks})
        report.smallest_width = readers[0].smallest_width()

    def _sole_contributors(self) -> list[Reader]:
        """A Reader for each worker who is the only one behind a row, and so knows it."""
        known: defaultdict[int, dict[Name, float]] = defaultdict(dict)
        for name, amount in self._amounts().items():
            workers = [worker for worker, given in amount.by_worker.items() if given > 0]
            if len(workers) == 1:
                known[workers[0]][name] = amount.value
        return [Reader(self._amounts(), known[worker]) for worker in sorted(known)]

    # --- Repairs ------------------------------------------------------------------------------

    def _mend(self, leaks: Iterable[Leak]) -> list[str]:
        """One step for each leak: hide the smallest amount that determines it, totals last."""
        done = []
        hidden: set[Key] = set()
        for leak in leaks:
            pinned_by = [bound for bound in leak.pinned_by if self._is_of_this_period(bound)]
            keys = {key_of_bound(bound) for bound in pinned_by}
            if not keys or hidden & keys:
                continue
            useful = {key_of_bound(b) for b in pinned_by if not self._is_hidden_in_vain(b)}
            first = min(useful or keys, key=self._size)
            self.printed.discard(first)
            hidden.add(first)
            done.append(in_words(first))
        return done

    def _is_of_this_period(self, bound: Pin) -> bool:
        """Whether a bound is an amount (its Name) or a share ((period, key)) of this period."""
        period = bound.period if isinstance(bound, Name) else bound[0]
        return period == self.truth.period

    def _size(self, key: Key) -> tuple[bool, float, int]:
        name = self.names.get(key) or self.shares[key].denominator
        return not key[1], self.truth.amounts[name].value, self.order[key]


def key_of_bound(bound: Pin) -> Key:
    return key_of(bound) if isinstance(bound, Name) else bound[1]


def in_words(key: Key) -> str:
    what, by, _ = key
    return f"{what} by {by.replace('/', ' and ')}: one more hidden" if by else f"{what}: hidden"
