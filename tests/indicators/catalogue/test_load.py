"""Load, recording and funding: each indicator worked by hand in the docstring."""

import datetime

import pytest

from eitrack.activities.models import Commitment, DayStatus
from eitrack.directory.models import Absence
from eitrack.indicators.disclosure.apportion import apportion
from eitrack.indicators.figures.access import figures_of as published_of
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.terms.figures import Coverage
from eitrack.indicators.terms.scope import Scope
from eitrack.indicators.terms.words import shown
from tests.factories.accounts import UserFactory
from tests.factories.activities import SeriesFactory
from tests.factories.cases import CaseFactory, LevelSpellFactory
from tests.factories.directory import (
    AgencyFactory,
    ContractFactory,
    FundingStreamFactory,
    PlacementFactory,
)
from tests.indicators.conftest import Q2, TODAY
from tests.indicators.examples import worked_example

pytestmark = pytest.mark.django_db


def day(number, month=9):
    return datetime.date(2026, month, number)


def test_vis_04_consultations_for_each_full_time_worker(service, figures_of, held, full_time):
    """Six consultations, five of Ann's and one of Cem's: 6 by 2.5 FTE = 2.4; North 5 by 1.5."""
    for number in range(1, 6):
        held(kind="consultation_family", date=day(number))
    held(service.cem, kind="consultation_professional")

    total, rows = figures_of("VIS-04", by="team")

    assert total.beside.value == pytest.approx(2.4)
    assert rows[service.north.pk].beside.value == pytest.approx(5 / 1.5)


class TestVis05Recording:
    @worked_example("VIS-05")
    def test_worked_example(self, service, figures_of, held, full_time):
        """65 working days each for three. Ann has records on four, one of them twice, and was away
        on two days; Ben says of one that there is nothing to log and of one that he did not work.
        N = 4 + 1, D = (65 - 2) + (65 - 1) + 65 = 192. Four of five entries were made in time.
        """
        for number in (14, 15, 16, 17, 17):
            held(date=day(number)).time_entries.update(is_late=number == 14)
        Absence.objects.create(worker=service.ann.worker, from_on=day(1), until_on=day(2))
        for number, mark in ((1, "nothing_to_log"), (2, "not_worked")):
            DayStatus.objects.create(worker=service.ben.worker, date=day(number), mark=mark)

        total, rows = figures_of("VIS-05", by="team")

        assert (total.numerator, total.denominator) == (5, 192)
        assert (total.beside.numerator, total.beside.denominator) == (4, 5)
        assert (rows[service.south.pk].numerator, rows[service.south.pk].denominator) == (0, 65)

    def test_in_time_is_out_of_everybodys_entries(self, service, figures_of, held):
        """No day is expected of a manager, but what a manager logs late is late."""
        held().time_entries.update(is_late=False)
        manager = PlacementFactory(worker=UserFactory(manager=True), team=service.north)
        held(manager).time_entries.update(is_late=True)

        total, rows = figures_of("VIS-05", by="team")

        assert (total.beside.numerator, total.beside.denominator) == (1, 2)
        assert rows[service.north.pk].beside.denominator == 2


class TestLod01Workload:
    @worked_example("LOD-01")
    def test_worked_example(self, service, figures_of, full_time):
        """Ann: 15 + two cases of level 2 (8) + one of level 3 with travel (7) + weekly drop-in (9)
        + panel (2) = 41 of 100. Ben, half time: 7.5 + a case without level (4) = 11.5 of 50. Cem:
        15 of 100, and 0 for a commitment that has ended. 67.5 of 250; North 52.5 of 150.
        """
        for level in (2, 2, 3):
            case = CaseFactory(allocated_to=service.ann, has_long_travel=level == 3)
            LevelSpellFactory(case=case, level=level)
        CaseFactory(allocated_to=service.ben)
        SeriesFactory(led_by=service.ann.worker)
        Commitment.objects.create(worker=service.ann.worker, kind="panel", from_on=day(1))
        Commitment.objects.create(
            worker=service.cem.worker, kind="panel", from_on=day(1), until_on=day(29)
        )

        total, rows = figures_of("LOD-01", by="team")

        assert (total.numerator, total.denominator) == (67.5, 250)
        north = rows[service.north.pk]
        assert (north.numerator, north.denominator) == (52.5, 150)

    def test_in_the_first_year_there_is_room_for_90(self, service, figures_of):
        ContractFactory(worker=service.ann.worker, first_year_until_on=day(30))

        total, _ = figures_of("LOD-01")

        assert (total.denominator, total.known, total.asked) == (90, 1, 3)


