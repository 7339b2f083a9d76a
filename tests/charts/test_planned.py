import pytest
from hypothesis import given
from hypothesis import strategies as st

from eitrack.charts.geometry import SLIVER
from eitrack.charts.planned import Plan, planned_against_actual
from tests.charts.reading import box, lies_within, marks

known_or_not = st.none() | st.integers(0, 10**6)


def hours(*plans, **options):
    return planned_against_actual(plans, title="Hours at each host", **options)


def drawn(chart, measure):
    """The one mark of this measure in each row, or None."""
    found = [
        marks(row.cells[0].bar, measure=measure) if row.cells[0].bar else []
        for row in chart.bar_rows
    ]
    return [mark[0] if mark else None for mark in found]


def read(chart, measure, top):
    return [
        None if mark is None else round(box(mark)[2] * top / 100) for mark in drawn(chart, measure)
    ]


def test_both_figures_can_be_read_back_on_one_scale():
    chart = hours(Plan("School", 720, 960), Plan("Library", 600, 300), Plan("Park", 0, 120))

    assert read(chart, "planned", top=960) == [720, 600, 0]
    assert read(chart, "actual", top=960) == [960, 300, 120]
    assert [float(mark.get("data-value")) for mark in drawn(chart, "planned")] == [720, 600, 0]


def test_planned_is_an_outline_around_a_filled_actual():
    chart = hours(Plan("School", 720, 960, group="case"))

    planned, actual = drawn(chart, "planned")[0], drawn(chart, "actual")[0]
    assert planned.get("class") == "bar-outline"
    assert actual.get("class") == "mark group-case"
    assert box(planned)[1] < box(actual)[1]
    assert box(planned)[3] > box(actual)[3]
    assert [entry.label for entry in chart.legend] == ["Planned", "Actual"]


def test_a_figure_not_known_has_no_mark():
    chart = hours(Plan("Office", None, 300), Plan("Club", 300, None), Plan("Hall", None, None))

    assert read(chart, "planned", top=300) == [None, 300, None]
    assert read(chart, "actual", top=300) == [300, None, None]
    assert chart.bar_rows[2].cells[0].bar == ""


def test_table_says_what_the_rows_say():
    chart = hours(
        Plan("School", 720, 960),
        Plan("Library", 600, 345),
        Plan("Church", 120, 120),
        Plan("Park", 0, 45),
        Plan("Office", None, 300),
        Plan("Club", 300, None),
        Plan("Hall", None, None),
    )

    assert chart.table.headers == ("Host", "Actual and planned", "Difference")
    assert chart.table.rows == (
        ("School", "16 h of 12 h planned", "4 h more than planned"),
        ("Library", "5 h 45 of 10 h planned", "4 h 15 less than planned"),
        ("Church", "2 h of 2 h planned", "as planned"),
        ("Park", "45 min, none planned", "45 min more than planned"),
        ("Office", "5 h", "no plan known"),
        ("Club", "– of 5 h planned", "actual not known"),
        ("Hall", "–", "no plan known"),
    )
    assert [(row.label, *(cell.text for cell in row.cells)) for row in chart.bar_rows] == list(
        chart.table.rows
    )


@pytest.mark.parametrize(
    ("planned", "actual", "words"),
    [
        (50, 51, "1 point more than planned"),
        (51.4, 47.6, "3 points less than planned"),
        (50.6, 51.4, "as planned"),
    ],
)
def test_shares_differ_in_points_by_the_shares_shown(planned, actual, words):
    chart = hours(Plan("Social worker", planned, actual), unit="percent")

    assert chart.table.rows[0][2] == words


def test_counts_differ_by_the_numbers_shown():
    chart = hours(Plan("Posts", 2.5, 3.04), unit="count")

    assert chart.table.rows == (("Posts", "3 of 2.5 planned", "0.5 more than planned"),)


def test_summary_counts_the_rows_and_names_nobody():
    chart = hours(
        Plan("A", 60, 90),
        Plan("B", 60, 30),
        Plan("C", 60, 60),
        Plan("D", None, 60),
        Plan("E", 0, 9),
    )

    assert chart.summary == (
        "Of 5: 2 more than planned, 1 less than planned, 1 as planned, 1 not to compare."
    )


def test_one_row_of_nothing_has_marks_of_no_length():
    chart = hours(Plan("A", 0, 0))

    assert read(chart, "planned", top=1) == read(chart, "actual", top=1) == [0]
    assert chart.summary == "Of 1: 1 as planned."


def test_no_rows_are_said_in_words():
    chart = hours()

    assert chart.is_empty
    assert chart.summary == "Nothing planned and nothing done."


@given(st.lists(st.tuples(known_or_not, known_or_not), min_size=1, max_size=20))
def test_every_width_stands_for_its_figure(figures):
    chart = hours(*(Plan(f"Host {i}", *pair) for i, pair in enumerate(figures)))

    top = max(value or 0 for pair in figures for value in pair)
    for measure, values in zip(("planned", "actual"), zip(*figures, strict=True), strict=True):
        for mark, value in zip(drawn(chart, measure), values, strict=True):
            assert (mark is None) == (value is None)
            if value is not None:
                wanted = max(SLIVER, 100 * value / top) if value else 0
                assert box(mark)[2] == pytest.approx(wanted, abs=0.01)
                assert lies_within(mark)
