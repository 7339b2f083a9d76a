"""The auditor (D16), against a reader that shares no code with it (`reader.py`).

RELEASES_TO_MAKE=10000 runs that many made releases instead of 300.
"""

import os
import subprocess
import sys
from copy import deepcopy

import pytest
from highspy import HighsModelStatus
from hypothesis import HealthCheck, given, settings

from eitrack.indicators.disclosure import RULES, Rules
from eitrack.indicators.disclosure.auditor import audit, leaks_of
from eitrack.indicators.disclosure.model import model_of
from eitrack.indicators.disclosure.quarters import hide_years
from eitrack.indicators.disclosure.solver import Program
from eitrack.indicators.disclosure.tables import Amount, CountTable, Form, Total
from tests.indicators.made_releases import Release, releases
from tests.indicators.reader import recovered

RELEASES = int(os.environ.get("RELEASES_TO_MAKE", "300"))


def found_by_auditor(releases):
    return set(map(tuple, leaks_of(model_of([(RULES, tables) for tables in releases]))))


def told_already(release):
    """What earlier releases tell by what they print, whatever this one hides: no secrets."""
    silent = deepcopy(release.tables)
    for table in silent:
        table.total.is_crossed = True
    return recovered([*release.earlier, silent]) - recovered(release.earlier)