@worked_example("LOD-02")
def test_lod_02_direct_share_splits_a_contract_among_hats(service, figures_of, held, full_time):
    """65 days of 432 minutes. Ann's second hat, in the South team, has a third of her planned
    hours: 28 080 minutes are 18 720 in the North and 9 360 in the South; Cem's 28 080 are all in
    the South, Ben's 14 040 in the North. Direct: 600 + 60 in the North, 300 in the South.
    """
    second = PlacementFactory(worker=service.ann.worker, team=service.south, planned_minutes=1080)
    held(minutes=600)
    held(minutes=500, kind="overhead")
    held(service.ben, minutes=60)
    held(second, minutes=100)
    held(second, minutes=80, kind="meeting_service")
    held(service.cem, minutes=200)

    total, rows = figures_of("LOD-02", by="team")

    assert (total.numerator, total.denominator) == (960, pytest.approx(70_200))
    north, south = rows[service.north.pk], rows[service.south.pk]
    assert (north.numerator, north.denominator) == (660, pytest.approx(32_760))
    assert (south.numerator, south.denominator) == (300, pytest.approx(37_440))


@worked_example("LOD-03", "LOD-04")
def test_lod_03_and_lod_04_hats_and_hosts(service, figures_of, held):
    """Ann has three hats: 300 minutes, 100 at a school (planned a third of each week with 1080 to
    2160), and 20 in a third, planned without hours. Ben has one, Cem logged nothing in four weeks.

    LOD-03: hats used 2 + 1 = 3 of 2 workers, 20 minutes are ignored; spreads 1 - 0.75² - 0.25²
    = 0.375 and 0, median 0.1875. LOD-04: own team 320 of 420, planned two thirds; one worker with
    two hosts, the difference 320/420 - 2/3.
    """
    school = PlacementFactory(
        worker=service.ann.worker, team=service.north, host=AgencyFactory(), planned_minutes=1080
    )
    third = PlacementFactory(worker=service.ann.worker, team=service.north, planned_minutes=0)
    held(minutes=200)
    held(minutes=100, date=day(16))
    held(school, minutes=100)
    held(third, minutes=20)
    held(service.ben, minutes=60)
    held(service.cem, minutes=60, date=day(1, month=8))

    spread, spread_rows = figures_of("LOD-03", by="team")
    split, _ = figures_of("LOD-04")

    assert (spread.numerator, spread.denominator, spread.asked) == (3, 2, 3)
    assert spread.beside.value == pytest.approx(0.1875)
    assert spread_rows[service.south.pk].value is None
    assert (split.value, split.denominator) == (pytest.approx(320 / 420 - 2 / 3), 1)


def test_lod_04_own_teams_are_two_hosts(service, figures_of, held, full_time):
    """Ann, half in each team and at no agency, logs an hour in the North: half the time is apart.

    In the South it is a host of hers too, planned with 720 of 1,440 minutes.
    """
    service.ann.planned_minutes = 720
    service.ann.save()
    PlacementFactory(worker=service.ann.worker, team=service.south, planned_minutes=720)
    held(minutes=60)

    split, _ = figures_of("LOD-04")

    assert (split.value, split.denominator) == (pytest.approx(0.5), 1)


@worked_example("FND-01", all_known="Every time entry has its minutes, its kind and its stream.")
def test_fnd_01_hours_by_the_stream_on_the_entry(service, figures_of, held, joined):
    """Seven records: Ann 60, Cem 60 on the same (joint), Ann 120, Ben 60 on another's stream, Cem
    15 + 15 travel; supervision 500 and a void hour are left out. 330 minutes: 180 of Ann's stream,
    60 of the grant, 90 of Cem's.
    """
    grant = FundingStreamFactory()
    joined(held(minutes=60), service.cem, 60)
    held(minutes=120, kind="partner_liaison")
    held(service.ben, minutes=60, funding_stream=grant)
    talk = held(service.cem, minutes=15, kind="consultation_family")
    talk.time_entries.update(travel_minutes=15)
    held(service.ben, minutes=500, kind="overhead")
    held(void=True)

    total, rows = figures_of("FND-01", by="funding_stream")

    assert total.value == 330
    assert rows[service.ann.funding_stream_id].beside.value == 180 / 330
    assert rows[grant.pk].beside.value == 60 / 330
    assert rows[service.cem.funding_stream_id].value == 90


