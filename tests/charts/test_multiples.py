import pytest
from hypothesis import given
from hypothesis import strategies as st

from eitrack.charts.geometry import round_ticks
from eitrack.charts.groups import GROUPS
from eitrack.charts.multiples import Panel, small_multiples
from eitrack.charts.stacked import Column
from tests.charts.reading import box, lies_within, marks, parsed, texts

SESSIONS = {"plain": "Sessions"}


def sessions(label, *values, **words):
    return Panel(
        label, [Column(f"W{i}", {"plain": v}) for i, v in enumerate(values, start=1)], **words
    )


def counted(*panels):
    return small_multiples(panels, SESSIONS, title="Sessions", unit="count")


def mixed(label, *weeks):
    return Panel(
        label,
        [
            Column(f"W{i}", dict(zip(GROUPS, week, strict=True)), name=f"Week {i}")
            for i, week in enumerate(weeks, start=1)
        ],
    )


def heights(panel, top):
    """What the heights of a panel's columns stand for."""
    return [round(box(mark)[3] * top / 100, 1) for mark in marks(panel.svg)]


def test_figures_can_be_read_back_on_one_scale_for_all():
    chart = counted(sessions("Abena", 10, 40), sessions("Bill", 2, 5))

    assert [heights(panel, top=40) for panel in chart.panels] == [[10, 40], [2, 5]]
    assert [panel.label for panel in chart.panels] == ["Abena", "Bill"]
    assert chart.notes == ("One scale for all: the line at the top of each is 40.",)


def test_groups_lie_on_each_other_in_stack_order():
    chart = small_multiples([mixed("Abena", (600, 300, 0, 300))], title="Hours")

    (panel,) = chart.panels
    found = {
        group.get("data-series"): [box(rect) for rect in group.findall("rect")]
        for group in parsed(panel.svg).findall("g/g")
    }
    assert list(found) == list(GROUPS)
    assert found["partnership"] == []
    assert [found[key][0][1:4:2] for key in ("unregistered", "case", "overhead")] == [
        [50, 50],
        [25, 25],
        [0, 25],
    ]
    assert [entry.label for entry in chart.legend] == list(reversed(GROUPS.values()))


def test_one_table_holds_every_figure_of_every_panel():
    chart = small_multiples(
        [mixed("Abena", (60, 30, 0, None), (60, 0, 0, 15)), mixed("Bill", *[[None] * 4] * 2)],
        title="Hours",
    )

    assert chart.table.headers == ("Worker", *GROUPS.values(), "All")
    assert chart.table.rows == (
        ("Abena, Week 1", "1 h", "30 min", "0 min", "–", "at least 1 h 30"),
        ("Abena, Week 2", "1 h", "0 min", "0 min", "15 min", "1 h 15"),
        ("Abena, in all", "2 h", "30 min", "0 min", "at least 15 min", "at least 2 h 45"),
        ("Bill, Week 1", *["–"] * 5),
        ("Bill, Week 2", *["–"] * 5),
        ("Bill, in all", *["–"] * 5),
    )


def test_of_one_measure_the_table_has_one_column():
    chart = counted(sessions("Abena", 1200, 3))

    assert chart.table.headers == ("Worker", "Sessions")
    assert chart.table.rows == (
        ("Abena, W1", "1,200"),
        ("Abena, W2", "3"),
        ("Abena, in all", "1,203"),
    )
    assert chart.legend == ()


def test_a_panel_has_its_own_figure_in_words_or_its_sum():
    chart = counted(
        sessions("Abena", 1, 2), sessions("Bill", 4, None), sessions("Cara", 0, 0, text="away")
    )

    assert [panel.text for panel in chart.panels] == ["3", "at least 4", "away"]


def test_missing_has_a_dash_and_zero_nothing():
    chart = counted(sessions("Abena", 0, None, 7))

    (panel,) = chart.panels
    assert heights(panel, top=8) == [7]
    assert texts(panel.svg) == ["–", "W1", "W3"]
    (dash,) = parsed(panel.svg).findall("text[@data-missing]")
    assert dash.get("data-missing") == "1"


def test_drawings_are_not_read_out_since_words_and_table_say_it_all():
    chart = counted(sessions("Abena", 1), sessions("Bill", 2))

    assert [parsed(panel.svg).get("aria-hidden") for panel in chart.panels] == ["true", "true"]


def test_one_panel_of_one_period():
    chart = counted(sessions("Abena", 4))

    assert heights(chart.panels[0], top=4) == [4]
    assert texts(chart.panels[0].svg) == ["W1"]
    assert chart.summary == "In all 4."


def test_summary_of_several_groups_gives_their_shares():
    chart = small_multiples(
        [mixed("Abena", (60, 60, 0, 0)), mixed("Bill", (60, 0, 60, 0))], title="Hours"
    )

    assert chart.summary == (
        "In all 4 h: unregistered 50%, case work 25%, partnership 25% and overhead 0%."
    )


@pytest.mark.parametrize(
    "panels", [[], [sessions("Abena", 0, 0)], [sessions("Abena", None)], [sessions("Abena")]]
)
def test_nothing_to_draw_is_said_in_words(panels):
    chart = counted(*panels)

    assert chart.is_empty
    assert chart.summary == "Nothing logged in this time."


def test_panels_of_unlike_length_are_a_mistake():
    with pytest.raises(ValueError, match="same periods"):
        counted(sessions("Abena", 1, 2), sessions("Bill", 1))


def test_long_names_stay_whole_beside_the_drawing_and_long_periods_are_cut_in_it():
    name = "Saint Bartholomew's-on-the-Hill Primary School"

    chart = counted(Panel(name, [Column("The week of the festival", {"plain": 3})]))

    assert chart.panels[0].label == name
    assert texts(chart.panels[0].svg) == ["The week of…"]
    assert chart.table.rows[0][0] == f"{name}, The week of the festival"


week = st.tuples(*[st.none() | st.integers(0, 10**6)] * 4)


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.lists(st.lists(week, min_size=n, max_size=n), min_size=1, max_size=6)
    )
)
def test_every_height_stands_for_its_figure_and_never_leaves_the_drawing(people):
    chart = small_multiples(
        [mixed(f"Worker {i}", *weeks) for i, weeks in enumerate(people)], title="Hours"
    )

    highest = max(sum(value or 0 for value in week) for weeks in people for week in weeks)
    top = round_ticks(highest, "minutes")[-1]
    assert chart.is_empty == (highest == 0)
    assert len(chart.panels) == (len(people) if highest else 0)
    for panel, weeks in zip(chart.panels, people, strict=bool(highest)):
        drawn = marks(panel.svg)
        wanted = [week[place] for place in range(4) for week in weeks if week[place]]
        assert [float(mark.get("data-value")) for mark in drawn] == wanted
        assert [box(mark)[3] for mark in drawn] == pytest.approx(
            [100 * value / top for value in wanted], abs=0.01
        )
        assert all(lies_within(mark) for mark in drawn)
