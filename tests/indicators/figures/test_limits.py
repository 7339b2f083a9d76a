"""Limits of a control chart, worked by hand."""

import pytest

from eitrack.indicators.figures.limits import UsualRange, is_usual, usual_range


def test_mean_and_266_times_the_mean_moving_range():
    """10, 12, 11, 13, 12, 14: mean 72 / 6 = 12; moving ranges 2, 1, 2, 1, 2, mean 8 / 5 = 1.6;
    2.66 × 1.6 = 4.256: from 7.744 to 16.256.
    """
    found = usual_range([10, 12, 11, 13, 12, 14])

    assert found.centre == 12
    assert found.lower == pytest.approx(7.744)
    assert found.upper == pytest.approx(16.256)


def test_a_quarter_without_a_figure_parts_its_neighbours():
    """10, 12, –, 11, 13, 12, 14: the ranges are 2, then 2, 1, 2: mean 1.75. Not 12 to 11."""
    found = usual_range([10, 12, None, 11, 13, 12, 14])

    assert found.centre == 12
    assert found.upper - found.centre == pytest.approx(2.66 * 1.75)


def test_figures_that_never_move_have_a_range_of_one_figure():
    assert usual_range([5] * 6) == UsualRange(5, 5, 5)


@pytest.mark.parametrize(
    "values",
    [
        [],
        [10, 12, 11, 13, 12],
        [10, 12, 11, 13, 12, None, None],
        [10, None, 12, None, 11, None, 13, None, 12, None, 14],
    ],
)
def test_fewer_than_six_known_or_no_neighbours_have_no_range(values):
    assert usual_range(values) is None


def test_limits_stay_where_a_figure_can_be():
    """1, 9, 1, 9, 1, 9: mean 5, ranges of 8: 21.28 either way. A share stays within 0 and 100."""
    values = [1, 9, 1, 9, 1, 9]

    assert usual_range(values) == UsualRange(5, 0, 5 + 2.66 * 8)
    assert usual_range([90 + value for value in values], most=100).upper == 100


def test_a_difference_is_usual_when_both_figures_lie_within_all_limits():
    wide, narrow = UsualRange(10, 0, 20), UsualRange(10, 8, 12)

    assert is_usual(9, 11, [wide, narrow])
    assert not is_usual(9, 13, [wide, narrow])
    assert is_usual(9, 13, [wide])


def test_the_limits_themselves_are_within():
    assert is_usual(8, 12, [UsualRange(10, 8, 12)])


@pytest.mark.parametrize(
    ("first", "second", "ranges"),
    [
        (None, 3, [UsualRange(10, 8, 12)]),
        (3, None, [UsualRange(10, 8, 12)]),
        (3, 3, []),
        (3, 3, [None]),
    ],
)
def test_nothing_is_said_of_what_is_not_known(first, second, ranges):
    assert is_usual(first, second, ranges) is None
