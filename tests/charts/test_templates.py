import re

import pytest
from django.template.loader import render_to_string

from eitrack.charts.bars import Part, bars
from eitrack.charts.groups import GROUPS
from eitrack.charts.limits import Limits
from eitrack.charts.lines import Break, Point, control_line
from eitrack.charts.multiples import Panel, small_multiples
from eitrack.charts.paired import Measure, Row, paired_bars
from eitrack.charts.planned import Plan, planned_against_actual
from eitrack.charts.ranges import Range, range_bars
from eitrack.charts.stacked import Column, stacked_columns
from eitrack.charts.waterline import waterline

OPEN_AND_HIDDEN = range_bars(
    [Range("Playground", 12, grade="C"), Range("Drop-in", None, text="c")],
    title="People reached",
    note="Grade A is the surest.",
)


def rendered(chart, **context):
    return render_to_string("charts/chart.html", {"chart": chart, **context})


def mix(*figures, title="Hours"):
    return stacked_columns([Column("23 Nov", dict(zip(GROUPS, figures, strict=True)))], title=title)


def trend():
    return control_line(
        [Point("Q1", (5, "5")), Point("Q2", (None, "c")), Point("Q3", (9, "9"))],
        title="Sessions",
        limits=Limits((5, "5"), (2, "2"), (8, "8")),
        breaks=[Break(2, "new form")],
        note="Limits from the first eight quarters.",
    )


def panels(label="Abena", url=""):
    column = Column("23 Nov", dict(zip(GROUPS, (60, 30, 15, 5), strict=True)))
    return small_multiples(
        [Panel(label, [column], url=url), Panel("Bill", [column], text="1 h a week")],
        title="Hours, worker by worker",
    )


def people(label="Abena", url=""):
    measures = [Measure("Hours", "minutes"), Measure("Open cases", group="case")]
    return paired_bars([Row(label, (60, 3), url)], measures, title="Load")


@pytest.mark.parametrize(
    "chart",
    [
        waterline(330, {"unregistered": 600, "partnership": 190}),
        waterline(0, 0),
        mix(60, 30, 15, 5),
        mix(0, 0, 0, 0),
        trend(),
        OPEN_AND_HIDDEN,
        planned_against_actual([Plan("Library", 600, 720)], title="Hours at each host"),
        panels(),
        bars([Part("Parks", (3, "3")), Part("Homes", (None, "c"))], title="Sessions"),
        people(),
    ],
)
def test_no_inline_style_script_or_handler(chart):
    html = rendered(chart)

    assert not re.search(r"<(style|script)|\s(style|on\w+)=", html)
    assert chart.id in html


@pytest.mark.parametrize(
    "chart",
    [waterline(1, {"unregistered": 2, "partnership": 3}), mix(1, 2, 3, 4), trend(), panels()],
)
def test_every_id_is_unique_and_every_reference_is_kept(chart):
    html = rendered(chart)

    ids = re.findall(r'\sid="([^"]+)"', html)
    used = re.findall(r"url\(#([^)]+)\)", html)
    used += " ".join(re.findall(r'aria-labelledby="([^"]+)"', html)).split()
    assert len(ids) == len(set(ids))
    assert used
    assert set(used) <= set(ids)


def test_columns_come_with_their_table_and_legend():
    html = rendered(mix(135, 60, 0, 0))

    assert "<summary>Show figures</summary>" in html
    assert "<td>2 h 15</td>" in html
    for word in GROUPS.values():
        assert f" {word}</li>" in html


def test_what_one_must_know_of_a_line_stands_below_it():
    html = rendered(trend())

    assert "<li>A, from Q3: new form</li>" in html
    assert "<li>Limits from the first eight quarters.</li>" in html
    assert "<td>outside the limits (above)</td>" in html


def test_a_range_is_words_beside_a_bar_and_a_symbol_has_its_word():
    html = rendered(OPEN_AND_HIDDEN)

    assert "<span>12 or more</span><svg" in html
    assert "<td>C</td>" in html
    assert 'c<span class="symbol-word"> hidden: too few are behind it' in html
    assert "<li>Grade A is the surest.</li>" in html


def test_planned_and_actual_have_a_key_and_their_difference_in_words():
    html = rendered(planned_against_actual([Plan("Library", 600, 720)], title="Hours"))

    assert " Planned</li>" in html
    assert " Actual</li>" in html
    assert "<span>12 h of 10 h planned</span><svg" in html
    assert "<td>2 h more than planned</td>" in html


def test_each_panel_has_its_name_and_figure_beside_it():
    html = rendered(panels(url="/teams/north/workers/4/"))

    assert '<a href="/teams/north/workers/4/">Abena</a>\n          <b>1 h 50</b>' in html
    assert "Bill\n          <b>1 h a week</b>" in html
    assert html.count("<pattern") == 3
    assert "One scale for all: the line at the top of each is 2 h." in html


def test_an_empty_chart_is_its_sentence():
    html = rendered(mix(0, 0, 0, 0))

    assert "Nothing logged in this time." in html
    assert "<svg" not in html
    assert "<table" not in html


def test_title_is_left_out_where_a_heading_says_it():
    assert "chart-title" in rendered(mix(60, 0, 0, 0))
    assert "chart-title" not in rendered(mix(60, 0, 0, 0), is_titled=True)


def test_quiet_waterline_is_one_line_with_the_same_mark():
    chart = waterline(330, 790, when="This week")

    quiet, full = rendered(chart, is_quiet=True), rendered(chart)

    assert chart.svg in quiet
    assert chart.svg in full
    assert chart.summary in quiet
    assert "<figure" not in quiet
    assert "<b>5 h 30</b> what a case count shows" in full


def test_words_from_outside_are_escaped():
    html = "".join(
        rendered(chart)
        for chart in (
            people(label="<b>O'Hara</b>", url='/x/?a="b"'),
            panels(label="<b>O'Hara</b>", url='/x/?a="b"'),
            mix(60, 0, 0, 0, title="<i>Hours</i>"),
        )
    )

    assert "<b>O" not in html
    assert "<i>" not in html
    assert '"b"' not in html


def test_a_name_links_to_its_page():
    assert '<a href="/teams/north/workers/4/">Abena</a>' in rendered(
        people(url="/teams/north/workers/4/")
    )
