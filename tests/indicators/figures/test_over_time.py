"""What a line of quarters says: its values, its breaks, its usual range."""

import datetime
from dataclasses import replace

import pytest

from eitrack.indicators.catalogue.definitions import BY_CODE
from eitrack.indicators.figures.drawings import control_chart, over_time
from eitrack.indicators.figures.over_time import (
    PeriodFigure,
    breaks_of,
    changeovers_of,
    quarters_until,
    usual_range_of,
    value_printed,
)
from eitrack.indicators.terms.figures import Coverage, ShownCell
from eitrack.indicators.terms.indicator import Change, Unit
from eitrack.indicators.terms.scope import Scope
from tests.factories.directory import ChangeoverFactory, FundingStreamFactory, TeamFactory
from tests.indicators.conftest import Q2, TODAY

SHARE, COUNT = BY_CODE["VIS-01"], BY_CODE["RCH-01"]
PEOPLE = replace(COUNT, unit=Unit.RANGE)
CHANGED = replace(
    SHARE, version=2, changes=(Change(2, datetime.date(2026, 1, 1), "travel is counted"),)
)


def lines(figures, covered=None):
    """The last quarters up to Q2 of 2026, one for each figure; `covered` of 100 days each."""
    covered = covered or [90] * len(figures)
    return [
        PeriodFigure(quarter, ShownCell("All", figure), Coverage(days, 100))
        for quarter, figure, days in zip(
            quarters_until(Q2, TODAY)[-len(figures) :], figures, covered, strict=True
        )
    ]


@pytest.mark.parametrize(
    ("unit", "text", "value"),
    [
        (Unit.PERCENT, "56%", 56),
        (Unit.COUNT, "1,230 e", 1230),
        (Unit.COUNT, "0", 0),
        (Unit.HOURS, "1,234 h", 74040),
        (Unit.RATIO, "2.9", 2.9),
        (Unit.DAYS, "2.5 working days", 2.5),
        (Unit.COUNT, "c", None),
        (Unit.COUNT, "x", None),
        (Unit.PERCENT, "–", None),
        (Unit.RANGE, "14 to 17 (grade A)", None),
    ],
)
def test_a_value_is_read_from_what_is_printed(unit, text, value):
    assert value_printed(unit, text) == value


def test_a_line_breaks_where_the_definition_changed():
    """1 January 2026 is the first day of the fourth quarter of 2025: third of these five."""
    found = breaks_of(CHANGED, lines(["50%"] * 5))

    assert [(each.index, each.reason) for each in found] == [
        (2, "definition version 2: travel is counted")
    ]
    assert breaks_of(SHARE, lines(["50%"] * 5)) == []


def test_recording_that_moved_by_more_than_ten_points_breaks_a_control_chart():
    series = lines(["50%"] * 4, [90, 80, 69, 90])

    found = breaks_of(SHARE, series, with_coverage=True)

    assert [(each.index, each.reason) for each in found] == [
        (2, "recording coverage 69% after 80%"),
        (3, "recording coverage 90% after 69%"),
    ]


def test_the_usual_range_begins_anew_with_a_definition():
    """Of eight quarters the last three follow the change: too few."""
    series = lines(["50%", "52%"] * 4)

    assert usual_range_of(SHARE, series).centre == 51
    assert usual_range_of(CHANGED, series) is None


def test_a_quarter_that_runs_or_is_hardly_recorded_says_nothing_of_what_is_usual():
    """Six quarters of 10 and 12 with mean 11; the first with 40 of 100 days, the last runs."""
    series = lines(["1", "10", "12", "10", "12", "10", "12", "3"], [40, *[90] * 7])
    series[-1] = replace(series[-1], is_provisional=True)

    found = usual_range_of(BY_CODE["RCH-01"], series)

    assert (found.centre, found.lower, found.upper) == pytest.approx((11, 5.68, 16.32))


def test_a_share_is_usual_up_to_a_hundred_percent():
    assert usual_range_of(SHARE, lines(["90%", "99%"] * 3)).upper == 100


