"""The reader's view of a release as an integer program (D16.1 to D16.6): variables and relations.

A variable is a name (measure, breakdown, period, row); totals have neither breakdown nor row. The
period of an earlier release whose true counts differ from those of a later one carries its number
("2026-Q1#1"): they are different numbers, of which the reader has seen both.

Medians, rates, known-rates and second figures do not enter: they are printed of totals only, and
no other figure follows from them. Of a range only the high enters. A mark `e` says that a fifth of
a count or more was estimated, which bounds nothing. Class R does not enter.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product
from math import inf
from typing import NamedTuple

from eitrack.indicators.disclosure.ranges import bounds_of_high
from eitrack.indicators.disclosure.relations import (
    APART,
    BALANCES,
    DISTINCT,
    FINER,
    OTHER,
    SUBSETS,
)
from eitrack.indicators.disclosure.sheets import Form
from eitrack.indicators.disclosure.symbols import (
    CONFIDENTIAL,
    LOW_RELIABILITY,
    NOT_AVAILABLE,
    NOTHING_TO_DIVIDE,
    ROUNDS_TO_ZERO,
)

LEFT_OUT = "(left out)"


class Name(NamedTuple):
    measure: str
    period: str
    by: str = ""
    row: str = ""

    @property
    def code(self):
        return self.measure.split("/")[0]


@dataclass
class Variable:
    """The reader's box and the truth; `is_hidden` when nobody may learn it."""

    true: int
    low: float = 0
    high: float = inf
    is_hidden: bool = False

    def meet(self, low, high):
        self.low, self.high = max(self.low, low), min(self.high, high)


@dataclass(frozen=True)
class Relation:
    """`low` <= sum of coefficient x variable <= `high`."""

    terms: tuple
    low: float = 0
    high: float = 0


@dataclass
class Model:
    variables: dict = field(default_factory=dict)
    relations: list = field(default_factory=list)
    broken: int = 0  # relations that the true counts do not meet

    def relate(self, terms, low=0, high=0):
        value = sum(factor * self.variables[name].true for factor, name in terms)
        if low <= value <= high:
            self.relations.append(Relation(tuple(terms), low, high))
        else:
            self.broken += 1

    def equal(self, whole, parts):
        self.relate([(1, whole), *((-1, part) for part in parts)])

    def at_most(self, smaller, larger):
        """The sum of the smaller is at most that of the larger."""
        terms = [*((1, name) for name in larger), *((-1, name) for name in smaller)]
        self.relate(terms, high=inf)

    def add(self, name, true, low, high, is_hidden):
        if name not in self.variables:
            self.variables[name] = Variable(true)
        variable = self.variables[name]
        variable.meet(low, high)
        # A 0 is printed as it is wherever a line shows one: it is no secret.
        variable.is_hidden |= is_hidden and true > 0


def model_of(releases):
    """The model of several releases, oldest first: pairs of rules and sheets."""
    model, threshold = Model(), releases[-1][0].threshold
    for rules, sheets, periods in _with_periods(releases):
        for sheet in sheets:
            _add_sheet(model, sheet, periods[sheet.code, sheet.period], rules)
    _relate_measures(model)
    _relate_finer(model)
    _relate_quarters(model)
    _relate_revisions(model, threshold)
    return model


# --- Which numbers are the same ---------------------------------------------------------------


def _with_periods(releases):
    """Each release with the name under which the numbers of its periods stand."""
    seen = defaultdict(list)  # (code, period) -> [{(by, key): amount}]
    for rules, sheets in releases:
        by_measure = defaultdict(dict)
        for sheet in sheets:
            found = by_measure[sheet.code, sheet.period]
            found["", ""] = sheet.total.amount
            found |= {
                (sheet.by, key): amount
                for key, amount in zip(sheet.keys, sheet.amounts, strict=True)
            }
        periods = {}
        for (code, period), found in by_measure.items():
            known = seen[code, period]
            number = next((n for n, each in enumerate(known) if _agree(each, found)), len(known))
            if number == len(known):
                known.append({})
            known[number] |= found
            periods[code, period] = f"{period}#{number}" if number else period
        yield rules, sheets, periods


def _agree(known, found):
    return all(known.get(key, amount) == amount for key, amount in found.items())


# --- Boxes and lines --------------------------------------------------------------------------


