"""The auditor (D16), against every world that a small release leaves possible (`worlds.py`)."""

import numpy
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from eitrack.indicators.disclosure import RULES, publish_share
from eitrack.indicators.disclosure.auditor import audit, leaks_of
from eitrack.indicators.disclosure.model import model_of
from eitrack.indicators.disclosure.quarters import hide_years
from eitrack.indicators.disclosure.tables import Amount, CountTable, Form, Total
from tests.indicators.worlds import MOST, Worlds, fits, keep_lines, names_of, secrets_of

counts = st.integers(0, 12) | st.sampled_from([1, 2, 7, 8, 12, 13, 17, 18])


def line_of(total, by, cells, keys=None, is_partition=True):
    cells = tuple(cells)
    return CountTable(
        total,
        by=by,
        keys=keys or tuple(map(str, range(len(cells)))),
        amounts=cells,
        is_partition=is_partition,
    )


def found_by_auditor(tables):
    return set(leaks_of(model_of([(RULES, tables)])))


def check(tables, read):
    """`read` answers what a reader narrows down; agreed before repair, nothing after."""
    assert found_by_auditor(tables) == read(tables)

    audit(tables, RULES)

    assert read(tables) == set()


modest = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


# --- Two lines and their total ----------------------------------------------------------------


def read_lines(tables):
    """Lines of one count: each cell, and the total that they share."""
    total = ("A", "2026-Q1", "", "")
    shown = tables[0].total.printed(RULES).count
    narrow, totals = set(), set(range(MOST + 1))
    found = []
    for table in tables:
        texts = [(row.count, False) for row in table.printed(RULES)]
        worlds = Worlds(dict(zip(names_of(table), texts, strict=True)) | {total: (shown, True)})
        cells = worlds.sum(names_of(table))
        if table.is_partition:
            worlds.keep(cells == worlds.numbers[total])
        else:
            worlds.keep(cells >= worlds.numbers[total])
            for name in names_of(table):
                worlds.keep(worlds.numbers[name] <= worlds.numbers[total])
        keep_lines(worlds, [table])
        totals &= set(worlds.numbers[total])
        found.append(worlds)
    for worlds in found:
        worlds.keep(numpy.isin(worlds.numbers[total], list(totals)))
        narrow |= worlds.narrow(secrets_of(tables) & set(worlds.numbers))
    return narrow


@st.composite
def two_lines(draw):
    """The same things sorted twice, or seen by two teams who share some."""
    cells = draw(st.lists(counts, min_size=2, max_size=3))
    number = sum(cells)
    assume(number <= MOST - 5)
    total = Total("A", "2026-Q1", Form.COUNT, Amount(number))
    if draw(st.booleans()):
        cuts = sorted(draw(st.lists(st.integers(0, number), min_size=1, max_size=2)))
        others = [b - a for a, b in zip([0, *cuts], [*cuts, number], strict=True)]
        other = line_of(total, "need_level", map(Amount, others))
    else:
        one = draw(st.integers(0, number))
        two = draw(st.integers(number - one, number))
        other = line_of(total, "team", map(Amount, (one, two)), is_partition=False)
    return [line_of(total, "kind", map(Amount, cells)), other]


@modest
@given(two_lines())
def test_two_lines_of_one_count(tables):
    check(tables, read_lines)


def test_two_lines_that_pin_each_other(monkeypatch):
    """D16.10 as the design has it, without D2c: T is 31 or 32, and 12 and 7 are found."""
    monkeypatch.setattr("eitrack.indicators.disclosure.counts._is_full", lambda *line: False)
    total = Total("A", "2026-Q1", Form.COUNT, Amount(31))
    tables = [
        line_of(total, "kind", map(Amount, (8, 23))),
        line_of(total, "need_level", map(Amount, (12, 12, 7))),
    ]
    check(tables, read_lines)


# --- Sites in their kinds ---------------------------------------------------------------------


def read_sites(tables):
    """Sites, their kinds and their total: all follows from the sites."""
    kinds, sites = tables
    texts = [(row.count, False) for row in sites.printed(RULES)]
    worlds = Worlds(dict(zip(names_of(sites), texts, strict=True)))
    for name, row in zip(names_of(kinds), kinds.printed(RULES), strict=True):
        its = [site for site in names_of(sites) if site[3].startswith(name[3])]
        worlds.add(name, worlds.sum(its), row.count)
    shown = sites.total.printed(RULES).count
    worlds.add(("A", "2026-Q1", "", ""), worlds.sum(names_of(sites)), shown, is_total=True)
    keep_lines(worlds, tables)
    return worlds.narrow(secrets_of(tables))


