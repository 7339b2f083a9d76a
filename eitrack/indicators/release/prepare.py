"""Preparing a release: every figure of a period, checked together before anybody sees it."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from eitrack.directory.models import FundingStream, Team
from eitrack.directory.names import called_now
from eitrack.indicators.catalogue.case_count import CASE_COUNT
from eitrack.indicators.catalogue.definitions import INDICATORS
from eitrack.indicators.disclosure.auditor import audit
from eitrack.indicators.disclosure.quarters import hide_years
from eitrack.indicators.disclosure.relations import APART
from eitrack.indicators.disclosure.released import all_hidden, differences, follow
from eitrack.indicators.disclosure.reports import AmountReport, AuditReport
from eitrack.indicators.disclosure.rows import merged
from eitrack.indicators.disclosure.rules import RULES, Rules
from eitrack.indicators.disclosure.tables import CountTable
from eitrack.indicators.disclosure.whole import printed, tables_of
from eitrack.indicators.figures.decided import decided_now, report_of
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.figures.evaluation import Evaluation
from eitrack.indicators.measures.calculated.recording import coverage
from eitrack.indicators.terms.breakdowns import BREAKDOWNS, PUBLISHED
from eitrack.indicators.terms.figures import Coverage
from eitrack.indicators.terms.records import time_entries

# The first table has no breakdown, then one for each.
TABLES = (None, *PUBLISHED)


@dataclass(frozen=True)
class Earlier:
    """An earlier release of the district; `kept` is that of its Prepared."""

    period_code: str
    number: int
    kept: dict

    @property
    def rules(self):
        return Rules(**self.kept["rules"])

    @property
    def tables(self):
        return [CountTable.from_dict(each) for each in self.kept["sheets"]]


@dataclass(frozen=True)
class Prepared:
    """A release that is not approved yet.

    `kept` holds the true counts for later audits and revisions; it is stored and never shown.
    `moved` are the printed figures that differ from the last release of the same period.
    """

    published: tuple
    report: AuditReport
    amounts: AmountReport
    kept: dict
    moved: tuple[str, ...]
    coverage: Coverage
    late: int


def prepare(
    scope,
    period,
    earlier=(),
    *,
    today,
    rules=RULES,
    with_case_count=False,
    tell=lambda done, of, what: None,
):
    """Evaluate all tables of a period, hide what must be hidden, audit, and repair leaks.

    `earlier` are the released returns of the district, oldest first. Only stored sums are written.
    `tell(done, of, what)` reports progress. Raises ValueError if the period has not ended.
    """
    if period.is_open(today):
        raise ValueError(f"{period} has not ended, so nothing of it can be released.")
    indicators = (*INDICATORS, *CASE_COUNT) if with_case_count else INDICATORS
    known = [(each.rules, each.tables) for each in earlier]
    released, quarters = _released_and_others(period, known)
    before = [each for each in earlier if each.period_code == period.code]
    rows_before = _rows_of(before[-1].tables) if before else {}
    figures, tables, of_quarters = [], [], defaultdict(list)
    # Shared by all tables and periods, so that everything is read once.
    read = Evaluation(scope, period, None, today, periods=(period, *quarters))
    steps = len(TABLES) * (1 + len(quarters)) + 1
    done = 0

    def tell_more(part, of, what):
        tell(done, steps, what)

    for by in TABLES:
        for each in (period, *quarters):
            what = BREAKDOWNS[by].label.lower() if by else "totals"
            tell(done, steps, f"Counting {each.name} by {what}" if by else f"Counting {each.name}")
            done += 1
            wanted = indicators if each == period else _of_people(indicators, by)
            found = evaluate(scope, each, by, today=today, indicators=wanted, within=read)
            exact, alone = merged(found, rows_before.get(by) if each == period else None)
            made = tables_of(exact, rules, alone)
            if each == period:
                is_decided = by != "post" or exact.rows == merged(found)[0].rows
                figures.append((exact, made, is_decided))
                tables += made
            else:
                of_quarters[each.code] += made
    read.store()
    decided = decided_now(scope, period, today=today, tell=tell_more)
    _share_totals(tables)
    if before:
        follow(tables, before[-1].tables, [each.tables for each in before], rules)
    others = {code: (rules, made) for code, made in of_quarters.items()}
    hide_years(tables, released | others, rules)
    report = audit(
        tables, rules, known, lambda n, of, what: tell(done, steps, f"{what}: part {n + 1} of {of}")
    )
    tell(steps, steps, "Done")
    published = tuple(
        # A revision keeps the released rows of posts, which may be merged in another way.
        printed(exact, made, rules, decided=decided if is_decided else decided.without_rows("post"))
        for exact, made, is_decided in figures
    )
    kept = {
        "rules": {"threshold": rules.threshold, "base": rules.base},
        "today": today.isoformat(),
        "sheets": [table.as_dict() for table in tables],
        "amounts": decided.as_dict(),
        "printed": _as_printed(published),
    }
    return Prepared(
        published,
        report,
        report_of(scope, period),
        kept,
        differences(_as_called_now(before[-1].kept["printed"]), kept["printed"]) if before else (),
        figures[0][0].coverage,
        late_since(scope, period, before[-1].kept["today"]) if before else 0,
    )


def hidden_counts_of(kept):
    """What a release hides of counts, from what was `kept` of it; a funder's return keeps none."""
    if "sheets" not in kept:
        return {}
    earlier = Earlier("", 0, kept)
    return all_hidden(earlier.tables, earlier.rules)


