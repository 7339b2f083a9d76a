import pytest
from hypothesis import given
from hypothesis import strategies as st

from eitrack.charts.limits import Limits
from eitrack.charts.lines import Break, Point, control_line
from tests.charts.reading import at_height, named, parsed, texts, top_of

LIMITS = Limits(centre=(50, "50%"), lower=(40, "40%"), upper=(60, "60%"))


def share(value):
    return (value, f"{value:g}%") if value is not None else (None, "–")


def line(*values, **options):
    points = [Point(f"Q{i}", share(value)) for i, value in enumerate(values, start=1)]
    return control_line(points, title="Share", unit="percent", **options)


def drawn_points(svg):
    """[(x, value read from its height, value written on it)] of every point drawn."""
    found = [
        mark
        for group in parsed(svg).findall("g[@class='point']")
        for mark in group
        if mark.get("data-value") is not None
    ]
    places = [(m.get("cx") or m.get("x"), m.get("cy") or m.get("y")) for m in found]
    return [
        (float(x.removesuffix("%")), at_height(svg, y), float(mark.get("data-value")))
        for (x, y), mark in zip(places, found, strict=True)
    ]


def pieces(svg):
    """The pieces of the line: [(value at its left end, value at its right end)]."""
    return [
        (round(at_height(svg, piece.get("y1")), 1), round(at_height(svg, piece.get("y2")), 1))
        for piece in parsed(svg).findall("line[@class='line-piece']")
    ]


def outside(svg):
    return [
        (float(mark.get("data-value")), mark.get("data-outside"))
        for mark in parsed(svg).iter("svg")
        if mark.get("data-outside")
    ]


def test_figures_can_be_read_back_from_their_heights():
    chart = line(44, 0, 61.5, 80)

    assert [value for _, value, _ in drawn_points(chart.svg)] == pytest.approx(
        [44, 0, 61.5, 80], abs=0.02
    )
    assert [written for _, _, written in drawn_points(chart.svg)] == [44, 0, 61.5, 80]
    assert pieces(chart.svg) == [(44, 0), (0, 61.5), (61.5, 80)]


def test_points_stand_one_period_apart():
    steps = [x for x, _, _ in drawn_points(line(*[5] * 8).svg)]

    assert steps == pytest.approx([12.5 * (i + 0.5) for i in range(8)], abs=0.01)


def test_a_missing_figure_breaks_the_line_and_is_not_zero():
    chart = line(44, 46, None, 48, 50)

    assert pieces(chart.svg) == [(44, 46), (48, 50)]
    assert [value for _, _, value in drawn_points(chart.svg)] == [44, 46, 48, 50]
    gap = parsed(chart.svg).find("g[@data-label='Q3']")
    assert [text.text for text in gap.iter("text")] == ["Q3", "–"]
    assert chart.table.rows[2] == ("Q3", "–")


def test_a_figure_not_shown_has_its_word_in_its_place():
    points = [Point("Q1", (None, "c")), Point("Q2", (7, "7")), Point("Q3", (None, "c"))]

    chart = control_line(points, title="People", period_header="Quarter", figure_header="People")

    assert texts(chart.svg)[-5:] == ["Q1", "c", "Q2", "Q3", "c"]
    assert chart.table.headers == ("Quarter", "People")
    assert chart.table.rows == (("Q1", "c"), ("Q2", "7"), ("Q3", "c"))
    assert chart.summary == "Latest c, Q3; 2 of 3 without a figure."


def test_limits_lie_at_their_values_and_are_named():
    chart = line(44, 50, limits=LIMITS, note="Centre line plus and minus 2.66 mean ranges.")

    levels = parsed(chart.svg).findall("line[@data-limit]")
    assert [round(at_height(chart.svg, level.get("y1")), 1) for level in levels] == [50, 40, 60]
    assert [float(level.get("data-limit")) for level in levels] == [50, 40, 60]
    assert [entry.label for entry in chart.legend] == [
        "Centre line 50%",
        "Lower limit 40%, upper limit 60%",
        "Outside the limits",
    ]
    assert chart.notes == ("Centre line plus and minus 2.66 mean ranges.",)


def test_the_scale_reaches_a_limit_above_every_figure():
    assert top_of(line(5, 6, limits=Limits(upper=(90, "90%"))).svg) >= 90


def test_points_outside_the_limits_have_another_shape_and_their_words():
    chart = line(60, 61, 40, 39, None, limits=LIMITS)

    assert outside(chart.svg) == [(61, "above"), (39, "below")]
    assert len(list(parsed(chart.svg).iter("circle"))) == 2
    assert chart.table.headers == ("Quarter", "Figure", "Against the limits")
    assert [row[2] for row in chart.table.rows] == [
        "within the limits",
        "outside the limits (above)",
        "within the limits",
        "outside the limits (below)",
        "–",
    ]


def test_a_limit_left_out_leaves_nobody_outside():
    chart = line(1, 99, limits=Limits(centre=(50, "50%"), upper=(99, "99%")))

    assert outside(chart.svg) == []
    assert [entry.label for entry in chart.legend][:2] == ["Centre line 50%", "Upper limit 99%"]


