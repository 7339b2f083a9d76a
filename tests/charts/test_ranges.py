import pytest
from hypothesis import given
from hypothesis import strategies as st

from eitrack.charts.ranges import NARROWEST, OPEN_END, REACH, Range, range_bars
from tests.charts.reading import box, parsed, texts


def people(*rows, **options):
    return range_bars(rows, title="People reached", **options)


def drawn(chart, row=0):
    """(left end, right end) of the bar of a row in percent, or None without one."""
    svg = chart.bar_rows[row].cells[0].bar
    if not svg:
        return None
    (rect,) = parsed(svg).iter("rect")
    x, _, width, _ = box(rect)
    return x, x + width


def read(chart, top, full=100):
    """Both ends of every bar as the numbers they stand for."""
    ends = [drawn(chart, row) for row in range(len(chart.bar_rows))]
    return [tuple(round(end * top / full, 1) for end in pair) for pair in ends if pair]


def test_both_ends_can_be_read_back_on_one_scale():
    chart = people(Range("Open evening", 40, 80), Range("Group", 8, 12), Range("Drop-in", 0, 20))

    assert read(chart, top=80) == [(40, 80), (8, 12), (0, 20)]


def test_no_figure_in_between_is_drawn_or_said():
    chart = people(Range("Open evening", 40, 80))

    svg = chart.bar_rows[0].cells[0].bar
    assert len(list(parsed(svg).iter("rect"))) == 1
    assert texts(svg) == []
    assert "60" not in svg + chart.summary + str(chart.table)


def test_an_open_end_runs_on_past_every_closed_one():
    chart = people(Range("Open evening", 40, 80), Range("Playground", 20))

    assert drawn(chart, 0)[1] == pytest.approx(REACH, abs=0.02)
    assert drawn(chart, 1) == pytest.approx((20 / 80 * REACH, OPEN_END), abs=0.02)
    assert len(list(parsed(chart.bar_rows[1].cells[0].bar).iter("path"))) == 1
    assert len(list(parsed(chart.bar_rows[0].cells[0].bar).iter("path"))) == 0
    assert chart.table.rows[1] == ("Playground", "20 or more")


def test_an_open_end_from_the_highest_figure_is_still_seen():
    chart = people(Range("Festival", 1200), Range("Group", 8, 12))

    assert drawn(chart, 0) == pytest.approx((REACH, OPEN_END), abs=0.02)


def test_table_says_what_the_rows_say():
    chart = people(
        Range("Open evening", 40, 1200, grade="B"),
        Range("Group", 8, 8, grade="A"),
        Range("Drop-in", None, text="c"),
        Range("Playground", None),
    )

    assert chart.table.headers == ("Series", "People reached", "Grade")
    assert chart.table.rows == (
        ("Open evening", "40 to 1,200", "B"),
        ("Group", "8", "A"),
        ("Drop-in", "c", "–"),
        ("Playground", "–", "–"),
    )
    assert [tuple(cell.text for cell in row.cells) for row in chart.bar_rows] == [
        row[1:] for row in chart.table.rows
    ]
    assert [drawn(chart, row) is None for row in range(4)] == [False, False, True, True]


def test_grades_have_no_column_where_there_are_none():
    assert people(Range("Group", 8, 12)).table.headers == ("Series", "People reached")


def test_a_range_of_one_number_is_seen_and_zero_is_not():
    chart = people(Range("Group", 8, 8), Range("Nobody", 0, 0), Range("Festival", 1000, 1000))

    left, right = drawn(chart, 0)
    assert (left, right - left) == pytest.approx((0.8, NARROWEST), abs=0.02)
    assert drawn(chart, 1) == (0, 0)
    assert drawn(chart, 2) == pytest.approx((100 - NARROWEST, 100), abs=0.02)


def test_one_row_of_nobody():
    chart = people(Range("Nobody", 0, 0))

    assert drawn(chart) == (0, 0)
    assert chart.summary == "People reached 0."


@pytest.mark.parametrize(
    ("rows", "summary"),
    [
        ([Range("A", 40, 65), Range("B", 8, 90)], "People reached from 8 to 90."),
        (
            [Range("A", 40, 65), Range("B", 70)],
            "People reached from 40 to 70 or more; 1 of 2 without an upper end.",
        ),
        (
            [Range("A", 40, 65), Range("B", None, text="c")],
            "People reached from 40 to 65; 1 of 2 not shown.",
        ),
        ([Range("A", None, text="c")], "People reached: nothing shown."),
        ([], "Nothing to show."),
    ],
)
def test_summary(rows, summary):
    assert people(*rows).summary == summary


def test_no_rows_are_said_in_words():
    assert people().is_empty


ends = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(sorted)


@given(st.lists(st.tuples(ends, st.booleans()), min_size=1, max_size=30))
def test_never_leaves_the_drawing_nor_its_numbers(rows):
    ranges = [
        Range(f"S{i}", low, None if is_open else high)
        for i, ((low, high), is_open) in enumerate(rows)
    ]

    chart = people(*ranges)

    top = max(max(row.low, row.high or 0) for row in ranges)
    full = REACH if any(row.is_open for row in ranges) else 100
    for i, row in enumerate(ranges):
        left, right = drawn(chart, i)
        assert 0 <= left <= right <= (OPEN_END if row.is_open else full) + 0.02
        assert left == pytest.approx(full * row.low / (top or 1), abs=NARROWEST + 0.02)
        if not row.is_open:
            assert right == pytest.approx(full * row.high / (top or 1), abs=NARROWEST + 0.02)
