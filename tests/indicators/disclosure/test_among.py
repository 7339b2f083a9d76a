"""What a measure says it is a part of (`among`): the auditor knows all that readers do."""

from dataclasses import replace

import pytest

from eitrack.indicators.catalogue.case_count import CASE_COUNT
from eitrack.indicators.catalogue.definitions import BY_CODE, INDICATORS
from eitrack.indicators.disclosure import RULES
from eitrack.indicators.disclosure.auditor import audit
from eitrack.indicators.disclosure.tables import Amount, CountTable, Form, Total
from eitrack.indicators.terms.indicator import Unit
from tests.disclosure_attack.counts import AMONG
from tests.indicators.reader import ALL_AMONG, recovered

ALL = BY_CODE | {each.code: each for each in CASE_COUNT}
FORMS = {Unit.COUNT: Form.COUNT, Unit.RANGE: Form.RANGE, Unit.PERCENT: Form.SHARE}
PAIRS = [(part, whole) for part, wholes in ALL_AMONG.items() for whole in wholes]


def table_of(measure, counts):
    """A table by two rows; of a share these are its denominators."""
    indicator = ALL[measure.removesuffix("/D")]
    form = FORMS[indicator.unit]

    def amount(count):
        return Amount(count, 0 if form == Form.SHARE else None)

    total = Total(indicator.code, "2026-Q1", form, amount(sum(counts)), among=indicator.among)
    return CountTable(total, by="need_level", keys=("2", "3"), amounts=tuple(map(amount, counts)))


@pytest.mark.parametrize(("part", "whole"), PAIRS)
def test_a_reader_who_knows_that_one_is_part_of_another_finds_nothing(part, whole):
    """Both rows of the whole print as at most 12 (of a range as at most 15), so those of its part
    are as many at most; they add up to 23 or more (of 30 to 28), so neither is much less.
    """
    rows = (15, 15) if ALL[whole.removesuffix("/D")].unit == Unit.RANGE else (12, 12)
    larger, smaller = table_of(whole, rows), table_of(part, rows)
    smaller.forced |= {0, 1}
    leaks = recovered([[larger, smaller]])
    assert leaks >= {(part, "2026-Q1", "need_level", row) for row in ("2", "3")}

    report = audit([larger, smaller], RULES)

    assert report.left == 0
    assert recovered([[larger, smaller]]) == set()


def test_the_independent_reader_knows_every_one():
    said = {(each.code, whole) for each in (*INDICATORS, *CASE_COUNT) for whole in each.among or ()}

    known = {(part.removesuffix("/D"), whole.removesuffix("/D")) for part, whole in PAIRS}
    assert said == known, "Make ALL_AMONG in tests/indicators/reader.py say the same."


# What the attacker works out of cases and families, not row by row.
OF_CASES_AND_FAMILIES = {("ERL-03/D", "CASES-02"), ("ERL-05/D", "CASES-03"), ("RCH-04", "RCH-03")}


def test_the_attacker_knows_every_one():
    row_by_row = {(part, whole) for parts, whole in AMONG for part in parts}

    unknown = {*PAIRS} - row_by_row - OF_CASES_AND_FAMILIES
    assert not unknown, "Add it to AMONG in tests/disclosure_attack/counts.py."


def test_a_measure_of_people_or_activities_that_does_not_say_stops_the_start():
    with pytest.raises(TypeError, match="VIS-02 counts people or activities: say in `among`"):
        replace(BY_CODE["VIS-02"], among=None)


def test_resources_and_what_is_not_collected_need_not_say():
    assert BY_CODE["VIS-01"].among is BY_CODE["OUT-01"].among is None
