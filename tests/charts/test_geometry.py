import pytest
from hypothesis import given
from hypothesis import strategies as st

from eitrack.charts.geometry import length, lengths, round_ticks


@pytest.mark.parametrize(
    ("highest", "hours"),
    [(31, [0, 1]), (90, [0, 1, 2]), (2300, [0, 10, 20, 30, 40]), (11_000, [0, 50, 100, 150, 200])],
)
def test_ticks_of_time_are_round_hours(highest, hours):
    assert round_ticks(highest, "minutes") == [60 * hour for hour in hours]


def test_ticks_of_less_than_half_an_hour_are_round_minutes():
    assert round_ticks(25, "minutes") == [0, 10, 20, 30]


def test_ticks_of_counts():
    assert round_ticks(7, "count") == [0, 2, 4, 6, 8]
    assert round_ticks(0, "count") == [0, 1]


@given(st.integers(1, 10**9), st.sampled_from(["minutes", "count"]))
def test_ticks_are_few_and_reach_the_highest(highest, unit):
    ticks = round_ticks(highest, unit)

    assert 2 <= len(ticks) <= 5
    assert ticks[-2] < highest <= ticks[-1]


def test_length_of_nothing_and_of_missing():
    assert length(0, 10) == length(None, 10) == length(0, 0) == 0


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=6))
def test_pieces_add_up_to_the_bar_of_their_sum(values):
    top = max(1, sum(values))

    pieces = lengths(values, top, full=94)

    assert sum(width for _, width in pieces) == pytest.approx(length(sum(values), top, 94))
    assert all(width > 0 for (_, width), value in zip(pieces, values, strict=True) if value)