@pytest.mark.exhaustive
@settings(max_examples=RELEASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(releases)
def test_the_auditor_and_the_independent_reader_agree_and_repairs_leave_no_leak(release):
    """Hierarchies, overlaps, shares, several measures, revisions, years beside their quarters."""
    assert found_by_auditor(release.all) == recovered(release.all)

    report = audit(release.tables, RULES, [(RULES, tables) for tables in release.earlier])

    assert report.left == 0
    if found := recovered(release.all):
        assert found <= told_already(release)


def tables_of(total, tables, period="2026-Q1"):
    """Tables of one count by several breakdowns: {name: (cells, is_partition)}."""
    shared = Total("A", period, Form.COUNT, Amount(total))
    return [
        CountTable(
            shared,
            by=by,
            keys=tuple(map(str, range(len(cells)))),
            amounts=tuple(map(Amount, cells)),
            is_partition=is_partition,
        )
        for by, (cells, is_partition) in tables.items()
    ]


def test_the_known_example_of_two_tables_that_pin_each_other(monkeypatch):
    """D16.10: `10, 25 | 30` beside `c, 10, c | 30` forces T to 31 or 32 under D1 to D3 alone.

    D2c hides the whole second line, so it is switched off here.
    """
    monkeypatch.setattr("eitrack.indicators.disclosure.counts._is_full", lambda *line: False)
    tables = tables_of(31, {"kind": ([8, 23], True), "need_level": ([12, 12, 7], True)})
    texts = [[row.count for row in table.printed(RULES)] for table in tables]
    assert texts == [["10", "25"], ["c", "10", "c"]]

    assert found_by_auditor([tables]) == recovered([tables])
    audit(tables, RULES)
    assert recovered([tables]) == set()


@pytest.mark.parametrize("wrong", [{"threshold": 6}, {"base": 3}, {"base": 6}, {"base": 21}])
def test_rules_have_floors(wrong):
    with pytest.raises(ValueError, match=r"threshold|base"):
        Rules(**wrong)


def test_an_annual_cell_beside_one_hidden_quarter_is_hidden():
    """D8: quarters 30, c(4), 28, 33: the annual cell prints c."""
    quarters = {}
    for number, n in enumerate((30, 4, 28, 33), start=1):
        code = f"2026-Q{number}"
        quarters[code] = (RULES, tables_of(n + 90, {"kind": ([n, 50, 40], True)}, code))
    whole = tables_of(455, {"kind": ([95, 200, 160], True)}, "2026")

    hide_years(whole, quarters, RULES)

    assert whole[0].printed(RULES)[0].count == "c"


def test_the_solver_prints_nothing():
    """In a process of its own: what HiGHS prints, it prints once."""
    make = "from eitrack.indicators.disclosure.solver import _Silent; _Silent().run()"

    done = subprocess.run([sys.executable, "-c", make], capture_output=True, text=True, check=True)

    assert done.stdout + done.stderr == ""


def test_a_hidden_share_is_not_wider_than_what_prints_c():
    """6 of 23 and 12 of 20: the total's numerator leaves 6 to 14 of 25, and `c` only 6 and 7."""
    total = Total("A", "2026-Q1", Form.SHARE, Amount(43, 18))
    table = CountTable(total, by="kind", keys=("0", "1"), amounts=(Amount(23, 6), Amount(20, 12)))
    assert [(row.figure, row.count) for row in table.printed(RULES)] == [("c", "25"), ("50", "20")]

    assert found_by_auditor([[table]]) == {("A/N", "2026-Q1", "kind", "0")}


def test_what_a_release_told_before_holds_no_later_one_back():
    """The total of Q1 leaks by itself: nothing of Q2 is hidden for it, and it is counted apart."""
    told = CountTable(
        Total("A", "2026-Q1", Form.SHARE, Amount(43, 18)),
        by="kind",
        keys=("0", "1"),
        amounts=(Amount(23, 6), Amount(20, 12)),
    )
    later = tables_of(100, {"kind": ([60, 40], True)}, "2026-Q2")

    report = audit(later, RULES, [(RULES, [told])])

    assert (report.told_before, report.leaks, report.left, report.repairs) == (1, 0, 0, [])


def test_a_revision_tells_that_its_total_moved():
    """D16.12: 3 and then 12; as it moved by 8 or more it was 4 at most, and each cell 1 or 2."""
    released = tables_of(3, {"kind": ([1, 1, 1], True)})
    revised = tables_of(12, {"kind": ([4, 4, 4], True)})

    assert found_by_auditor([released, revised]) == recovered([released, revised]) != set()
    audit(revised, RULES, [(RULES, released)])
    assert recovered([released, revised]) == set()


def test_a_year_is_not_held_back_by_what_its_quarters_printed():
    """Three quarters print 0 targeted, the last 10, of which 8 or 9 are left beside 10 of 15."""
    quarters = [
        tables_of(sum(cells), {"kind": ([sum(cells), 0], True), "need_level": (cells, True)}, code)
        for code, cells in (
            ("2026-Q1", [0, 0, 0]),
            ("2026-Q2", [1, 0, 0]),
            ("2026-Q3", [0, 0, 0]),
            ("2026-Q4", [8, 8, 0]),
        )
    ]
    whole = tables_of(17, {"kind": ([17, 0], True), "need_level": ([9, 8, 0], True)}, "2026")
    hide_years(whole, {each[0].period: (RULES, each) for each in quarters}, RULES)

    report = audit(whole, RULES, [(RULES, each) for each in quarters])

    assert report.left == 0
    targeted = ("A", "2026", "need_level", "1")
    assert targeted in recovered([*quarters, whole])
    assert recovered([*quarters, whole]) <= told_already(Release(quarters, whole))


def test_a_year_of_shares_is_solved_where_one_way_of_the_solver_ends_without_an_answer():
    """HiGHS gives up by the primal simplex here, from any start; by the dual one it does not."""
    rows = {
        "2026-Q1": ((0, 0), [(0, 0), (0, 0), (0, 0)]),
        "2026-Q2": ((15, 9), [(13, 7), (0, 0), (2, 2)]),
        "2026-Q3": ((24, 10), [(0, 0), (0, 0), (24, 10)]),
        "2026-Q4": ((29, 9), [(0, 0), (0, 0), (29, 9)]),
        "2026": ((68, 28), [(13, 7), (0, 0), (55, 21)]),
    }
    tables = [
        CountTable(
            Total("RCH-02", period, Form.SHARE, Amount(*total), among=("RCH-01",)),
            by="need_level",
            keys=("universal", "targeted", "specialist"),
            amounts=tuple(Amount(*cell) for cell in cells),
            forced={0, 2} if period == "2026" else set(),
        )
        for period, (total, cells) in rows.items()
    ]

    assert audit(tables, RULES, []).left == 0
    assert recovered([tables]) == set()


@pytest.mark.parametrize("gives_up", [HighsModelStatus.kUnknown, HighsModelStatus.kInfeasible])
def test_a_program_that_is_given_up_is_asked_again_from_the_start(gives_up, monkeypatch):
    """The truth meets every program; from the basis of the last one HiGHS may find no way to it."""
    run, runs = Program._run, []

    def first_in_vain(self):
        runs.append(run(self))
        return runs[-1] if len(runs) % 2 == 0 else gives_up

    def printed():
        tables = tables_of(30, {"kind": ([10, 20], True), "team": ([4, 10, 16], True)})
        report = audit(tables, RULES, [])
        return [table.printed(RULES) for table in tables], report.leaks, report.left

    expected = printed()
    monkeypatch.setattr(Program, "_run", first_in_vain)

    assert printed() == expected
    assert runs
