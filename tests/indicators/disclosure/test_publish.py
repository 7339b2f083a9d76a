"""A whole set of figures through disclosure control: what the district sees."""

import datetime

import pytest

from eitrack.directory.models import District
from eitrack.indicators.figures.access import figures_of
from eitrack.indicators.terms.figures import PublishedFigures
from eitrack.indicators.terms.scope import Scope
from eitrack.indicators.terms.words import shown
from tests.factories.directory import PlacementFactory
from tests.indicators.conftest import Q2, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(service):
    def published(by=None, today=TODAY):
        figures = figures_of(Scope.of(District.objects.get()), Q2, by, today=today)
        return {each.indicator.code: each for each in figures.shown}

    return published


def test_a_small_team_is_hidden_and_the_next_with_it(service, held, published):
    """North has 12 attendances, South 3: both print c, the total 15 prints 15."""
    held(attendance=12)
    held(service.cem, attendance=3)

    line = published(by="team")["RCH-01"]

    assert [cell.figure for cell in line.rows] == ["c", "c"]
    assert line.total.figure == "15"


def test_counts_of_people_have_no_exact_parts(service, held, published):
    held(attendance=123)

    total = published()["RCH-01"].total

    assert (total.figure, total.numerator, total.denominator) == ("125", "", "")


def test_an_estimate_carries_its_mark(service, held, published):
    held(attendance=100, method="estimate", band="81+")

    assert published()["RCH-01"].total.figure == "100 e"


def test_a_resource_row_on_fewer_than_five_workers_is_hidden(service, held, published):
    """D10: team rows rest on two workers and one, the service on three."""
    held(minutes=60)
    held(service.cem, minutes=60)

    line = published(by="team")["VIS-01"]

    assert [cell.figure for cell in line.rows] == ["c", "c"]
    assert (line.total.figure, line.total.numerator) == ("c", "")


def test_what_rests_on_five_workers_is_printed(service, held, published):
    for hat in (service.ann, service.ben, *(PlacementFactory(team=service.north) for _ in "345")):
        held(hat, minutes=600)

    line = published()["VIS-01"]

    assert (line.total.figure, line.total.numerator) == ("100%", "50 h")


def test_what_two_workers_gave_nearly_all_of_is_hidden(service, held, published):
    """D18: of 64 h two gave 60."""
    for hat in (service.ann, service.ben):
        for day in (1, 2, 3):
            held(hat, minutes=600, date=datetime.date(2026, 9, day))
    for _ in range(4):
        held(PlacementFactory(team=service.north), minutes=60)

    assert published()["FND-01"].total.figure == "c"


def test_of_an_open_period_only_time_is_published(service, held, published):
    """D8: two looks at a growing count would show what came in between."""
    five = [service.ann, service.ben, *(PlacementFactory(team=service.north) for _ in "345")]
    for hat in five:
        held(hat, attendance=123, minutes=600, date=datetime.date(2026, 8, 20))

    lines = published(by="team", today=datetime.date(2026, 9, 20))

    assert not {"RCH-01", "VIS-02"} & set(lines)
    assert lines["VIS-01"].total.figure == "100%"


def test_amounts_of_an_open_quarter_are_as_at_the_last_month_s_end(service, held, published):
    """D17.6: what five workers did in September is told when September has ended."""
    five = [service.ann, service.ben, *(PlacementFactory(team=service.north) for _ in "345")]
    for hat in five:
        held(hat, minutes=600, date=datetime.date(2026, 8, 20))
        held(hat, minutes=300, date=datetime.date(2026, 9, 15))

    in_september = published(today=datetime.date(2026, 9, 20))["FND-01"]
    in_july = published(today=datetime.date(2026, 7, 20))["FND-01"]

    assert in_september.total.figure == "50 h"
    assert in_july.total.figure == "x"


def test_published_figures_are_text_only(service, held):
    held(attendance=12)

    figures = figures_of(Scope.of(District.objects.get()), Q2, "team", today=TODAY)

    assert isinstance(figures, PublishedFigures)
    for each in shown(figures):
        for cell in (each.total, *each.rows):
            assert all(isinstance(text, str) for text in vars(cell).values())


def test_a_team_without_records_has_nothing_to_divide_and_counts_none(service, held, published):
    held(minutes=60, attendance=12)

    lines = published(by="team")

    assert lines["LOD-05"].rows[1].figure == "–"
    assert lines["VIS-01"].rows[1].figure == "–"
    assert lines["RCH-01"].rows[1].figure == "0"