@modest
@given(st.lists(counts, min_size=3, max_size=4))
@example([3, 9, 8, 12])
def test_sites_in_their_kinds(cells):
    assume(sum(cells) <= MOST - 5)
    total = Total("A", "2026-Q1", Form.COUNT, Amount(sum(cells)))
    keys = ("school/1", "school/2", "clinic/3", "clinic/4")[: len(cells)]
    kinds = map(Amount, (sum(cells[:2]), sum(cells[2:])))
    check(
        [
            line_of(total, "site_kind", kinds, ("school", "clinic")),
            line_of(total, "site", map(Amount, cells), keys),
        ],
        read_sites,
    )


# --- Shares -----------------------------------------------------------------------------------


def read_shares(tables):
    """Numerator and rest of each row; the denominators and the total's parts follow."""
    (table,) = tables
    where = table.period, table.by
    rows = [
        ((*where, key), amount, row, position in table.closed)
        for position, (key, amount, row) in enumerate(
            zip(table.keys, table.amounts, table.printed(RULES), strict=True)
        )
    ]
    total = ((table.period, "", ""), table.total.amount, table.total.printed(RULES), False)
    worlds = Worlds(
        {("A/N", *at): (row.numerator or "x", False) for at, _, row, _ in rows}
        | {("A/M", *at): ("x", False) for at, *_ in rows}
    )
    for each in rows:
        _keep_share(worlds, *each)
    for part in ("A/N", "A/M"):
        worlds.numbers[part, *total[0]] = worlds.sum((part, *at) for at, *_ in rows)
    _keep_share(worlds, *total)
    keep_lines(worlds, tables)
    return worlds.narrow(set().union(*(_secrets_of_share(*each) for each in [*rows, total])))


def _keep_share(worlds, at, amount, row, is_closed):
    """What D5 prints so. Of a `c` the reader may know which part it is that is small."""
    numerator, rest = (worlds.numbers[part, *at] for part in ("A/N", "A/M"))
    is_kept = fits(numerator, row.numerator or "x") & fits(
        numerator + rest, row.count, is_total=not at[1]
    )
    if row.count.isdigit() and not is_closed:
        is_kept &= _FIGURES[numerator, numerator + rest] == row.figure
        if row.figure == "c" and 1 <= min(amount.numerator, amount.count - amount.numerator) <= 7:
            is_smaller = amount.numerator <= amount.count - amount.numerator
            is_kept &= (numerator if is_smaller else rest) <= 7
    worlds.numbers["A/D", *at] = numerator + rest
    worlds.keep(is_kept)


def _secrets_of_share(at, amount, row, is_closed):
    parts = {"A/N": amount.numerator, "A/M": amount.count - amount.numerator}
    found = {(part, *at) for part, true in parts.items() if true and row.figure in ("c", "x")}
    return found | ({("A/D", *at)} if amount.count and row.count in ("c", "x") else set())


_FIGURES = numpy.array(
    [[publish_share(min(n, d), d) for d in range(4 * MOST)] for n in range(2 * MOST + 1)]
)


@modest
@given(st.lists(st.tuples(counts, counts), min_size=2, max_size=2))
def test_two_shares_and_their_total(parts):
    whole = Amount(sum(map(sum, parts)), sum(numerator for numerator, _ in parts))
    assume(whole.count <= MOST - 5)
    rows = [Amount(numerator + rest, numerator) for numerator, rest in parts]
    total = Total("A", "2026-Q1", Form.SHARE, whole)
    check([line_of(total, "kind", rows)], read_shares)


# --- A year -----------------------------------------------------------------------------------


def read_year(tables):
    """Totals of four quarters and of their year."""
    *quarters, whole = tables
    texts = {
        ("A", each.period, "", ""): (each.total.printed(RULES).count, True) for each in quarters
    }
    worlds = Worlds(texts)
    shown = whole.total.printed(RULES).count
    worlds.add(("A", "2026", "", ""), worlds.sum(texts), shown, is_total=not whole.total.is_forced)
    return worlds.narrow(secrets_of(tables))


@modest
@given(st.lists(counts, min_size=4, max_size=4))
@example([30, 4, 28, 33])
def test_a_year_and_its_quarters(numbers):
    quarters = [
        CountTable(Total("A", f"2026-Q{n}", Form.COUNT, Amount(number)))
        for n, number in enumerate(numbers, start=1)
    ]
    whole = CountTable(Total("A", "2026", Form.COUNT, Amount(sum(numbers))))
    hide_years([whole], {each.period: (RULES, [each]) for each in quarters}, RULES)
    check([*quarters, whole], read_year)
