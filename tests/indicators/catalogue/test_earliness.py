"""How early help comes, worked by hand (ERL-01 to ERL-05)."""

import datetime

import pytest

from eitrack.indicators.terms.scope import Scope
from tests.factories.cases import AllocationFactory, CaseFactory
from tests.factories.directory import AgencyFactory
from tests.indicators.examples import of_the_unknown, worked_example

pytestmark = pytest.mark.django_db

AUGUST = datetime.date(2026, 8, 3)
CLOSED = datetime.date(2026, 9, 30)


@worked_example("ERL-01")
def test_erl_01_worked_example(figures_of, held):
    """Direct minutes: level 1 60, level 2 30 and 10, level 3 50, not known 50; supervision 90.
    100 of 150; 150 of 200 known.
    """
    held(minutes=60, need_level=1)
    held(minutes=30, need_level=2)
    held(minutes=10, need_level=2, kind="consultation_family")
    held(minutes=50, need_level=3)
    held(minutes=50)
    held(minutes=90, kind="overhead")

    total, _ = figures_of("ERL-01")

    assert (total.numerator, total.denominator) == (100, 150)
    assert (total.known, total.asked) == (150, 200)


@worked_example("ERL-02")
def test_erl_02_worked_example(service, figures_of, held, joined):
    """Talks: the family's 1 (joint, once), the worker's 1, not known 1; with a child, the family's
    1. Playground: 9 conversations, 5 begun by families, 2 by us. 7 of 10; 10 of 13 known.
    """
    joined(held(kind="consultation_family", begun_by="family"), service.cem, 20)
    held(kind="consultation_family", begun_by="worker")
    held(kind="consultation_family")
    held(kind="consultation_child", begun_by="family")
    held(kind="playground", conversations=9, begun_by_family=5, begun_by_worker=2)
    held(kind="consultation_professional")

    total, _ = figures_of("ERL-02")

    assert (total.numerator, total.denominator) == (7, 10)
    assert (total.known, total.asked) == (10, 13)


def test_c13_round_robin_evenings_are_begun_by_nobody(figures_of, held):
    held(kind="open_evening", conversations=14, evening_format="round_robin")

    assert figures_of("ERL-02")[0].denominator == 0


def test_c16_two_parents_together_and_two_children_discussed_are_one_consultation(figures_of, held):
    held(kind="consultation_family", attendance=2, begun_by="family")

    assert figures_of("ERL-02")[0].numerator == 1
    assert figures_of("VIS-04")[0].numerator == 1
    assert figures_of("RCH-01")[0].numerator == 2


@of_the_unknown("ERL-01", "ERL-02", "ERL-04")
def test_c20_what_is_not_known_leaves_both_numbers(figures_of, held):
    held(kind="consultation_family", begun_by="not_known")

    for code in ("ERL-01", "ERL-02", "ERL-04"):
        total, _ = figures_of(code)
        assert (total.value, total.known) == (None, 0)
        assert total.asked > 0


@worked_example("ERL-03")
def test_erl_03_worked_example(service, figures_of):
    """Opened in August: yes, yes, no, not asked in North; yes in South, handed to North later;
    yes in January counts elsewhere. 3 of 4, 4 of 5 asked. North 2 of 3, South 1 of 1.
    """
    for said in ("yes", "yes", "no", "not_asked"):
        opened(service.ann, informal_first=said)
    moved = opened(service.cem, informal_first="yes")
    moved.allocations.update(until_on=datetime.date(2026, 8, 10))
    later = datetime.date(2026, 8, 11)
    AllocationFactory(case=moved, worker=service.ann.worker, team=service.north, from_on=later)
    CaseFactory(allocated_to=service.ann, informal_first="yes")

    total, rows = figures_of("ERL-03", by="team")

    assert (total.numerator, total.denominator, total.known, total.asked) == (3, 4, 4, 5)
    north, south = rows[service.north.pk], rows[service.south.pk]
    assert (north.numerator, north.denominator) == (2, 3)
    assert (south.numerator, south.denominator) == (1, 1)
    alone, _ = figures_of("ERL-03", scope=Scope.of(service.south))
    assert (alone.numerator, alone.denominator) == (1, 1)


def opened(placement, **fields):
    return CaseFactory(allocated_to=placement, opened_on=AUGUST, consent_on=AUGUST, **fields)


@worked_example("ERL-04")
def test_erl_04_worked_example(figures_of, held, case):
    """Outcomes: advice, signposted, programme settle; referral on, none yet do not; one is not
    recorded, one is on a case. 3 of 5, 5 of 6 recorded.
    """
    for outcome in ("advice", "signposted", "programme", "referral_on", "none_yet", ""):
        held(kind="consultation_family", outcome=outcome, purpose="housing")
    held(kind="consultation_family", outcome="advice", case=case)

    total, rows = figures_of("ERL-04", by="purpose")

    assert (total.numerator, total.denominator, total.known, total.asked) == (3, 5, 5, 6)
    assert rows["housing"] == total


@worked_example("ERL-05", all_known="A case does not close without a reason.")
def test_erl_05_worked_example(service, figures_of):
    """Closed: two stepped up, two needs met, in North; one of North's stepped up was South's to
    August. Opened: one that stepped down in, one other. 2 of 4 beside 1 of 2.
    """
    for reason in ("stepped_up", "needs_met", "needs_met"):
        CaseFactory(allocated_to=service.ann, closed_on=CLOSED, end_reason=reason)
    moved = CaseFactory(allocated_to=service.cem, closed_on=CLOSED, end_reason="stepped_up")
    moved.allocations.update(until_on=AUGUST)
    AllocationFactory(case=moved, worker=service.ben.worker, team=service.north, from_on=AUGUST)
    opened(service.ann, has_stepped_down_in=True, source_agency=AgencyFactory())
    opened(service.ann)

    total, rows = figures_of("ERL-05", by="team")

    assert (total.numerator, total.denominator) == (2, 4)
    assert (total.beside.numerator, total.beside.denominator) == (1, 2)
    assert (rows[service.north.pk].numerator, rows[service.north.pk].denominator) == (2, 4)
    assert service.south.pk not in rows