def test_a_centre_line_alone_bounds_nothing():
    chart = line(1, 99, limits=Limits(centre=(50, "50%")))

    assert [entry.label for entry in chart.legend] == ["Centre line 50%"]
    assert chart.table.headers == ("Quarter", "Figure")
    assert chart.summary == "From 1% to 99%; latest 99%, Q2."


def test_without_limits_nothing_is_said_of_them():
    chart = line(1, 99)

    assert chart.legend == ()
    assert "limit" not in chart.summary + chart.svg


def test_a_break_has_a_rule_a_letter_and_its_reason():
    chart = line(10, 20, 30, 40, breaks=[Break(3, "new form"), Break(1, "travel left out")])

    rules = parsed(chart.svg).findall("g[@class='line-break']")
    assert [rule.find("text").text for rule in rules] == ["A", "B"]
    between = [float(rule.find("line").get("x1").removesuffix("%")) for rule in rules]
    xs = [x for x, _, _ in drawn_points(chart.svg)]
    assert xs[0] < between[0] < xs[1] < xs[2] < between[1] < xs[3]
    assert chart.notes == ("A, from Q2: travel left out", "B, from Q4: new form")
    assert [row[-1] for row in chart.table.rows] == ["", "A: travel left out", "", "B: new form"]


def test_two_breaks_at_one_place_share_a_rule():
    chart = line(10, 20, 30, breaks=[Break(1, "new form"), Break(1, "another name")])

    (rule,) = parsed(chart.svg).findall("g[@class='line-break']")
    assert rule.find("text").text == "A, B"
    assert chart.notes == ("A, from Q2: new form", "B, from Q2: another name")


def test_the_line_does_not_run_across_a_break():
    assert pieces(line(10, 20, 30, 40, breaks=[Break(2, "new form")]).svg) == [(10, 20), (30, 40)]


def test_the_line_runs_across_a_mark_after_which_it_goes_on():
    chart = line(10, 20, 30, breaks=[Break(2, "another name", goes_on=True)])

    assert pieces(chart.svg) == [(10, 20), (20, 30)]
    assert chart.notes == ("A, from Q3: another name",)
    assert len(parsed(chart.svg).findall("g[@class='line-break']")) == 1


def test_summary_gives_range_latest_and_how_many_are_outside_or_missing():
    chart = line(44, None, 65, limits=LIMITS)

    assert chart.summary == (
        "From 44% to 65%; latest 65%, Q3; 1 of 2 outside the limits; 1 of 3 without a figure."
    )
    assert named(chart.svg) == ["Share", chart.summary]
    assert line(44, 50, limits=LIMITS).summary.endswith("none of 2 outside the limits.")


def test_one_point_is_a_point_without_a_line():
    chart = line(44)

    assert len(drawn_points(chart.svg)) == 1
    assert pieces(chart.svg) == []
    assert chart.summary == "Latest 44%, Q1."


@pytest.mark.parametrize("values", [(), (None,), (None, None)])
def test_nothing_to_draw_is_said_in_words(values):
    chart = line(*values, limits=LIMITS)

    assert chart.is_empty
    assert chart.svg == ""
    assert chart.summary == "No figure in this time."


def test_the_last_period_has_its_figure_and_note_below():
    points = [Point("Q1", (5, "5")), Point("Q2", (6, "6"), name="Quarter 2", note="so far")]

    chart = control_line(points, title="Sessions")

    assert texts(chart.svg)[-3:] == ["Q2", "6", "so far"]
    assert chart.table.rows[1][0] == "Quarter 2 (so far)"


def test_a_long_name_is_cut_in_the_picture_and_whole_in_the_table():
    name = "The quarter in which everything happened at once"

    chart = control_line([Point(name, (5, "5"))], title="Sessions")

    assert "The quarter…" in texts(chart.svg)
    assert chart.table.rows == ((name, "5"),)


def test_of_twenty_periods_every_second_is_named():
    named_periods = [text for text in texts(line(*range(20)).svg) if text.startswith("Q")]

    assert named_periods == [f"Q{i}" for i in range(2, 21, 2)]


def test_words_from_outside_are_escaped():
    chart = control_line(
        [Point("<b>", (5, "<i>"), note="<u>"), Point("Q2", (None, "<s>"))],
        title="<script>",
        limits=Limits(upper=(4, "<q>")),
        breaks=[Break(1, "<p>")],
    )

    drawing = chart.svg + "".join(entry.swatch for entry in chart.legend)
    assert not any(f"<{tag}>" in drawing for tag in ("b", "i", "u", "s", "q", "p", "script"))
    assert named(chart.svg)[0] == "<script>"


@given(st.lists(st.none() | st.integers(0, 10**7), min_size=1, max_size=20))
def test_every_figure_is_drawn_at_its_height_and_only_those(values):
    chart = control_line(
        [Point(f"Q{i}", (value, str(value))) for i, value in enumerate(values)], title="Sessions"
    )

    known = [value for value in values if value is not None]
    if not known:
        assert chart.is_empty
        return
    read = drawn_points(chart.svg)
    assert [written for _, _, written in read] == known
    assert [value for _, value, _ in read] == pytest.approx(known, abs=top_of(chart.svg) * 1e-4)
    assert all(0 <= x <= 100 for x, _, _ in read)
    assert len(chart.table.rows) == len(values)
