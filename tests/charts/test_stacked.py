import pytest
from hypothesis import given
from hypothesis import strategies as st

from eitrack.charts.groups import GROUPS
from eitrack.charts.stacked import Column, stacked_columns
from tests.charts.reading import box, lies_within, marks, named, parsed, texts, values


def week(label, *figures, **words):
    return Column(label, dict(zip(GROUPS, figures, strict=True)), **words)


def twelve_weeks():
    return [week(f"W{n}", 600 + n, 300, 120, 60 + 2 * n) for n in range(1, 13)]


def test_figures_can_be_read_back():
    columns = twelve_weeks()

    chart = stacked_columns(columns, title="Hours")

    for key in GROUPS:
        assert values(chart.svg, series=key) == [column.values[key] for column in columns]
    drawn = [group.get("data-label") for group in parsed(chart.svg).findall("g[@data-label]")]
    assert drawn == [column.label for column in columns]


def test_table_holds_every_figure_in_words():
    chart = stacked_columns(
        [week("23 Nov", 135, 60, 0, None, name="Week of Mon 23 Nov", note="so far")],
        title="Hours",
    )

    assert chart.table.headers == ("Week", *GROUPS.values(), "All")
    assert chart.table.rows == (
        ("Week of Mon 23 Nov (so far)", "2 h 15", "1 h", "0 min", "–", "at least 3 h 15"),
    )


def test_groups_lie_on_each_other_in_stack_order():
    chart = stacked_columns([week("A", 100, 200, 300, 400)], title="Hours")

    feet = [box(mark)[1] + box(mark)[3] for mark in marks(chart.svg)]
    heads = [box(mark)[1] for mark in marks(chart.svg)]
    assert feet[0] == 100
    assert feet[1:] == pytest.approx(heads[:-1], abs=0.02)
    assert [entry.label for entry in chart.legend] == list(reversed(GROUPS.values()))


def test_heights_stand_on_the_scale_of_the_ticks():
    chart = stacked_columns([week("A", 600, 0, 0, 0), week("B", 300, 0, 0, 0)], title="Hours")

    first, second = marks(chart.svg, series="unregistered")
    top = max(float(tick.get("data-value")) for tick in parsed(chart.svg).findall("g[@data-value]"))
    assert box(first)[3] == pytest.approx(100 * 600 / top, abs=0.02)
    assert box(first)[3] == pytest.approx(2 * box(second)[3], abs=0.02)


def test_summary_gives_whole_and_shares():
    chart = stacked_columns([week("A", 300, 180, 60, 60)], title="Hours by kind of work")

    assert chart.summary == (
        "In all 10 h: unregistered 50%, case work 30%, partnership 10% and overhead 10%."
    )
    assert named(chart.svg) == ["Hours by kind of work", chart.summary]


def test_last_column_has_its_name_its_total_and_its_note():
    chart = stacked_columns(
        [week("16 Nov", 60, 0, 0, 0), week("23 Nov", 75, 0, 0, 0, note="so far")], title="Hours"
    )

    assert texts(chart.svg)[-3:] == ["23 Nov", "1 h 15", "so far"]


def test_zero_and_missing_are_told_apart():
    chart = stacked_columns(
        [
            week("None", 0, 0, 0, 0),
            week("Missing", None, None, None, None),
            week("Some", 60, 0, 0, 0),
        ],
        title="Hours",
    )

    none, missing, _ = parsed(chart.svg).findall("g[@data-label]")
    assert [text.text for text in none.iter("text")] == ["None", "0"]
    assert [text.text for text in missing.iter("text")] == ["Missing", "–"]
    assert len(list(none.iter("rect"))) == 4
    assert list(missing.iter("rect")) == []
    assert [row[-1] for row in chart.table.rows] == ["0 min", "–", "1 h"]


@pytest.mark.parametrize("columns", [[], [week("A", 0, 0, 0, 0)], [week("A", *[None] * 4)]])
def test_nothing_to_draw_is_said_in_words(columns):
    chart = stacked_columns(columns, title="Hours")

    assert chart.is_empty
    assert chart.svg == ""
    assert chart.summary == "Nothing logged in this time."


def test_a_group_left_out_is_a_mistake_not_a_zero():
    with pytest.raises(KeyError):
        stacked_columns([Column("A", {"unregistered": 60})], title="Hours")


def test_other_series_than_the_four_groups():
    chart = stacked_columns(
        [Column("A", {"case": 3, "unregistered": 9, "not drawn": 100})],
        {"case": "With a case", "unregistered": "Without"},
        title="Sessions",
        unit="count",
    )

    assert values(chart.svg) == [3, 9]
    assert chart.table.rows == (("A", "3", "9", "12"),)


def test_on_a_phone_every_fourth_column_is_named_counted_from_the_last():
    chart = stacked_columns(twelve_weeks(), title="Hours")

    labels = [
        text
        for text in parsed(chart.svg).iter("text")
        if "column-label" in text.get("class", "") and text.text.startswith("W")
    ]
    always = [text.text for text in labels if "only-wide" not in text.get("class")]
    assert always == ["W4", "W8", "W12"]
    assert len(labels) == 12


def test_words_from_outside_are_escaped():
    chart = stacked_columns(
        [week("<b>&\"'", 60, 0, 0, 0, note="<i>")], {**GROUPS, "case": "<u>"}, title="<script>"
    )

    assert "<script>" not in chart.svg
    assert "<b>" not in chart.svg
    assert named(chart.svg)[0] == "<script>"
    assert parsed(chart.svg).find("g[@data-label]").get("data-label") == "<b>&\"'"


@given(st.lists(st.tuples(*[st.none() | st.integers(0, 10_000_000)] * 4), min_size=1, max_size=30))
def test_never_leaves_the_drawing(figures):
    chart = stacked_columns([week(f"W{i}", *f) for i, f in enumerate(figures)], title="Hours")

    if any(any(f) for f in figures):
        assert all(lies_within(mark) for mark in marks(chart.svg))
        assert sum(values(chart.svg)) == sum(value or 0 for f in figures for value in f)
    else:
        assert chart.is_empty
