"""What a funder's money was spent on: hours, shares, sessions shared out by minutes."""

import datetime

import pytest

from eitrack.common.periods import Period
from eitrack.indicators.disclosure.decided import UNDECIDED
from eitrack.indicators.figures.decided import decided_now
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.release.funder import funder_years
from eitrack.indicators.terms.scope import Scope
from tests.factories.activities import ActivityFactory, TimeEntryFactory
from tests.factories.directory import (
    DistrictFactory,
    FundingStreamFactory,
    PlacementFactory,
    TeamFactory,
)

TODAY = datetime.date(2026, 11, 23)
YEARS = [Period.year(2024), Period.year(2025)]
IN_2024 = datetime.date(2024, 6, 3)
IN_2025 = datetime.date(2025, 6, 2)

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(db):
    return TeamFactory(name="North", slug="north")


@pytest.fixture
def bridge(team):
    """A stream with five workers, as hours of fewer are not printed."""
    return stream_of("Bridge fund", 5, team)


@pytest.fixture
def council(team):
    return stream_of("Council", 5, team)


def stream_of(name, workers, team):
    stream = FundingStreamFactory(name=name, slug=name.split()[0].lower())
    stream.hats = [PlacementFactory(team=team, funding_stream=stream) for _ in range(workers)]
    return stream


def by_all(stream, date, minutes=60, **fields):
    """One activity of each worker of the stream."""
    return [ActivityFactory(by=hat, date=date, minutes=minutes, **fields) for hat in stream.hats]


def years_of(stream, years=YEARS):
    scope = Scope.of(DistrictFactory())
    decisions = {each.code: decided_now(scope, each, today=TODAY) for each in years}
    return {each.period.code: each for each in funder_years(stream, scope, years, decisions)}


class TestHours:
    """Five workers each: Bridge 5 x 60 min at drop-ins and 5 x 30 of advice, 7.5 h; Council
    5 x 90 at drop-ins, 7.5 h. Bridge is half of 15 h."""

    @pytest.fixture
    def year(self, bridge, council):
        by_all(bridge, IN_2025, 60, attendance=10)
        by_all(bridge, IN_2025, 30, kind="consultation_professional")
        by_all(council, IN_2025, 90, attendance=10)
        by_all(bridge, IN_2025, 600, kind="overhead")

    def test_by_kind_of_work_and_their_share(self, year, bridge):
        found = years_of(bridge)["2025"]

        assert (found.hours, found.share) == ("8 h", "50%")
        assert found.kinds == {"drop_in": "5 h", "consultation_professional": "2 h"}

    def test_they_are_those_of_the_catalogue(self, year, bridge):
        """FND-01 by funding stream says the same minutes."""
        scope = Scope.of(DistrictFactory())

        parts = evaluate(scope, Period.year(2025), "funding_stream", today=TODAY).cells["FND-01"]

        assert parts[bridge.pk].numerator == 450

    def test_years_stand_side_by_side(self, year, bridge):
        by_all(bridge, IN_2024, 120, attendance=3)

        found = years_of(bridge)

        assert [each.hours for each in found.values()] == ["10 h", "8 h"]
        assert [each.share for each in found.values()] == ["100%", "50%"]

    def test_a_year_without_any_has_nothing_to_divide(self, bridge):
        found = years_of(bridge)["2025"]

        assert (found.hours, found.share, found.sessions, found.attendances) == (
            "0 h",
            "–",
            "0",
            "0",
        )
        assert found.kinds == {}

    def test_an_activity_s_own_stream_takes_the_place_of_the_hat_s(self, bridge, council):
        by_all(council, IN_2025, 60, funding_stream=bridge)

        assert years_of(bridge)["2025"].hours == "5 h"

    def test_another_district_s_hours_are_not_in_it(self, bridge):
        far = TeamFactory(district=DistrictFactory(name="Hillside", slug="hillside"))
        by_all(bridge, IN_2025)
        for _ in range(5):
            hat = PlacementFactory(team=far, funding_stream=bridge)
            ActivityFactory(by=hat, date=IN_2025, minutes=600)

        assert years_of(bridge)["2025"].hours == "5 h"

    def test_the_number_of_queries_is_fixed(self, year, bridge, django_assert_num_queries):
        scope = Scope.of(DistrictFactory())

        decisions = dict.fromkeys((each.code for each in YEARS), UNDECIDED)

        with django_assert_num_queries(3):
            funder_years(bridge, scope, YEARS, decisions)

    def test_while_it_is_not_decided_it_is_being_checked(self, year, bridge):
        decisions = dict.fromkeys((each.code for each in YEARS), UNDECIDED)

        _, found = funder_years(bridge, Scope.of(DistrictFactory()), YEARS, decisions)

        assert found.hours == found.share == "being checked"
        assert set(found.kinds.values()) == {"being checked"}


