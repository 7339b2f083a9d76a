"""Relations between the tables of a reader's model: measures, finer rows, quarters, revisions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import product
from math import inf

from eitrack.indicators.disclosure.relations import APART, BALANCES, DISTINCT, FINER, OTHER
from eitrack.indicators.disclosure.variables import LEFT_OUT, Model, Name


def relate_measures(model: Model, among: Mapping[str, Sequence[str]]) -> None:
    """`among` is {code: the codes of measures of which it is a part}."""
    for name in [each for each in model.variables if each.row != LEFT_OUT]:
        if not name.measure.endswith(("/N", "/M")):
            for code in among.get(name.code, ()):
                # The members of a share are those of its denominator.
                for measure in (code, f"{code}/D"):
                    larger = name._replace(measure=measure)
                    if larger in model.variables:
                        model.at_most([name], [larger])
    for left, right in BALANCES:
        for period in {name.period for name in model.variables if name.measure in left}:
            names = [Name(each, period) for each in (*left, *right)]
            if all(name in model.variables for name in names):
                signs = [1] * len(left) + [-1] * len(right)
                model.relate(list(zip(signs, names, strict=True)))


def _rows(model: Model) -> dict[tuple[str, str, str], dict[str, Name]]:
    """{(measure, period, by): {row: Name}} of what is printed."""
    rows: defaultdict[tuple[str, str, str], dict[str, Name]] = defaultdict(dict)
    for name in model.variables:
        if name.row != LEFT_OUT:
            rows[name.measure, name.period, name.by][name.row] = name
    return rows


def relate_finer(model: Model) -> None:
    """A kind is the sum of its sites, and of the part held by other sites."""
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


def _within(row: str) -> str:
    """The kind in the key of a site or agency: "primary_school/12"."""
    return row.rpartition("/")[0]


def relate_quarters(model: Model) -> None:
    """A year is the sum of its quarters, cell by cell (D16.5)."""
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


def _relate_year(
    model: Model,
    name: Name,
    row: str,
    tables: Sequence[Mapping[str, Name]],
    is_whole: bool,
    is_distinct: bool,
) -> None:
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


def relate_revisions(model: Model, threshold: int) -> None:
    """A total printed anew reveals that it moved by more than the threshold (D16.12).

    For a share one of its parts moved so; the reader may know which, and in which direction.
    """
    for name in [name for name in model.variables if not name.by and "#" in name.period]:
        period, number = name.period.split("#")
        before = name._replace(period=f"{period}#{int(number) - 1}" if number != "1" else period)
        moved = model.variables[name].true - model.variables[before].true
        if abs(moved) > threshold and not name.measure.endswith("/M"):
            pair = (name, before) if moved > 0 else (before, name)
            model.relate([(1, pair[0]), (-1, pair[1])], low=threshold + 1, high=inf)
