"""The auditor (D16), against a check of its own that shares no code with it.

`recovered` below is written from INDICATORS.md afresh: it reads printed text, builds its own
constraints and asks scipy. RELEASES_TO_MAKE=10000 runs that many made releases instead of 300.
"""

import os
import re
import subprocess
import sys
from math import ceil, floor

import numpy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from eitrack.indicators.disclosure import RULES, Rules
from eitrack.indicators.disclosure.auditor import audit, leaks_of
from eitrack.indicators.disclosure.model import model_of
from eitrack.indicators.disclosure.quarters import hide_years
from eitrack.indicators.disclosure.sheets import Amount, Form, Sheet, Total

RELEASES = int(os.environ.get("RELEASES_TO_MAKE", "300"))


def sheets_of(total, tables, period="2026-Q1"):
    """Sheets of one count by several breakdowns: {name: (cells, is_partition)}."""
    shared = Total("A", period, Form.COUNT, Amount(total))
    return [
        Sheet(
            shared,
            by=by,
            keys=tuple(map(str, range(len(cells)))),
            amounts=tuple(map(Amount, cells)),
            is_partition=is_partition,
        )
        for by, (cells, is_partition) in tables.items()
    ]


def recovered(sheets):
    """Hidden cells above 0 that a reader of the printed text narrows to two values or fewer."""
    place, boxes, secret, rows, equal = {}, [], set(), [], []

    def variable(name, text, is_total):
        if name in place:
            return place[name]
        box = {"c": (1, 7 if is_total else None), "x": (0, None), "0": (0, 0)}.get(text)
        boxes.append(box or (max(8, int(text) - 2), int(text) + 2))
        place[name] = len(boxes) - 1
        return place[name]

    for sheet in sheets:
        text = sheet.total.printed(RULES).count
        is_small = 1 <= sheet.total.amount.count <= 7
        top = variable((sheet.period, "", ""), text, is_small)
        if text in "cx" and sheet.total.amount.count:
            secret.add((sheet.period, "", ""))
        texts = [row.count for row in sheet.printed(RULES)]
        cells = []
        for key, amount, text in zip(sheet.keys, sheet.amounts, texts, strict=True):
            cells.append(variable((sheet.period, sheet.by, key), text, False))
            if text in "cx" and amount.count:
                secret.add((sheet.period, sheet.by, key))
        if sheet.is_partition:
            equal.append({top: 1, **dict.fromkeys(cells, -1)})
        else:
            rows.append(({top: 1, **dict.fromkeys(cells, -1)}, 0))
            rows += [({cell: 1, top: -1}, 0) for cell in cells]
        hidden = [cell for cell, text in zip(cells, texts, strict=True) if text == "c"]
        if hidden and any(re.fullmatch("[1-9][0-9]*", text) for text in texts):
            rows.append((dict.fromkeys(hidden, -1), -8))
    years = [name for name in place if "-" not in name[0]]
    for year, by, key in years:
        parts = [(f"{year}-Q{n}", by, key) for n in range(1, 5)]
        if all(part in place for part in parts):
            equal.append({place[year, by, key]: 1, **{place[part]: -1 for part in parts}})

    def matrix(terms):
        made = numpy.zeros((len(terms), len(boxes)))
        for number, row in enumerate(terms):
            for cell, factor in row.items():
                made[number, cell] = factor
        return made if len(terms) else None

    above, most = matrix([terms for terms, _ in rows]), [bound for _, bound in rows] or None
    same, zero = matrix(equal), [0] * len(equal) or None
    found = set()
    for name in secret:
        ends = []
        for sign in (1, -1):
            cost = numpy.zeros(len(boxes))
            cost[place[name]] = sign
            answer = linprog(cost, above, most, same, zero, boxes, method="highs")
            assert answer.status in (0, 3), answer.message
            ends.append(sign * answer.fun if answer.status == 0 else -sign * 10**9)
        if floor(ends[1] + 1e-6) - ceil(ends[0] - 1e-6) + 1 <= 2:
            found.add(name)
    return found


