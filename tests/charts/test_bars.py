import pytest
from hypothesis import given
from hypothesis import strategies as st

from eitrack.charts.bars import Part, bars
from eitrack.charts.geometry import SLIVER
from tests.charts.reading import box, lies_within, marks


def breakdown(*parts, **options):
    return bars(parts, title="Sessions by kind of site", figure_header="Sessions", **options)


def counted(*values):
    return [Part(f"Site {i}", (value, f"{value:,}")) for i, value in enumerate(values)]


def drawn(chart):
    """The one mark of each row, or None where a row has no bar."""
    return [marks(row.cells[0].bar)[0] if row.cells[0].bar else None for row in chart.bar_rows]


def test_figures_can_be_read_back_from_their_widths_in_the_given_order():
    chart = breakdown(*counted(30, 1200, 0, 600))

    assert [round(box(mark)[2] * 12) for mark in drawn(chart)] == [30, 1200, 0, 600]
    assert [float(mark.get("data-value")) for mark in drawn(chart)] == [30, 1200, 0, 600]
    assert all(box(mark)[0] == 0 for mark in drawn(chart))
    assert [row.label for row in chart.bar_rows] == ["Site 0", "Site 1", "Site 2", "Site 3"]


def test_table_says_what_the_rows_say():
    chart = breakdown(
        Part("Schools", (1200, "1,200")),
        Part("Parks", (None, "c")),
        Part("Homes", (None,)),
        Part("Not known", (0, "0")),
        row_header="Kind of site",
    )

    assert chart.table.headers == ("Kind of site", "Sessions")
    assert chart.table.rows == (
        ("Schools", "1,200"),
        ("Parks", "c"),
        ("Homes", "–"),
        ("Not known", "0"),
    )
    assert [(row.label, row.cells[0].text) for row in chart.bar_rows] == list(chart.table.rows)


def test_hidden_and_missing_have_no_bar_and_zero_one_of_no_length():
    chart = breakdown(
        Part("Schools", (8, "8")), Part("Parks", (None, "c")), Part("Homes", (0, "0"))
    )

    some, hidden, none = drawn(chart)
    assert box(some)[2] == 100
    assert hidden is None
    assert box(none)[2] == 0


def test_a_bar_has_the_colour_of_its_group_or_of_ink():
    chart = breakdown(Part("Cases", (8, "8"), group="case"), Part("Else", (4, "4")))

    assert [mark.get("class") for mark in drawn(chart)] == ["mark group-case", "mark group-plain"]


def test_one_beside_a_hundred_thousand_is_still_seen():
    assert box(drawn(breakdown(*counted(1, 100_000)))[0])[2] == SLIVER


@pytest.mark.parametrize(
    ("parts", "summary"),
    [
        (counted(30, 1200, 0), "Sessions from 0 to 1,200."),
        (counted(7), "Sessions 7."),
        ([*counted(7, 9), Part("Parks", (None, "c"))], "Sessions from 7 to 9; 1 of 3 not shown."),
        ([Part("Parks", (None, "c"))], "Sessions: nothing shown."),
        ([], "Nothing to show."),
    ],
)
def test_summary_gives_the_range_and_names_no_part(parts, summary):
    assert breakdown(*parts).summary == summary
    assert breakdown(*parts).is_empty == (not parts)


@given(st.lists(st.none() | st.integers(0, 10**7), min_size=1, max_size=40))
def test_every_width_stands_for_its_figure(values):
    parts = [Part(f"Site {i}", (value, str(value))) for i, value in enumerate(values)]

    read = drawn(breakdown(*parts))

    top = max(value or 0 for value in values)
    for mark, value in zip(read, values, strict=True):
        if value is None:
            assert mark is None
        else:
            wanted = max(SLIVER, 100 * value / top) if value else 0
            assert box(mark)[2] == pytest.approx(wanted, abs=0.01)
            assert lies_within(mark)