@worked_example("FND-02")
def test_fnd_02_funding_horizon(service, figures_of):
    """Six hats of a full week, on 30 September: ends 30 March (at risk), 31 March (not), ended in
    August (at risk), renewed to 2028 (not), renewed to December only (at risk), no end: 3 of 6.
    """
    streams = [
        {"ends_on": datetime.date(2027, 3, 30)},
        {"ends_on": datetime.date(2027, 3, 31)},
        {"ends_on": day(31, month=8)},
        {"ends_on": day(31, month=8), "renewed_until_on": datetime.date(2028, 3, 31)},
        {"ends_on": day(31, month=8), "renewed_until_on": day(31, month=12)},
    ]
    for hat, facts in zip((service.ann, service.ben, service.cem), streams, strict=False):
        type(hat.funding_stream).objects.filter(pk=hat.funding_stream_id).update(**facts)
    for facts in (*streams[3:], {}):
        PlacementFactory(team=service.north, funding_stream=FundingStreamFactory(**facts))

    total, _ = figures_of("FND-02")

    assert (total.numerator, total.denominator) == (3, 6)


def test_c3_a_joint_session_counts_once_and_time_once_per_worker(service, figures_of, held, joined):
    """2 workers of two teams, 120 and 90 minutes, 9 adults, 7 children: 1 session, 16, 3.5 h."""
    joined(held(minutes=120, attendance=16, adults=9, children=7), service.cem, 90)

    sessions, _ = figures_of("VIS-02", by="team")
    people, by_team = figures_of("RCH-01", by="team")

    assert (sessions.value, people.value, figures_of("FND-01")[0].value) == (1, 16, 3.5 * 60)
    assert [parts.value for parts in by_team.values()] == [16, 16]


def test_c19_figures_go_by_the_day_of_the_activity(figures_of, held):
    late = held(date=day(30), attendance=9)
    late.time_entries.update(recorded_at=datetime.datetime(2026, 11, 2, tzinfo=datetime.UTC))

    assert figures_of("RCH-01")[0].value == 9


def test_c20_below_80_percent_coverage_is_low():
    assert Coverage(79, 100).is_low
    assert not Coverage(80, 100).is_low
    assert not Coverage(0, 0).is_low


@pytest.mark.parametrize(
    ("total", "minutes", "shares"),
    [
        (16, {"north": 60, "south": 60}, {"north": 8, "south": 8}),
        (16, {"north": 120, "south": 90}, {"north": 9, "south": 7}),
        (10, {"a": 1, "b": 1, "c": 1}, {"a": 4, "b": 3, "c": 3}),
        (5, {"a": 0, "b": 0}, {"a": 3, "b": 2}),
        (5, {}, {}),
    ],
)
def test_c21_shares_of_a_joint_session_add_up(total, minutes, shares):
    assert apportion(total, minutes) == shares


def test_c20_counts_of_a_team_with_gaps_say_at_least(service, held, full_time):
    """Of 65 days North has one record: its count is a least one; a share is none."""
    held(attendance=14)

    figures = evaluate(Scope.of(service.north), Q2, today=TODAY)
    lines = {each.indicator.code: each.total.figure for each in shown(figures)}

    assert lines["RCH-01"] == "at least 14"
    assert lines["VIS-01"] == "100%"
    assert lines["OUT-01"] == "not yet collected"


def test_the_load_of_fewer_than_five_workers_is_not_published(service, held, full_time):
    held(minutes=60)

    published = published_of(Scope.of(service.north.district), Q2, "team", today=TODAY)
    lines = {each.indicator.code: each for each in published.shown}

    assert lines["LOD-01"].total.figure == lines["LOD-03"].total.figure == "c"
    assert {row.figure for row in lines["LOD-01"].rows} == {"c"}


def test_hours_of_a_hidden_stream_cannot_be_told_by_subtraction(service, held):
    """10 h rest on one worker, 25 h and 45 h on five each. 25 h are hidden too; and 45 h, as who
    worked the 10 h could tell the 25 h (D17.4)."""
    for hours in (5, 9):
        stream = FundingStreamFactory()
        for _ in range(5):
            held(PlacementFactory(team=service.north, funding_stream=stream), minutes=hours * 60)
    held(minutes=600)

    scope = Scope.of(service.north.district)
    published = published_of(scope, Q2, "funding_stream", today=TODAY)
    rows = next(each.rows for each in published.shown if each.indicator.code == "FND-01")

    assert sorted(row.figure for row in rows) == ["c", "c", "c"]