def found_by_auditor(sheets):
    leaks = leaks_of(model_of([(RULES, sheets)]))
    return {(name.period, name.by, name.row) for name in leaks}


@st.composite
def quarter(draw, period="2026-Q1"):
    """The same things, sorted twice (partitions) and seen by two teams (overlap)."""
    kinds, levels = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    small = st.integers(0, 12) | st.integers(0, 2) | st.integers(6, 60)
    cells = [[draw(small) for _ in range(levels)] for _ in range(kinds)]
    total = sum(map(sum, cells))
    teams = [draw(st.integers(0, total)) for _ in range(2)]
    teams[1] = max(teams[1], total - teams[0])
    return sheets_of(
        total,
        {
            "kind": ([sum(row) for row in cells], True),
            "need_level": ([sum(column) for column in zip(*cells, strict=True)], True),
            "team": (teams, False),
        },
        period,
    )


@st.composite
def year(draw):
    """Four quarters of one breakdown and their year, released together."""
    size = draw(st.integers(2, 3))
    small = st.integers(0, 9) | st.integers(0, 40)
    quarters = [[draw(small) for _ in range(size)] for _ in range(4)]
    sheets = [
        sheet
        for number, cells in enumerate(quarters, start=1)
        for sheet in sheets_of(sum(cells), {"kind": (cells, True)}, f"2026-Q{number}")
    ]
    cells = [sum(column) for column in zip(*quarters, strict=True)]
    whole = sheets_of(sum(cells), {"kind": (cells, True)}, "2026")
    hide_years(whole, {each.period: (RULES, [each]) for each in sheets}, RULES)
    return sheets + whole


@settings(max_examples=RELEASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(quarter() | year())
def test_the_auditor_and_the_independent_check_agree_and_repairs_leave_no_leak(sheets):
    assert found_by_auditor(sheets) == recovered(sheets)

    report = audit(sheets, RULES)

    assert report.left == 0
    assert recovered(sheets) == set()


def test_the_known_example_of_two_tables_that_pin_each_other(monkeypatch):
    """D16.10: `10, 25 | 30` beside `c, 10, c | 30` forces T to 31 or 32 under D1 to D3 alone.

    D2c hides the whole second line, so it is switched off here.
    """
    monkeypatch.setattr("eitrack.indicators.disclosure.lines._is_full", lambda *line: False)
    sheets = sheets_of(31, {"kind": ([8, 23], True), "need_level": ([12, 12, 7], True)})
    texts = [[row.count for row in sheet.printed(RULES)] for sheet in sheets]
    assert texts == [["10", "25"], ["c", "10", "c"]]

    assert found_by_auditor(sheets) == recovered(sheets)
    audit(sheets, RULES)
    assert recovered(sheets) == set()


@pytest.mark.parametrize("wrong", [{"threshold": 6}, {"base": 3}, {"base": 6}, {"base": 21}])
def test_rules_have_floors(wrong):
    with pytest.raises(ValueError, match=r"threshold|base"):
        Rules(**wrong)


def test_an_annual_cell_beside_one_hidden_quarter_is_hidden():
    """D8: quarters 30, c(4), 28, 33: the annual cell prints c."""
    quarters = {}
    for number, n in enumerate((30, 4, 28, 33), start=1):
        code = f"2026-Q{number}"
        quarters[code] = (RULES, sheets_of(n + 90, {"kind": ([n, 50, 40], True)}, code))
    whole = sheets_of(455, {"kind": ([95, 200, 160], True)}, "2026")

    hide_years(whole, quarters, RULES)

    assert whole[0].printed(RULES)[0].count == "c"


def test_the_solver_prints_nothing():
    """In a process of its own: what HiGHS prints, it prints once."""
    make = "from eitrack.indicators.disclosure.solver import _Silent; _Silent().run()"

    done = subprocess.run([sys.executable, "-c", make], capture_output=True, text=True, check=True)

    assert done.stdout + done.stderr == ""
