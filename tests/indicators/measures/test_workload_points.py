"""What a worker's points are made of (INDICATORS.md part 5), and the versions of the weights."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from eitrack.indicators.choices import PROPOSED, Weight
from eitrack.indicators.measures.calculated.workload_points import (
    Carried,
    HeldCase,
    PointsLine,
    points_of,
    room_of,
    sum_of,
)
from eitrack.indicators.models import WeightSet


class TestPointsOf:
    def test_worked_example(self):
        """Full time, six cases and three commitments:

        stable 15; two cases at level 2 (8), one with two agencies (5), one at level 3 (6) with an
        interpreter (1), one winding down (2), one at level 2 (4) with travel, interpreter and five
        children (3, of which 2 count); a drop-in every two weeks (4.5), a programme as lead (12),
        two agencies' protocols (2): 15 + 8 + 5 + 6 + 1 + 2 + 4 + 2 + 4.5 + 12 + 2 = 61.5.
        """
        cases = (
            HeldCase(2),
            HeldCase(2, agencies=1, children=3),
            HeldCase(2, agencies=2),
            HeldCase(3, agencies=3, has_interpreter=True),
            HeldCase(2, agencies=4, is_winding_down=True),
            HeldCase(2, children=5, has_long_travel=True, has_interpreter=True),
        )
        standing = {Weight.DROP_IN: 0.5, Weight.PROGRAMME_LEAD: 1, Weight.PROTOCOL_LEAD: 2}

        lines = points_of(Carried(1.0, cases=cases, standing=standing), PROPOSED)

        assert sum_of(lines) == 61.5
        assert PointsLine(Weight.LEVEL_2, 3, 12) in lines
        assert PointsLine(Weight.INTERPRETER, 2, 2) in lines
        assert lines[-1] == PointsLine(Weight.MOST_EXTRAS, 1, -1)

    def test_other_weights_can_be_tried_on_the_same_load(self):
        carried = Carried(1.0, cases=(HeldCase(2), HeldCase(2)))

        assert sum_of(points_of(carried, PROPOSED | {Weight.LEVEL_2: 10})) == 35

    def test_the_stable_part_is_pro_rata(self):
        assert points_of(Carried(0.5), PROPOSED) == [PointsLine(Weight.STABLE, 0.5, 7.5)]

    def test_a_level_that_is_not_known_weighs_as_level_two(self):
        assert HeldCase(None).weight == Weight.LEVEL_2


@pytest.mark.parametrize(
    ("fte", "first_year_fte", "room"), [(1, 0, 100), (0.5, 0, 50), (1, 1, 90), (0.5, 0.5, 45)]
)
def test_room_is_less_in_the_first_year_and_part_time(fte, first_year_fte, room):
    assert room_of(Carried(fte, first_year_fte), PROPOSED) == room


@pytest.mark.django_db
class TestWeightSet:
    def test_version_one_is_the_proposal_and_is_whole(self):
        version = WeightSet.objects.get()

        version.full_clean()
        assert version.weights == PROPOSED

    def test_each_day_has_the_weights_of_its_version(self):
        first = WeightSet.objects.get()
        from_on = datetime.date(2027, 4, 1)
        second = WeightSet.objects.create(from_on=from_on, points=first.points | {"level_2": 6})

        assert WeightSet.objects.in_force_on(datetime.date(2027, 3, 31)) == first
        assert WeightSet.objects.in_force_on(from_on) == second
        assert WeightSet.objects.in_force_on(datetime.date(2020, 1, 1)) == first
        assert WeightSet.objects.points_on(from_on)[Weight.LEVEL_2] == 6

    def test_without_a_version_the_proposal_holds(self):
        WeightSet.objects.all().delete()

        assert WeightSet.objects.points_on(datetime.date(2026, 9, 1)) == PROPOSED
        WeightSet.objects.keep_one()
        WeightSet.objects.keep_one()
        assert WeightSet.objects.get().weights == PROPOSED

    @pytest.mark.parametrize(
        "wrong", [{"level_2": -1}, {"level_2": "4"}, {"level_2": True}, {"cake": 3}]
    )
    def test_only_numbers_for_known_weights_are_taken(self, wrong):
        version = WeightSet.objects.get()
        version.points |= wrong

        with pytest.raises(ValidationError):
            version.full_clean()
