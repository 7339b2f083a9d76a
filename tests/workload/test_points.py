from datetime import date

import pytest

from eitrack.indicators.choices import Weight
from eitrack.indicators.measures.calculated.workload_points import PointsLine
from eitrack.workload.points import Points, look_wrong, points_by_worker, stretches
from tests.factories.cases import CaseFactory

TODAY = date(2026, 11, 25)


def points(number, room=100):
    return Points((PointsLine(Weight.LEVEL_2, 1, number),), room)


class TestWords:
    @pytest.mark.parametrize(
        ("number", "room", "words"),
        [
            (95, 100, "95 of 100"),
            (95.5, 100, "95.5 of 100, above 95"),
            (105, 100, "105 of 100, above 95"),
            (106, 100, "106 of 100, above 105"),
            (48, 50, "48 of 50, above 95"),
            (12, 0, "12, no contracted hours known"),
        ],
    )
    def test_say_where_points_stand_in_the_room_there_is(self, number, room, words):
        assert points(number, room).in_words == words


class TestMinutes:
    def test_a_hundred_points_are_205_days_of_7_point_2_hours_in_thirteen_parts(self):
        assert round(points(100).minutes) == 6812  # 113 h 32


class TestStretches:
    def test_are_the_eight_whole_weeks_before_this_one(self):
        assert stretches(TODAY) == [
            (date(2026, 9, 28), date(2026, 10, 25)),
            (date(2026, 10, 26), date(2026, 11, 22)),
        ]


class TestWeightsLookWrong:
    @pytest.mark.parametrize(
        ("logged", "wrong"),
        [
            ([121, 121], True),
            ([79, 79], True),
            ([121, 79], True),
            ([120, 121], False),
            ([80, 79], False),
            ([0, 150], False),
        ],
    )
    def test_when_both_months_differ_by_more_than_20_percent(self, logged, wrong):
        assert look_wrong([100, 100], logged) is wrong

    def test_of_no_points_nothing_is_said(self):
        assert not look_wrong([0, 0], [100, 100])


@pytest.mark.django_db
def test_a_full_time_worker_with_two_cases_by_hand(worker, django_assert_max_num_queries):
    """15 of the stable part and 4 for each case at level 2: 23 of 100; half-time 15.5 of 50."""
    for _ in range(2):
        CaseFactory(allocated_to=worker.hat)

    with django_assert_max_num_queries(4):
        found = points_by_worker([worker.pk], TODAY)[worker.pk]

    assert found.in_words == "23 of 100"
    worker.contracts.update(thursday_minutes=0, wednesday_minutes=0, tuesday_minutes=216)
    assert points_by_worker([worker.pk], TODAY)[worker.pk].in_words == "15.5 of 50"