def _add_sheet(model, sheet, period, rules):
    parts = ("/D", "/N", "/M") if sheet.form == Form.SHARE else ("",)
    total = sheet.total.printed(rules)
    rows = sheet.printed(rules)
    for part in parts:
        name = Name(sheet.code + part, period)
        _add_cell(model, name, sheet.form, part, sheet.total.amount, total, rules, is_total=True)
        for key, amount, shown in zip(sheet.keys, sheet.amounts, rows, strict=True):
            row = name._replace(by=sheet.by, row=key)
            _add_cell(model, row, sheet.form, part, amount, shown, rules, is_total=False)
    for by, row in [("", ""), *((sheet.by, key) for key in sheet.keys)]:
        if sheet.form == Form.SHARE:
            whole, part, rest = (Name(sheet.code + each, period, by, row) for each in parts)
            model.equal(whole, [part, rest])
    if sheet.keys:
        for part in parts:
            _relate_line(model, sheet, Name(sheet.code + part, period), rows, part, rules)


def _add_cell(model, name, form, part, amount, shown, rules, *, is_total):
    true = {"/N": amount.numerator, "/M": amount.count - (amount.numerator or 0)}
    true = true.get(part, amount.count) or 0
    if part in ("/N", "/M"):
        low, high, is_hidden = _box_of_part(part, true, amount, shown, rules)
    else:
        low, high, is_hidden = _box(form, true, amount, shown, rules, is_total)
    model.add(name, true, low, high, is_hidden)


def _box(form, true, amount, shown, rules, is_total):
    """D16.3. A cell may be hidden beside others, so `c` says no more than that it is not 0."""
    if shown.count == CONFIDENTIAL:
        # A total is hidden as it is small; one that its quarters would give away may be larger.
        is_small = is_total and rules.is_small(true)
        return min(1, true), rules.threshold if is_small else inf, True
    if shown.count == NOT_AVAILABLE:
        return 0, inf, not amount.is_silent
    if form == Form.RANGE:
        low, high = bounds_of_high(true, rules, amount.is_open_ended)
        return low, inf if high is None else high, False
    return *rules.bounds(true), False


def _box_of_part(part, true, amount, shown, rules):
    """What a printed share says of its numerator and of the rest."""
    if shown.figure == NOTHING_TO_DIVIDE or (not amount.count and shown.count.isdigit()):
        return 0, 0, False
    if shown.figure in (CONFIDENTIAL, NOT_AVAILABLE):
        rest = amount.count - amount.numerator
        smaller = "/N" if amount.numerator <= rest else "/M"
        if shown.count.isdigit() and rules.is_small(min(amount.numerator, rest)):
            # One of the two is small, so neither is nothing, and the reader may know which.
            return 1, rules.threshold if part == smaller else inf, True
        return 0, inf, True
    if shown.figure == LOW_RELIABILITY:
        return 0, inf, False
    if part == "/N":
        if shown.figure == ROUNDS_TO_ZERO:
            top = (rules.rounded(amount.count) - 1) // 200 + rules.base // 2
            return rules.threshold + 1, top, False
        return *rules.bounds(true), False
    # The rest of a printed share is 0 or above the threshold.
    gap = rules.bounds(amount.count)[1] - rules.bounds(amount.numerator)[0]
    if gap <= rules.threshold:
        return 0, 0, False
    least = rules.bounds(amount.count)[0] - rules.bounds(amount.numerator)[1]
    return (rules.threshold + 1 if least > 0 else 0), inf, False


def _relate_line(model, sheet, total, rows, part, rules):
    names = [total._replace(by=sheet.by, row=key) for key in sheet.keys]
    trues = [model.variables[name].true for name in names]
    left_out = model.variables[total].true - sum(trues)
    hidden = [name for name, row in zip(names, rows, strict=True) if row.count == CONFIDENTIAL]
    if sheet.is_partition and sheet.form != Form.RANGE:
        if left_out > 0:
            rest = total._replace(by=sheet.by, row=LEFT_OUT)
            is_hidden = part in ("", "/D") and sheet.hides_left_out(rules)
            model.add(rest, left_out, min(1, left_out) if is_hidden else 0, inf, is_hidden)
            names.append(rest)
            hidden += [rest] if is_hidden else []
        if left_out >= 0:
            model.equal(total, names)
    if not sheet.is_partition or sheet.form == Form.RANGE or left_out < 0:
        for name in names:
            model.at_most([name], [total])
        model.at_most([total], names)
    # D16.4: beside a visible cell the hidden ones sum to more than one of them may hold.
    is_line = part in ("", "/D") and sheet.form != Form.RANGE
    if is_line and hidden and any(row.count.isdigit() and row.count != "0" for row in rows):
        model.relate([(1, name) for name in hidden], low=rules.threshold + 1, high=inf)


