"""The old case-count return: what was there and what came is what went and what is left."""

import datetime
from collections import defaultdict
from types import SimpleNamespace

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from eitrack.cases.actions import close_case, reopen_case
from eitrack.cases.models import Allocation
from eitrack.common.periods import Period
from eitrack.indicators.catalogue.case_count import CASE_COUNT, CaseLives
from eitrack.indicators.disclosure import publish
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.terms.scope import Scope
from tests.factories.accounts import UserFactory
from tests.factories.cases import AllocationFactory, CaseFactory, LevelSpellFactory
from tests.factories.directory import DistrictFactory, PlacementFactory, TeamFactory

Q2 = Period.parse("2026-Q2")
TODAY = datetime.date(2026, 11, 23)
THERE, CAME, WENT, LEFT = (indicator.code for indicator in CASE_COUNT)


def day(month, number):
    return datetime.date(2026, month, number)


def counted(scope, by=None, *, period=Q2, today=TODAY):
    """The four numbers of the whole and of each row."""
    figures = evaluate(scope, period, by, today=today, indicators=CASE_COUNT)
    numbers = [
        [figures.totals[code].numerator, figures.cells.get(code, {})]
        for code in (THERE, CAME, WENT, LEFT)
    ]
    keys = {key for _, cells in numbers for key in cells}
    rows = {
        key: tuple(cells[key].numerator if key in cells else 0 for _, cells in numbers)
        for key in keys
    }
    return tuple(total for total, _ in numbers), rows


def a_case(*held, closed_on=None, opened_on=None):
    """`held` are (placement, from, until); it opens with the first of them."""
    opened_on = opened_on or min(from_on for _, from_on, _ in held)
    case = CaseFactory(
        opened_on=opened_on,
        consent_on=opened_on,
        closed_on=closed_on,
        end_reason="needs_met" if closed_on else "",
    )
    for placement, from_on, until_on in held:
        AllocationFactory(
            case=case,
            worker=placement.worker,
            team=placement.team,
            from_on=from_on,
            until_on=until_on,
        )
    return case


@pytest.mark.django_db
class TestWorkedByHand:
    """Quarter 2 is July to September 2026. Ann and Ben are in North, Cem is in South.

    case                                        start  came  went  end
    1  Ann since January                          1     -     -     1
    2  Ann since January, closed 15 August        1     -     1     -
    3  Ben, opened 1 July                         -     1     -     1
    4  Cem, opened 20 July, closed 30 September   -     1     1     -
    5  Ann, closed 30 June                        -     -     -     -
    6  Ann and Cem together since May             1     -     -     1
    7  Ann to Cem on 1 September, since May       1     -     -     1
    8  Cem, opened 1 October                      -     -     -     -
    the service                                   4     2     2     4
    North: 1, 2, 3, 6 and 7 until 31 August       4     1     2     3
    South: 4, 6 and 7 from 1 September            1     2     1     2
    """

    @pytest.fixture
    def caseload(self, service):
        ann, ben, cem = service.ann, service.ben, service.cem
        january, may = day(1, 5), day(5, 4)
        return SimpleNamespace(
            one=a_case((ann, january, None)),
            two=a_case((ann, january, day(8, 15)), closed_on=day(8, 15)),
            three=a_case((ben, day(7, 1), None)),
            four=a_case((cem, day(7, 20), day(9, 30)), closed_on=day(9, 30)),
            five=a_case((ann, january, day(6, 30)), closed_on=day(6, 30)),
            six=a_case((ann, may, None), (cem, may, None)),
            seven=a_case((ann, may, day(8, 31)), (cem, day(9, 1), None)),
            eight=a_case((cem, day(10, 1), None)),
        )

    def test_the_service(self, caseload, service):
        assert counted(Scope.of(service.north.district))[0] == (4, 2, 2, 4)

    def test_by_team_a_case_handed_over_goes_and_comes(self, caseload, service):
        _, rows = counted(Scope.of(service.north.district), "team")

        assert rows == {service.north.pk: (4, 1, 2, 3), service.south.pk: (1, 2, 1, 2)}

    def test_a_team_s_own_count_is_its_row(self, caseload, service):
        assert counted(Scope.of(service.north))[0] == (4, 1, 2, 3)
        assert counted(Scope.of(service.south))[0] == (1, 2, 1, 2)

    def test_by_level_each_figure_has_the_level_of_its_day(self, caseload, service):
        """Case 2 closes at level 3; case 1 moves from 2 to 3 in the quarter; others not known."""
        LevelSpellFactory(case=caseload.two, level=3)
        LevelSpellFactory(case=caseload.one, level=2, until_on=day(7, 31))
        LevelSpellFactory(case=caseload.one, level=3, from_on=day(8, 1))

        totals, rows = counted(Scope.of(service.north.district), "need_level")

        assert totals == (4, 2, 2, 4)
        assert rows == {2: (1, 0, 0, 0), 3: (1, 0, 1, 1), None: (2, 2, 1, 3)}

    def test_the_records_behind_are_the_cases(self, caseload, service):
        scope = Scope.of(service.north.district)

        figures = evaluate(scope, Q2, today=TODAY, indicators=CASE_COUNT)

        there, came = (set(figures.totals[code].behind) for code in (THERE, CAME))
        assert there == {caseload.one.pk, caseload.two.pk, caseload.six.pk, caseload.seven.pk}
        assert came == {caseload.three.pk, caseload.four.pk}

    def test_with_those_that_close_on_the_last_day_they_are_the_cases_of_the_old_measure(
        self, caseload, service, full_time
    ):
        """LOD-05 holds 1, 3, 4, 6 and 7 on 30 September, its last day of case 4 too."""
        scope = Scope.of(service.north.district)

        old = evaluate(scope, Q2, today=TODAY).totals["LOD-05"].behind.keys()
        left = evaluate(scope, Q2, today=TODAY, indicators=CASE_COUNT).totals[LEFT].behind.keys()

        assert old == left | {caseload.four.pk}

    def test_queries_do_not_grow_with_cases(self, caseload, service, django_assert_max_num_queries):
        scope = Scope.of(service.north.district)
        evaluate(scope, Q2, today=TODAY, indicators=CASE_COUNT)

        with django_assert_max_num_queries(12):
            evaluate(scope, Q2, "need_level", today=TODAY, indicators=CASE_COUNT)

    def test_published_small_numbers_are_hidden(self, caseload, service):
        scope = Scope.of(service.north.district)

        shown = publish(evaluate(scope, Q2, today=TODAY, indicators=CASE_COUNT)).shown

        assert [each.total.figure for each in shown] == ["c", "c", "c", "c"]