def _released_and_others(period, known):
    """The quarters of a year: {code: (rules, tables) last printed}, and those never released.

    For the latter it is computed what would be printed.
    """
    if period.is_quarter:
        return {}, []
    printed_last = {
        table.period: (its_rules, tables) for its_rules, tables in known for table in tables
    }
    codes = [each.code for each in period.quarters if each.code in printed_last]
    released = {code: printed_last[code] for code in codes}
    return released, [each for each in period.quarters if each.code not in released]


def _of_people(indicators, by):
    """For the quarters of a year only figures that a reader adds up are needed."""
    return tuple(
        each
        for each in indicators
        if each.is_checked
        and each.code not in APART
        and (by is None or by in each.breakdowns or by in ("site", "agency"))
    )


def _rows_of(tables):
    """{breakdown: keys of its rows} of a release."""
    return {table.by: frozenset(table.keys) for table in tables if table.by}


def _share_totals(tables):
    """Give a measure the same total in all its breakdowns."""
    totals = {}
    for table in tables:
        table.total = totals.setdefault(table.code, table.total)


def _as_printed(published):
    """{table: {indicator and row: figure}}, to find later what moved."""
    found = {}
    for figures in published:
        name = figures.by.label if figures.by else ""
        table = found.setdefault(name, {})
        for each in figures.shown:
            for cell in (each.total, *each.rows):
                if name == "" or cell is not each.total:
                    table[f"{each.indicator.code} {each.indicator.name}: {cell.label}"] = (
                        cell.figure
                    )
    return found


def _as_called_now(kept):
    """What was printed, its rows under the names that teams and streams bear today."""
    found = dict(kept)
    for code, model in (("team", Team), ("funding_stream", FundingStream)):
        table, called = BREAKDOWNS[code].label, called_now(model)
        for before, now in called.items():
            found[table] = {
                f"{name.removesuffix(before)}{now}"
                if name.endswith(f": {before}")
                else name: figure
                for name, figure in found.get(table, {}).items()
            }
    return found


def coverage_of(scope, period, *, today):
    """The Coverage of a period, for a return without summary figures."""
    return coverage(Evaluation(scope, period, None, today))


def late_since(scope, period, since):
    """Time entries of the period received after the last release was prepared."""
    return time_entries(scope, period).filter(Q(received_at__date__gt=since)).count()
