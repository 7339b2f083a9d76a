"""A whole set of figures through disclosure control: what the district sees."""

import datetime

import pytest

from eitrack.directory.models import District
from eitrack.indicators.disclosure import publish
from eitrack.indicators.evaluate import evaluate
from eitrack.indicators.figure_words import shown
from eitrack.indicators.figures import PublishedFigures
from eitrack.indicators.scope import Scope
from tests.indicators.conftest import Q2, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(service):
    def published(by=None, today=TODAY):
        figures = publish(evaluate(Scope.of(District.objects.get()), Q2, by, today=today))
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
    """D10: team rows rest on two workers and one; the service's share is printed."""
    held(minutes=60)
    held(service.cem, minutes=60)

    line = published(by="team")["VIS-01"]

    assert [cell.figure for cell in line.rows] == ["c", "c"]
    assert line.total.figure == "100%"
    assert line.total.numerator == "2 h"


def test_of_an_open_period_only_time_is_published(service, held, published):
    """D8: two looks at a growing count would show what came in between."""
    held(attendance=123)

    lines = published(by="team", today=datetime.date(2026, 9, 20))

    assert not {"RCH-01", "VIS-02"} & set(lines)
    assert lines["VIS-01"].total.figure == "100%"


def test_published_figures_are_text_only(service, held):
    held(attendance=12)

    figures = publish(evaluate(Scope.of(District.objects.get()), Q2, "team", today=TODAY))

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
