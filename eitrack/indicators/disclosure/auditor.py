"""Checks a release as a whole (D16): can a reader of all of it work out what it hides?

The reader knows rules 1 to 4 of D16 but not the order in which ties are broken; a reader who also
knows that is simulated in the tests, for single lines.
"""

from collections.abc import Callable, Hashable, Sequence
from copy import deepcopy
from time import perf_counter
from typing import TYPE_CHECKING

from eitrack.indicators.disclosure.model import Release, model_of
from eitrack.indicators.disclosure.repair import repair
from eitrack.indicators.disclosure.reports import AuditReport
from eitrack.indicators.disclosure.rules import Rules
from eitrack.indicators.disclosure.tables import CountTable
from eitrack.indicators.disclosure.variables import Model, Name, components

if TYPE_CHECKING:
    from eitrack.indicators.disclosure.solver import Bounds

# Progress: done, of how many, and what.
Tell = Callable[[int, int, str], object]
LEAST_VALUES = 4  # possible values that every hidden cell must leave open (D16.7)


def audit(
    tables: Sequence[CountTable],
    rules: Rules,
    earlier: Sequence[Release] = (),
    tell: Tell = lambda done, of, what: None,
) -> AuditReport:
    """Check `tables` with `earlier` releases (pairs of rules and tables), and repair leaks.

    Each repair hides more of the tables, so it terminates. What earlier releases reveal by
    themselves is counted separately, as it cannot be repaired now.
    """
    # Imported here, as below: it loads HiGHS and numpy, which no page needs.
    from eitrack.indicators.disclosure.solver import version

    started = perf_counter()
    report = AuditReport(solver=version())
    known: dict[Hashable, dict[int, Bounds]] = {}
    told: set[Name] | None = None
    while True:
        model = model_of([*earlier, (rules, tables)])
        found = leaks_of(model, report, known, tell)
        if found and earlier:
            told = _told_already(tables, rules, earlier) if told is None else told
            report.told_before = len(told.intersection(found))
            found = [name for name in found if name not in told]
        report.leaks += 0 if report.rounds else len(found)
        report.rounds += 1
        mended = repair(found, tables, rules) if found else []
        if not mended:
            report.left = len(found)
            break
        report.repairs += mended
    report.seconds = round(perf_counter() - started, 2)
    return report


def _told_already(
    tables: Sequence[CountTable], rules: Rules, earlier: Sequence[Release]
) -> set[Name]:
    """Hidden numbers that earlier releases reveal, whatever this one hides.

    As when three quarters of a year print 0, or a release was audited by weaker rules. Such a
    number is not secret any more, and hiding more would not help.
    """
    silent = deepcopy(tables)
    for table in silent:
        table.total.is_crossed = True
    return set(leaks_of(model_of([*earlier, (rules, silent)])))


def leaks_of(
    model: Model,
    report: AuditReport | None = None,
    known: dict[Hashable, "dict[int, Bounds]"] | None = None,
    tell: Tell = lambda done, of, what: None,
) -> list[Name]:
    """Names of hidden cells and totals that could have three values or fewer, in a fixed order.

    `known` caches the results for components that have not changed.
    """
    from eitrack.indicators.disclosure.solver import bounds_of

    report = AuditReport() if report is None else report
    known = {} if known is None else known
    parts = list(components(model))
    report.variables, report.constraints = len(model.variables), len(model.relations)
    report.relations_not_met, report.components = model.broken, len(parts)
    report.hidden = 0
    leaks: list[Name] = []
    gaps: list[Bounds] = []
    for number, part in enumerate(parts):
        tell(number, len(parts), "Checking what could be worked out")
        if part.fingerprint not in known:
            known[part.fingerprint] = bounds_of(part)
        bounds = known[part.fingerprint]
        report.hidden += len(bounds)
        gaps += bounds.values()
        leaks += [part.names[cell] for cell, each in bounds.items() if each.gap + 1 < LEAST_VALUES]
    if gaps:
        report.smallest_gap = min(each.gap for each in gaps)
        report.is_gap_exact = any(
            each.is_exact and each.gap == report.smallest_gap for each in gaps
        )
    return sorted(leaks)
