import pytest
from hypothesis import given
from hypothesis import strategies as st

from eitrack.charts.waterline import waterline
from tests.charts.reading import box, lies_within, marks, named, texts, values

minutes = st.integers(0, 10_000_000)


def widths(chart, side):
    return sum(box(mark)[2] for mark in marks(chart.svg, side=side))


def test_figures_can_be_read_back():
    chart = waterline(330, 790, when="This week")

    assert values(chart.svg, side="above") == [330]
    assert values(chart.svg, side="below") == [790]
    assert chart.table.headers == ("", "This week")
    assert chart.table.rows == (
        ("What a case count shows", "5 h 30"),
        ("Everything else", "13 h 10"),
    )


def test_says_its_figures_in_one_sentence():
    chart = waterline(330, 790, when="This week")

    assert chart.summary == "This week 18 h 40; a case count would show 5 h 30."
    assert named(chart.svg) == ["Waterline, this week", chart.summary]


def test_both_sides_stand_on_one_scale():
    chart = waterline(300, 600)

    assert widths(chart, "below") == pytest.approx(2 * widths(chart, "above"), abs=0.02)


def test_above_lies_over_the_line_and_below_under_it():
    chart = waterline(300, 600)

    (above,), (below,) = marks(chart.svg, side="above"), marks(chart.svg, side="below")
    assert box(above)[1] + box(above)[3] < 50 < box(below)[1]


def test_below_is_drawn_in_its_parts_end_to_end():
    chart = waterline(330, {"unregistered": 600, "partnership": 190})

    first, second = marks(chart.svg, side="below")
    assert [first.get("data-series"), second.get("data-series")] == ["unregistered", "partnership"]
    assert box(first)[0] + box(first)[2] == pytest.approx(box(second)[0], abs=0.02)
    assert chart.below == "13 h 10"
    assert chart.below_parts == "unregistered 10 h and partnership 3 h 10"


@pytest.mark.parametrize(("above", "below"), [(0, 790), (330, 0)])
def test_nothing_on_one_side_has_no_length(above, below):
    chart = waterline(above, below)

    empty = "above" if above == 0 else "below"
    assert widths(chart, empty) == 0
    assert getattr(chart, empty) == "0 min"
    assert not chart.is_empty


def test_nothing_at_all_is_said_in_words():
    chart = waterline(0, 0, when="This week")

    assert chart.is_empty
    assert chart.summary == "This week: nothing logged yet."
    assert all(box(mark)[2] == 0 for mark in marks(chart.svg))


def test_a_minute_beside_a_year_is_still_seen():
    chart = waterline(1, 100_000)

    assert widths(chart, "above") >= 1
    assert values(chart.svg, side="above") == [1]


def test_not_known_is_not_zero():
    chart = waterline(None, 790, when="This week")

    assert marks(chart.svg, side="above") == []
    assert chart.above == "not known"
    assert chart.table.rows[0][1] == "–"
    assert not chart.is_empty


def test_a_part_not_known_leaves_the_sum_not_known():
    chart = waterline(330, {"unregistered": 600, "partnership": None})

    assert chart.below == "not known"
    assert marks(chart.svg, side="below") == []


def test_other_units_than_time():
    chart = waterline(3, 14, unit="count", when="Sessions this week")

    assert chart.summary == "Sessions this week 17; a case count would show 3."


def test_same_figures_give_the_same_drawing_and_others_another_id():
    assert waterline(1, 2).svg == waterline(1, 2).svg
    assert waterline(1, 2).id != waterline(1, 3).id
    assert waterline(1, 2, id="head").id == "head"


@given(above=minutes, unregistered=minutes, partnership=minutes)
def test_never_leaves_the_drawing(above, unregistered, partnership):
    chart = waterline(above, {"unregistered": unregistered, "partnership": partnership})

    assert values(chart.svg) == [above, unregistered, partnership]
    assert all(lies_within(mark) for mark in marks(chart.svg))
    assert texts(chart.svg) == []
