import pytest

from eitrack.charts.paired import Measure, Row, paired_bars
from tests.charts.reading import box, lies_within, marks, values

MEASURES = [Measure("Hours", "minutes"), Measure("Open cases", group="case")]


def bars(*rows):
    return paired_bars(rows, MEASURES, title="Hours and open cases")


def widths(chart, column):
    return [box(marks(row.cells[column].bar)[0])[2] for row in chart.bar_rows]


def test_figures_can_be_read_back_in_the_given_order():
    chart = bars(Row("Abena", (2150, 14)), Row("Bill", (1075, 22)), Row("Cara", (300, 0)))

    read = [tuple(values(cell.bar)[0] for cell in row.cells) for row in chart.bar_rows]
    assert read == [(2150, 14), (1075, 22), (300, 0)]
    assert [row.label for row in chart.bar_rows] == ["Abena", "Bill", "Cara"]
    assert chart.table.headers == ("Worker", "Hours", "Open cases")
    assert chart.table.rows[0] == ("Abena", "35 h 50", "14")


def test_each_measure_has_one_scale_of_its_own():
    chart = bars(Row("Abena", (2000, 5)), Row("Bill", (1000, 20)))

    assert widths(chart, 0) == [100, 50]
    assert widths(chart, 1) == [25, 100]


def test_zero_has_no_length_and_missing_no_bar():
    chart = bars(Row("Abena", (0, 3)), Row("Bill", (None, 0)), Row("Cara", (60, None)))

    assert [row.cells[0].text for row in chart.bar_rows] == ["0 min", "–", "1 h"]
    assert [row.cells[1].text for row in chart.bar_rows] == ["3", "0", "–"]
    assert box(marks(chart.bar_rows[0].cells[0].bar)[0])[2] == 0
    assert chart.bar_rows[1].cells[0].bar == ""


def test_a_minute_beside_a_year_is_still_seen():
    chart = bars(Row("Abena", (1, 0)), Row("Bill", (100_000, 1)))

    assert widths(chart, 0)[0] >= 1
    assert all(lies_within(m) for row in chart.bar_rows for c in row.cells for m in marks(c.bar))


def test_summary_gives_the_range_and_names_nobody():
    chart = bars(Row("Abena", (2150, 14)), Row("Bill", (1075, 22)), Row("Cara", (None, 3)))

    assert chart.summary == "Hours 17 h 55 to 35 h 50; open cases 3 to 22."


@pytest.mark.parametrize(
    ("figures", "summary"),
    [
        ((60, 3), "Hours 1 h; open cases 3."),
        ((0, 0), "Hours 0 min; open cases 0."),
        ((None, None), "Hours not known; open cases not known."),
    ],
)
def test_one_person(figures, summary):
    assert bars(Row("Abena", figures)).summary == summary


def test_nobody_is_said_in_words():
    chart = bars()

    assert chart.is_empty
    assert chart.summary == "Nobody to show."


def test_a_row_needs_a_value_for_every_measure():
    with pytest.raises((ValueError, IndexError)):
        bars(Row("Abena", (60,)))
