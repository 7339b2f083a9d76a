"""Releases for hypothesis to make: small records, counted as the product counts them.

A record is an activity, or several alike: at one site, of one level of need, by one or both of
two teams, with so many attendances, so many of them marked new or returning, so many of those new.
"""

from typing import NamedTuple

from hypothesis import strategies as st

from eitrack.indicators.catalogue.definitions import BY_CODE
from eitrack.indicators.disclosure import RULES
from eitrack.indicators.disclosure.auditor import audit
from eitrack.indicators.disclosure.quarters import hide_years
from eitrack.indicators.disclosure.released import follow
from eitrack.indicators.disclosure.tables import Amount, CountTable, Form, Total

SITES = ("school/1", "school/2", "school/3", "clinic/4", "clinic/5")
LEVELS = ("universal", "targeted", "specialist")
TEAMS = ((0,), (1,), (0, 1))
BREAKDOWNS = ("site_kind", "site", "need_level", "team")
# Both sides of the threshold and ends of roundings, often; sometimes enough for a percentage.
SMALL = st.integers(0, 12) | st.sampled_from([1, 2, 7, 8, 12, 13, 17, 22]) | st.integers(6, 60)


class Record(NamedTuple):
    site: str
    level: str
    teams: tuple
    attendances: int
    marked: int
    new: int


class Release(NamedTuple):
    """What is to be released, not audited yet, and what was before, which was."""

    earlier: list
    tables: list

    @property
    def all(self):
        return [*self.earlier, self.tables]


# --- From records to tables -------------------------------------------------------------------


def rows_of(records, by, small_sites=()):
    """{row: its records} of a breakdown, sites of `small_sites` merged (D11)."""
    if by == "need_level":
        return {row: [each for each in records if each.level == row] for row in LEVELS}
    if by == "team":
        return {str(row): [each for each in records if row in each.teams] for row in (0, 1)}
    if by == "site_kind":
        return {
            row: [each for each in records if each.site.startswith(row)]
            for row in ("school", "clinic")
        }
    rows = {site: [] for site in SITES if site not in small_sites}
    rows |= {"other": []} if small_sites else {}
    for each in records:
        rows["other" if each.site in small_sites else each.site].append(each)
    return rows


def tables_of(records, breakdowns, measures, period, small_sites=()):
    """RCH-01 counts attendances, RCH-02 is the share of new ones in those marked."""
    tables = []
    for code in measures:
        amount, among = amount_of(code, records), BY_CODE[code].among
        total = Total(code, period, FORMS[code], amount, among=among)
        for by in breakdowns:
            rows = rows_of(records, by, small_sites)
            table = CountTable(
                total,
                by=by,
                keys=tuple(rows),
                amounts=tuple(amount_of(code, its) for its in rows.values()),
                is_partition=by != "team",
            )
            if by == "site" and len(small_sites) == 1:
                table.forced.add(table.keys.index("other"))
            tables.append(table)
    return tables


FORMS = {"RCH-01": Form.COUNT, "RCH-02": Form.SHARE}


def amount_of(code, records):
    if code == "RCH-01":
        return Amount(sum(each.attendances for each in records))
    return Amount(sum(each.marked for each in records), sum(each.new for each in records))


# --- Strategies -------------------------------------------------------------------------------


@st.composite
def record(draw):
    attendances = draw(SMALL)
    marked = draw(st.integers(0, attendances) | st.just(attendances))
    return Record(
        draw(st.sampled_from(SITES)),
        draw(st.sampled_from(LEVELS)),
        draw(st.sampled_from(TEAMS)),
        attendances,
        marked,
        draw(st.integers(0, marked)),
    )


records = st.lists(record(), min_size=3, max_size=9)
some_measures = st.sampled_from([("RCH-01",), ("RCH-02",), ("RCH-01", "RCH-02")])


def some_breakdowns(most=4):
    return st.lists(st.sampled_from(BREAKDOWNS), min_size=1, max_size=most, unique=True)


@st.composite
def quarter(draw):
    """Sites within their kinds, levels, overlapping teams; counts, shares or both."""
    small_sites = draw(st.sets(st.sampled_from(SITES), max_size=3))
    shape = draw(some_breakdowns()), draw(some_measures), "2026-Q1", small_sites
    return Release([], tables_of(draw(records), *shape))


@st.composite
def revision(draw):
    """A quarter that was released, then again once or twice: records came, changed, went."""
    small_sites = draw(st.sets(st.sampled_from(SITES), max_size=3))
    shape = draw(some_breakdowns(3)), draw(some_measures), "2026-Q1", small_sites
    found = draw(records)
    tables, released = tables_of(found, *shape), []
    for _ in range(draw(st.integers(1, 2))):
        audit(tables, RULES, [(RULES, old) for old in released])
        released.append(tables)
        found = found[draw(st.integers(0, 1)) :] + draw(st.lists(record(), max_size=2))
        tables = tables_of(found, *shape)
        follow(tables, released[-1], released, RULES)
    return Release(released, tables)


@st.composite
def year(draw):
    """A year beside its quarters: released before it, each audited, or together with it."""
    breakdowns = draw(some_breakdowns(2).filter(lambda found: "site" not in found))
    measures = draw(st.sampled_from([("RCH-01",), ("RCH-02",)]))
    quarters = [draw(st.lists(record(), min_size=1, max_size=3)) for _ in range(4)]
    whole = tables_of([one for each in quarters for one in each], breakdowns, measures, "2026")
    parts = [
        tables_of(each, breakdowns, measures, f"2026-Q{number}")
        for number, each in enumerate(quarters, start=1)
    ]
    is_released = draw(st.booleans())
    earlier = []
    for each in parts if is_released else ():
        audit(each, RULES, [(RULES, old) for old in earlier])
        earlier.append(each)
    hide_years(whole, {each[0].period: (RULES, each) for each in parts}, RULES)
    together = [] if is_released else [table for each in parts for table in each]
    return Release(earlier, [*together, *whole])


releases = quarter() | revision() | year()