class TestSharedOut:
    """C21. A drop-in of 16, Bridge 120 minutes and Council 90: 16 x 120/210 = 9.14, and 6.86."""

    def joint(self, bridge, council, heads=16, minutes=(120, 90), date=IN_2025):
        joint = ActivityFactory(by=bridge.hats[0], date=date, minutes=minutes[0], attendance=heads)
        TimeEntryFactory(activity=joint, placement=council.hats[0], contact_minutes=minutes[1])
        return joint

    def test_attendances_by_minutes(self, bridge, council, exact_counts):
        self.joint(bridge, council)

        assert exact_counts(bridge).attendances == 9
        assert exact_counts(council).attendances == 7

    def test_sessions_of_a_year_are_added_before_they_are_rounded(
        self, bridge, council, exact_counts
    ):
        """Seven joint ones are 7 x 4/7 = 4 and 7 x 3/7 = 3, not 7 and 0; and 2 of its own."""
        for _ in range(7):
            self.joint(bridge, council)
        by_all(council, IN_2025, attendance=0)

        assert exact_counts(bridge).sessions == 4
        assert exact_counts(council).sessions == 3 + 5

    def test_without_minutes_all_share_alike(self, bridge, council, exact_counts):
        self.joint(bridge, council, minutes=(0, 0))

        assert exact_counts(bridge).attendances == exact_counts(council).attendances == 8

    def test_colleagues_of_one_stream_are_not_joint(self, bridge, council, exact_counts):
        alone = ActivityFactory(by=bridge.hats[0], date=IN_2025, attendance=12)
        TimeEntryFactory(activity=alone, placement=bridge.hats[1])

        assert (exact_counts(bridge).sessions, exact_counts(bridge).attendances) == (1, 12)

    def test_streams_add_up_to_the_service(self, bridge, council, exact_counts):
        third = stream_of("Third", 1, TeamFactory(name="South", slug="south"))
        for heads, minutes in ((16, (120, 90)), (5, (10, 50)), (1, (30, 30))):
            joint = self.joint(bridge, council, heads, minutes)
            TimeEntryFactory(activity=joint, placement=third.hats[0], contact_minutes=25)
        by_all(bridge, IN_2025, attendance=2)

        found = [exact_counts(each) for each in (bridge, council, third)]

        assert sum(each.sessions for each in found) == 3 + 5
        assert sum(each.attendances for each in found) == 22 + 10

    def test_only_direct_work_has_sessions(self, bridge, exact_counts):
        by_all(bridge, IN_2025, kind="consultation_professional")

        assert exact_counts(bridge).sessions == 0

    def test_they_are_printed_as_a_line_of_all_streams(self, bridge, council):
        """Bridge 3 sessions and Council 20: 20 is hidden beside 3, by the same rule as anywhere."""
        for hat in bridge.hats[:3]:
            ActivityFactory(by=hat, date=IN_2025, attendance=20)
        for _ in range(4):
            by_all(council, IN_2025, attendance=20)

        assert years_of(bridge)["2025"].sessions == "c"
        assert years_of(council)["2025"].sessions == "c"
        assert (years_of(bridge)["2025"].attendances, years_of(council)["2025"].attendances) == (
            "60",
            "400",
        )


@pytest.fixture
def exact_counts(monkeypatch):
    """The whole numbers behind what is printed of 2025."""
    printed = []
    monkeypatch.setattr(
        "eitrack.indicators.release.funder.publish_line",
        lambda cells, total, rules: (
            printed.append(list(cells)) or list(map(str, cells)),
            str(total),
        ),
    )

    def exact_counts(stream):
        found = years_of(stream)["2025"]
        return type(
            "Counts",
            (),
            {"sessions": int(found.sessions), "attendances": int(found.attendances)},
        )

    return exact_counts


class TestFewWorkers:
    """D10: no printed hours rest on fewer than five workers, nor can be told by subtraction."""

    def test_a_stream_of_four_is_not_printed(self, team, council):
        small = stream_of("Small fund", 4, team)
        by_all(small, IN_2025)
        by_all(council, IN_2025)

        found = years_of(small)["2025"]

        assert (found.hours, found.share, found.kinds) == ("c", "c", {"drop_in": "c"})

    def test_a_kind_of_one_hides_two_others(self, bridge, council):
        """Drop-in 40 h, outreach 20 h and a visit of 10 h, which its worker knows: were outreach
        alone hidden with it, that worker could tell it (D17.4)."""
        by_all(bridge, IN_2025, 480)
        by_all(bridge, IN_2025, 240, kind="outreach")
        ActivityFactory(by=bridge.hats[0], date=IN_2025, kind="joint_visit", minutes=600)
        for kind in ("drop_in", "outreach", "joint_visit"):
            by_all(council, IN_2025, 480, kind=kind)

        found = years_of(bridge)["2025"]

        assert found.hours == "70 h"
        assert found.kinds == {"drop_in": "c", "outreach": "c", "joint_visit": "c"}

    def test_nor_is_it_told_by_what_another_funder_is_shown(self, bridge, council):
        """All visits are 21 h and Council's 20 h, so Council's are hidden from its return too."""
        by_all(bridge, IN_2025, 120)
        ActivityFactory(by=bridge.hats[0], date=IN_2025, kind="joint_visit")
        by_all(council, IN_2025, 240)
        by_all(council, IN_2025, 240, kind="joint_visit")

        assert years_of(council)["2025"].kinds["joint_visit"] == "c"