# --- Between tables ---------------------------------------------------------------------------


def _relate_measures(model):
    for subset, superset in SUBSETS:
        for name in [each for each in model.variables if each.measure == subset]:
            larger = name._replace(measure=superset)
            if larger in model.variables and name.row != LEFT_OUT:
                model.at_most([name], [larger])
    for left, right in BALANCES:
        for period in {name.period for name in model.variables if name.measure in left}:
            names = [Name(each, period) for each in (*left, *right)]
            if all(name in model.variables for name in names):
                signs = [1] * len(left) + [-1] * len(right)
                model.relate(list(zip(signs, names, strict=True)))


def _rows(model):
    """{(measure, period, by): {row: Name}} of what is printed."""
    rows = defaultdict(dict)
    for name in model.variables:
        if name.row != LEFT_OUT:
            rows[name.measure, name.period, name.by][name.row] = name
    return rows


def _relate_finer(model):
    """A kind is its sites, and what of it the other sites hold."""
    rows = _rows(model)
    for (measure, period, by), finer in list(rows.items()):
        coarser = rows.get((measure, period, FINER.get(by, "")), {}) if by in FINER else {}
        if not coarser:
            continue
        others = []
        for kind, name in coarser.items():
            parts = [each for row, each in finer.items() if _within(row) == kind]
            rest = model.variables[name].true - sum(model.variables[each].true for each in parts)
            if rest < 0:
                model.broken += 1
                continue
            if rest and OTHER in finer:
                other = name._replace(by=by, row=f"{kind}/{OTHER}")
                model.add(other, rest, 0, inf, is_hidden=False)
                others.append(other)
                parts.append(other)
            if rest and OTHER not in finer:
                model.at_most(parts, [name])
            else:
                model.equal(name, parts)
        if others:
            model.equal(finer[OTHER], others)


def _within(row):
    """The kind that the key of a site or agency begins with: "primary_school/12"."""
    return row.rpartition("/")[0]


def _relate_quarters(model):
    """A year is its quarters, cell by cell (D16.5)."""
    rows = _rows(model)
    periods = defaultdict(list)
    for measure, period, by in rows:
        periods[measure, period.split("#")[0], by].append(period)
    for (measure, year, by), years in list(periods.items()):
        code = measure.split("/")[0]
        if "-" in year or code in APART:
            continue
        quarters = [periods.get((measure, f"{year}-Q{n}", by), []) for n in range(1, 5)]
        released = [each for each in quarters if each]
        for whole, *parts in product(years, *released):
            tables = [rows[measure, part, by] for part in parts]
            is_whole = len(tables) == len(quarters)
            for row, name in rows[measure, whole, by].items():
                _relate_year(model, name, row, tables, is_whole, code in DISTINCT)


def _relate_year(model, name, row, tables, is_whole, is_distinct):
    parts = [table[row] for table in tables if row in table]
    if is_distinct:
        for part in parts:
            model.at_most([part], [name])
        others = [table[OTHER] for table in tables if row not in table and OTHER in table]
        if is_whole:
            model.at_most([name], [*parts, *others])
        return
    others = [table[OTHER] for table in tables if row not in table and OTHER in table]
    if is_whole and not others and row != OTHER:
        model.equal(name, parts)
    else:
        if parts and row != OTHER:
            model.at_most(parts, [name])
        if is_whole and row != OTHER:
            model.at_most([name], [*parts, *others])


def _relate_revisions(model, threshold):
    """That a total is printed anew tells that it moved by more than the threshold (D16.12).

    Of a share one of its parts moved so; the reader may know which, and up or down.
    """
    for name in [name for name in model.variables if not name.by and "#" in name.period]:
        period, number = name.period.split("#")
        before = name._replace(period=f"{period}#{int(number) - 1}" if number != "1" else period)
        moved = model.variables[name].true - model.variables[before].true
        if abs(moved) > threshold and not name.measure.endswith("/M"):
            pair = (name, before) if moved > 0 else (before, name)
            model.relate([(1, pair[0]), (-1, pair[1])], low=threshold + 1, high=inf)