@pytest.mark.django_db
class TestCorners:
    def test_opened_again_on_the_same_day_it_has_not_closed(self, service):
        manager = UserFactory(manager=True)
        with time_machine.travel(datetime.datetime(2026, 8, 3, 12, tzinfo=datetime.UTC)):
            case = a_case((service.ann, day(1, 5), None))
            LevelSpellFactory(case=case)
            close_case(case=case, on=day(8, 3), reason="needs_met", today=day(8, 3), by=manager)
            reopen_case(case=case, today=day(8, 3), by=manager)

        assert counted(Scope.of(service.north))[0] == (1, 0, 0, 1)

    def test_from_another_district_it_comes_and_to_another_it_goes(self, service):
        elsewhere = DistrictFactory(name="Hillside", slug="hillside")
        far = PlacementFactory(team=TeamFactory(district=elsewhere))
        a_case((service.ann, day(1, 5), day(7, 31)), (far, day(8, 1), None))
        a_case((far, day(1, 5), day(8, 9)), (service.cem, day(8, 10), None))

        assert counted(Scope.of(service.north.district))[0] == (1, 1, 1, 1)
        assert counted(Scope.of(elsewhere))[0] == (1, 1, 1, 1)

    def test_it_may_leave_and_come_back(self, service):
        a_case(
            (service.ann, day(1, 5), day(7, 10)),
            (service.cem, day(7, 11), day(8, 10)),
            (service.ann, day(8, 11), None),
        )

        assert counted(Scope.of(service.north))[0] == (1, 1, 1, 1)
        assert counted(Scope.of(service.north.district))[0] == (1, 0, 0, 1)

    def test_of_a_running_quarter_it_is_until_today(self, service):
        a_case((service.ann, day(11, 2), None))
        a_case((service.ann, day(11, 30), None))

        running = Period.parse("2026-Q3")

        assert counted(Scope.of(service.north), period=running)[0] == (0, 1, 0, 1)

    def test_of_a_quarter_to_come_and_of_a_funder_there_is_nothing(self, service):
        a_case((service.ann, day(1, 5), None))
        to_come = Period.parse("2027-Q1")

        assert counted(Scope.of(service.north), period=to_come)[0] == (0, 0, 0, 0)
        assert counted(Scope.of(service.ann.funding_stream))[0] == (0, 0, 0, 0)

    def test_nothing_recorded_is_zero(self, service):
        assert counted(Scope.of(service.north.district), "team") == (
            (0, 0, 0, 0),
            {},
        )
        assert CaseLives().rows(lambda stay: None) == {}


