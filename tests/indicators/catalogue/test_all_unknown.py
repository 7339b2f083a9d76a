"""Where nothing of what a figure needs is known it has no value, and says of how many that is so.

Those of other indicators stand beside their worked examples.
"""

import datetime

import pytest

from eitrack.indicators.terms.indicator import Unit
from eitrack.indicators.terms.words import figure_text
from tests.factories.activities import SeriesFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import AgencyFactory, PlacementFactory
from tests.indicators.conftest import A_DAY
from tests.indicators.examples import of_the_unknown

pytestmark = pytest.mark.django_db


def known(parts):
    return parts.value, parts.known, parts.asked


@of_the_unknown("VIS-05")
def test_vis_05_without_contracts_no_day_is_expected(figures_of, held):
    """A record of Ann's, and nobody's contract is known: 0 of 0 worker-days."""
    held()

    total, rows = figures_of("VIS-05", by="team")

    assert (total.value, total.denominator) == (None, 0)
    assert all(row.value is None for row in rows.values())


@of_the_unknown("RCH-02")
def test_rch_02_of_nobody_it_is_known_who_is_new(figures_of, held):
    """Sessions of 12 and 8: 0 of 20 are known."""
    held(attendance=12)
    held(attendance=8, first_time=0, returning=0, first_time_not_known=8)

    assert known(figures_of("RCH-02")[0]) == (None, 0, 20)


@of_the_unknown("RCH-03")
def test_rch_03_no_session_has_a_headcount(service, figures_of, held):
    """Two sessions of a series that nobody counted reach between nobody and nobody known."""
    series = SeriesFactory(team=service.north)
    held(series=series, attendance=None)
    held(series=series, attendance=None, date=A_DAY + datetime.timedelta(days=7))

    total, _ = figures_of("RCH-03")

    assert (total.low, total.numerator, total.grade) == (0, 0, "")
    assert figures_of("RCH-01")[0].known == 0


@of_the_unknown("RCH-06")
def test_rch_06_no_session_has_its_seats_ticked(service, figures_of, held):
    """Four sessions of a programme that ended: known of 0 of 4."""
    first = datetime.date(2026, 9, 1)
    programme = SeriesFactory(team=service.north, seats=8, planned_sessions=4, from_on=first)
    for number in range(1, 5):
        day = first + datetime.timedelta(weeks=number - 1)
        held(kind="group_session", series=programme, session_number=number, date=day)

    assert known(figures_of("RCH-06")[0]) == (None, 0, 4)


@of_the_unknown("ERL-03")
def test_erl_03_nobody_was_asked(service, figures_of):
    """Three cases opened in August: 0 of 3 were asked."""
    august = datetime.date(2026, 8, 3)
    for _ in range(3):
        CaseFactory(
            allocated_to=service.ann,
            opened_on=august,
            consent_on=august,
            informal_first="not_asked",
        )

    assert known(figures_of("ERL-03")[0]) == (None, 0, 3)


@of_the_unknown("LOD-01", "LOD-02")
@pytest.mark.parametrize("code", ["LOD-01", "LOD-02"])
def test_lod_01_and_lod_02_nobody_has_contracted_hours(figures_of, held, case, code):
    """Three workers, one with a case and logged time: of none is it known how much room."""
    held(kind="case_contact", case=case)

    total, rows = figures_of(code, by="team")

    assert known(total) == (None, 0, 3)
    assert all(row.value is None for row in rows.values())


@of_the_unknown("LOD-03")
def test_lod_03_nobody_logged_anything_in_four_weeks(figures_of, held):
    """Time in July only: hats used of 0 of 3 workers, and no median."""
    held(date=datetime.date(2026, 7, 6))

    total, _ = figures_of("LOD-03")

    assert known(total) == (None, 0, 3)
    assert total.beside.value is None
    assert figure_text(Unit.RATIO, total) == "–"


@of_the_unknown("LOD-04")
def test_lod_04_the_one_with_two_hosts_logged_nothing(service, figures_of, held):
    """Ann is planned at a school too; Ben's hour says nothing about her split: 0 of 1."""
    PlacementFactory(
        worker=service.ann.worker, team=service.north, host=AgencyFactory(), planned_minutes=720
    )
    held(service.ben)

    total, rows = figures_of("LOD-04", by="host")

    assert known(total) == (None, 0, 1)
    assert all(row.value is None for row in rows.values())


@of_the_unknown("FND-02")
def test_fnd_02_no_hat_has_planned_hours(service, figures_of):
    """Three hats of nobody knows how many hours: 0 of 0 full-time equivalents."""
    for hat in (service.ann, service.ben, service.cem):
        hat.planned_minutes = 0
        hat.save()

    total, _ = figures_of("FND-02")

    assert (total.value, total.denominator) == (None, 0)
