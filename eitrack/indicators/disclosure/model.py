"""The reader's view of a release as an integer program (D16.1 to D16.6): variables and relations.

A variable is a name (measure, breakdown, period, row); totals have neither breakdown nor row. The
period of an earlier release whose true counts differ from those of a later one carries its number
("2026-Q1#1"): they are different numbers, of which the reader has seen both.

Medians, rates, known-rates and second figures do not enter: they are printed of totals only, and
no other figure follows from them. Of a range only the high enters. A mark `e` says that a fifth of
a count or more was estimated, which bounds nothing. Class R does not enter.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import inf

from eitrack.indicators.disclosure.between_tables import (
    relate_finer,
    relate_measures,
    relate_quarters,
    relate_revisions,
)
from eitrack.indicators.disclosure.counts import bounds_of_high
from eitrack.indicators.disclosure.rules import Rules
from eitrack.indicators.disclosure.symbols import (
    CONFIDENTIAL,
    LOW_RELIABILITY,
    NOT_AVAILABLE,
    NOTHING_TO_DIVIDE,
    ROUNDS_TO_ZERO,
)
from eitrack.indicators.disclosure.tables import Amount, CountTable, Form, Printed
from eitrack.indicators.disclosure.variables import LEFT_OUT, Model, Name

# Rules and what is printed by them.
Release = tuple[Rules, Sequence[CountTable]]
# {(breakdown, row): amount}; the total has neither.
Amounts = dict[tuple[str, str], Amount]
# The least and the most that a number can be to a reader, and whether it is hidden.
Box = tuple[float, float, bool]


def model_of(releases: Sequence[Release]) -> Model:
    """The model of several releases, oldest first: pairs of rules and tables."""
    model, threshold = Model(), releases[-1][0].threshold
    among = {table.code: table.total.among for _, tables in releases for table in tables}
    for rules, tables, periods in _with_periods(releases):
        for table in tables:
            _add_table(model, table, periods[table.code, table.period], rules)
    relate_measures(model, among)
    relate_finer(model)
    relate_quarters(model)
    relate_revisions(model, threshold)
    return model


# --- Which numbers are the same ---------------------------------------------------------------


def _with_periods(
    releases: Sequence[Release],
) -> Iterator[tuple[Rules, Sequence[CountTable], dict[tuple[str, str], str]]]:
    """Each release with the name under which the numbers of its periods stand."""
    seen: defaultdict[tuple[str, str], list[Amounts]] = defaultdict(list)
    for rules, tables in releases:
        by_measure: defaultdict[tuple[str, str], Amounts] = defaultdict(dict)
        for table in tables:
            found = by_measure[table.code, table.period]
            found["", ""] = table.total.amount
            found |= {
                (table.by, key): amount
                for key, amount in zip(table.keys, table.amounts, strict=True)
            }
        periods = {}
        for (code, period), found in by_measure.items():
            known = seen[code, period]
            number = next((n for n, each in enumerate(known) if _agree(each, found)), len(known))
            if number == len(known):
                known.append({})
            known[number] |= found
            periods[code, period] = f"{period}#{number}" if number else period
        yield rules, tables, periods


def _agree(known: Amounts, found: Amounts) -> bool:
    return all(known.get(key, amount) == amount for key, amount in found.items())


# --- Boxes and lines --------------------------------------------------------------------------


def _add_table(model: Model, table: CountTable, period: str, rules: Rules) -> None:
    parts = ("/D", "/N", "/M") if table.form == Form.SHARE else ("",)
    total = table.total.printed(rules)
    rows = table.printed(rules)
    for part in parts:
        name = Name(table.code + part, period)
        _add_cell(model, name, table.form, part, table.total.amount, total, rules, is_total=True)
        for key, amount, shown in zip(table.keys, table.amounts, rows, strict=True):
            cell = name._replace(by=table.by, row=key)
            _add_cell(model, cell, table.form, part, amount, shown, rules, is_total=False)
    for by, row in [("", ""), *((table.by, key) for key in table.keys)]:
        if table.form == Form.SHARE:
            whole, *both = (Name(table.code + each, period, by, row) for each in parts)
            model.equal(whole, both)
    if table.keys:
        for part in parts:
            _relate_line(model, table, Name(table.code + part, period), rows, part, rules)


def _add_cell(
    model: Model,
    name: Name,
    form: Form,
    part: str,
    amount: Amount,
    shown: Printed,
    rules: Rules,
    *,
    is_total: bool,
) -> None:
    true = {"/N": amount.part, "/M": amount.count - amount.part}.get(part, amount.count)
    if part in ("/N", "/M"):
        low, high, is_hidden = _box_of_part(part, true, amount, shown, rules)
    else:
        low, high, is_hidden = _box(form, true, amount, shown, rules, is_total)
    model.add(name, true, low, high, is_hidden)


def _box(
    form: Form, true: int, amount: Amount, shown: Printed, rules: Rules, is_total: bool
) -> Box:
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


def _box_of_part(part: str, true: int, amount: Amount, shown: Printed, rules: Rules) -> Box:
    """What a printed share says of its numerator and of the rest."""
    if shown.figure == NOTHING_TO_DIVIDE or (not amount.count and shown.count.isdigit()):
        return 0, 0, False
    if shown.figure in (CONFIDENTIAL, NOT_AVAILABLE):
        rest = amount.count - amount.part
        smaller = "/N" if amount.part <= rest else "/M"
        if shown.count.isdigit() and rules.is_small(min(amount.part, rest)):
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
    gap = rules.bounds(amount.count)[1] - rules.bounds(amount.part)[0]
    if gap <= rules.threshold:
        return 0, 0, False
    least = rules.bounds(amount.count)[0] - rules.bounds(amount.part)[1]
    return (rules.threshold + 1 if least > 0 else 0), inf, False


def _relate_line(
    model: Model, table: CountTable, total: Name, rows: Sequence[Printed], part: str, rules: Rules
) -> None:
    names = [total._replace(by=table.by, row=key) for key in table.keys]
    trues = [model.variables[name].true for name in names]
    left_out = model.variables[total].true - sum(trues)
    hidden = [name for name, row in zip(names, rows, strict=True) if row.count == CONFIDENTIAL]
    if table.is_partition and table.form != Form.RANGE:
        if left_out > 0:
            rest = total._replace(by=table.by, row=LEFT_OUT)
            is_hidden = part in ("", "/D") and table.hides_left_out(rules)
            model.add(rest, left_out, min(1, left_out) if is_hidden else 0, inf, is_hidden)
            names.append(rest)
            hidden += [rest] if is_hidden else []
        if left_out >= 0:
            model.equal(total, names)
    if not table.is_partition or table.form == Form.RANGE or left_out < 0:
        for name in names:
            model.at_most([name], [total])
        model.at_most([total], names)
    # D16.4: beside a visible cell the hidden ones sum to more than one of them may hold.
    is_line = part in ("", "/D") and table.form != Form.RANGE
    if is_line and hidden and any(row.count.isdigit() and row.count != "0" for row in rows):
        model.relate([(1, name) for name in hidden], low=rules.threshold + 1, high=inf)