# The edges of the quarter are where counts go wrong.
EDGES = [day(6, 29), day(6, 30), day(7, 1), day(7, 2), day(9, 29), day(9, 30), day(10, 1)]
DAYS = st.sampled_from(EDGES) | st.dates(day(5, 1), day(11, 20))
# Who holds it in turn, when each hands over, who shares it, and when it closes.
LIVES = st.tuples(
    st.lists(DAYS, min_size=1, max_size=4, unique=True).map(sorted),
    st.lists(st.integers(0, 3), min_size=4, max_size=4),
    st.none() | st.tuples(st.integers(0, 3), DAYS),
    st.none() | DAYS,
    st.lists(st.sampled_from([1, 2, 3, None]), min_size=2, max_size=2),
)


class TestWhateverBecomesOfCases(TestCase):
    """Opened, shared, handed over between teams and districts, stepped up or down, closed."""

    @classmethod
    def setUpTestData(cls):
        cls.home = DistrictFactory()
        cls.away = DistrictFactory(name="Hillside", slug="hillside")
        teams = [TeamFactory(), TeamFactory(), TeamFactory(district=cls.away)]
        cls.hats = [PlacementFactory(team=team) for team in (teams[0], *teams)]
        cls.teams = teams

    def live(self, life):
        days, holders, shared, closed_on, levels = life
        opened_on = days[0]
        closed_on = closed_on if closed_on and closed_on >= days[-1] else None
        held = [
            (
                self.hats[holder],
                from_on,
                following[0] - datetime.timedelta(days=1) if following else closed_on,
            )
            for number, (from_on, holder) in enumerate(zip(days, holders, strict=False))
            for following in [days[number + 1 : number + 2]]
        ]
        case = a_case(*held, opened_on=opened_on, closed_on=closed_on)
        if shared and shared[1] >= opened_on and (closed_on is None or shared[1] <= closed_on):
            extra = PlacementFactory(team=self.hats[shared[0]].team)
            AllocationFactory(
                case=case,
                worker=extra.worker,
                team=extra.team,
                from_on=shared[1],
                until_on=closed_on,
            )
        self.at_levels(case, levels, days[-1])

    def at_levels(self, case, levels, changed_on):
        before, after = levels
        if before and changed_on > case.opened_on:
            until_on = changed_on - datetime.timedelta(days=1)
            LevelSpellFactory(case=case, level=before, until_on=until_on)
        if after:
            LevelSpellFactory(case=case, level=after, from_on=changed_on)

    @settings(max_examples=60, deadline=None)
    @given(lives=st.lists(LIVES, min_size=1, max_size=5))
    def test_there_and_came_is_went_and_left(self, lives):
        for life in lives:
            self.live(life)

        for scope in map(Scope.of, (self.home, self.away, *self.teams)):
            for by in (None, "team", "need_level"):
                (there, came, went, left), rows = counted(scope, by)
                assert there + came == went + left
                if by == "need_level":
                    assert tuple(map(sum, zip(*rows.values(), strict=True))) in (
                        (),
                        (there, came, went, left),
                    )
                for numbers in rows.values() if by == "team" else ():
                    assert numbers[0] + numbers[1] == numbers[2] + numbers[3]
        self.agrees_day_by_day()

    def agrees_day_by_day(self):
        """Said another way: the days on which the service has the case, one by one."""
        first, last = Q2.start, Q2.end
        there = defaultdict(set)
        for each in Allocation.objects.filter(team__district=self.home).select_related("case"):
            day_ = each.from_on
            until = min(each.until_on or day(12, 31), each.case.closed_on or day(12, 31))
            while day_ <= until:
                there[each.case_id].add(day_)
                day_ += datetime.timedelta(days=1)
        one = datetime.timedelta(days=1)
        quarter = [first + one * number for number in range(Q2.days)]
        numbers = (
            sum({first - one, first} <= days for days in there.values()),
            sum(d in days and d - one not in days for days in there.values() for d in quarter),
            sum(d in days and d + one not in days for days in there.values() for d in quarter),
            sum({last, last + one} <= days for days in there.values()),
        )
        assert counted(Scope.of(self.home))[0] == numbers