def test_the_control_chart_prints_its_limits_and_their_formula():
    """10 and 12 in turn: mean 11, every difference 2, 2.66 × 2 = 5.32: 5.7 to 16.3."""
    chart = control_chart(BY_CODE["RCH-01"], lines(["10", "12"] * 3))

    assert [entry.label for entry in chart.legend] == [
        "Centre line 11.0",
        "Lower limit 5.7, upper limit 16.3",
        "Outside the limits",
    ]
    assert "± 2.66 × the mean difference" in chart.notes[-1]


def test_too_few_quarters_are_said_to_be_too_few():
    chart = control_chart(SHARE, lines(["50%", "c", "51%"]))

    assert chart.legend == ()
    assert chart.notes[-1].startswith("No usual range: it takes 6 known quarters")


def test_people_reached_are_drawn_as_ranges_never_as_one_number():
    chart = over_time(
        PEOPLE, lines(["14 to 17 (grade A)", "not known (grade D)", "90 to 120 or more"])
    )

    assert chart.table.headers == ("Quarter", "Attendances", "Grade")
    assert [row[1:] for row in chart.table.rows] == [
        ("14 to 17", "A"),
        ("not known", "D"),
        ("90 to 120 or more", "–"),
    ]


def test_a_quarter_that_nobody_recorded_is_missing_not_zero():
    figures = type("Figures", (), {"period": Q2, "is_provisional": False})
    figures.coverage = Coverage(0, 100)

    assert PeriodFigure.of(figures, ShownCell("All", "0")).cell.figure == "–"
    figures.coverage = Coverage(1, 100)
    assert PeriodFigure.of(figures, ShownCell("All", "0")).cell.figure == "0"


def test_every_change_of_a_definition_is_a_version():
    for indicator in BY_CODE.values():
        assert [each.version for each in indicator.changes] == list(range(2, indicator.version + 1))


@pytest.mark.django_db
class TestChangeovers:
    """1 September 2026 is a day of Q2 of 2026, the last of these quarters."""

    def line_of(self, *changeovers, figures=("10", "12") * 3):
        return [
            PeriodFigure.of(figures_of(line), line.cell, changeovers) for line in lines(figures)
        ]

    def test_a_new_name_is_marked_and_the_line_goes_on(self):
        renamed = ChangeoverFactory(
            team=TeamFactory(), name_before="North team", name_after="Hill team"
        )

        (mark,) = breaks_of(SHARE, self.line_of(renamed))

        assert (mark.index, mark.goes_on) == (5, True)
        assert mark.reason == "called Hill team, before that North team, since Tue 1 Sep 2026"

    def test_teams_that_merged_break_the_line(self):
        took_in = ChangeoverFactory(team=TeamFactory(), other=TeamFactory(name="South team"))

        (mark,) = breaks_of(SHARE, self.line_of(took_in))

        assert (mark.index, mark.goes_on) == (5, False)
        assert mark.reason == "with the people of South team, since Tue 1 Sep 2026"

    def test_the_usual_range_begins_anew_where_teams_merged_and_not_with_a_name(self):
        renamed = ChangeoverFactory(team=TeamFactory(), from_on=datetime.date(2026, 4, 1))
        took_in = ChangeoverFactory(
            team=TeamFactory(), other=TeamFactory(), from_on=datetime.date(2026, 4, 1)
        )
        figures = ("10", "12") * 3 + ("11",)

        assert usual_range_of(COUNT, self.line_of(renamed, figures=figures))
        assert usual_range_of(COUNT, self.line_of(took_in, figures=figures)) is None

    def test_those_of_a_scope_are_those_of_its_team_or_stream(self):
        team, stream = TeamFactory(), FundingStreamFactory()
        of_team = ChangeoverFactory(team=team)
        of_stream = ChangeoverFactory(funding_stream=stream)
        ChangeoverFactory(team=TeamFactory())

        assert changeovers_of(Scope.of(team)) == (of_team,)
        assert changeovers_of(Scope.of(stream)) == (of_stream,)
        assert changeovers_of(Scope.of(team.district)) == ()


def figures_of(line):
    made = type("Figures", (), {"period": line.period, "is_provisional": False})
    made.coverage = line.coverage
    return made
