from datetime import date

import pytest

from eitrack.common.periods import Period
from eitrack.indicators.models import MonthlySums
from eitrack.indicators.monthly.upkeep import rebuild, verify
from eitrack.indicators.time.team import team_times
from tests.factories.activities import ActivityFactory, TimeEntryFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import PlacementFactory, TeamFactory

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 9, 7), date(2026, 11, 23)


def time_of(team, first=FIRST, last=LAST):
    return team_times([team.pk], first, last)[team.pk]


def minutes(time):
    return {group: number for group, number in time.by_group().items() if number}


class TestWeeks:
    def test_a_week_across_the_end_of_a_month_adds_up_from_two(self, team, worker):
        """The week of Mon 28 September: 50 minutes until Wednesday, 70 from Thursday on."""
        for day, length in ((28, 20), (30, 30)):
            ActivityFactory(by=worker.hat, date=date(2026, 9, day), minutes=length)
        for day, length in ((1, 40), (4, 30)):
            ActivityFactory(by=worker.hat, date=date(2026, 10, day), minutes=length)

        time = time_of(team)

        by_monday = time.by(lambda week: week.monday)
        assert [(week.month, week.all_minutes) for week in time.weeks] == [
            ("2026-09", 50),
            ("2026-10", 70),
        ]
        assert {monday: part.all_minutes for monday, part in by_monday.items()} == {
            "2026-09-28": 120
        }

    def test_a_quarter_is_exactly_its_months(self, team, worker):
        ActivityFactory(by=worker.hat, date=date(2026, 9, 30), minutes=30)
        ActivityFactory(by=worker.hat, date=date(2026, 10, 1), minutes=40)

        time = time_of(team)

        assert minutes(time.within(Period.parse("2026-Q2"))) == {"unregistered": 30}
        assert minutes(time.within(Period.parse("2026-Q3"))) == {"unregistered": 40}

    def test_sunday_belongs_to_the_week_before(self, team, worker):
        ActivityFactory(by=worker.hat, date=date(2026, 11, 15))
        ActivityFactory(by=worker.hat, date=date(2026, 11, 16))

        assert {week.monday for week in time_of(team).weeks} == {"2026-11-09", "2026-11-16"}


class TestWhoAndWhat:
    def test_a_joint_session_counts_for_each_worker_under_their_hat(self, team, worker, outsider):
        """120 and 30 minutes of two workers of the team; 90 of another team's are not here."""
        second = PlacementFactory(team=team)
        activity = ActivityFactory(by=worker.hat, minutes=120)
        TimeEntryFactory(activity=activity, placement=second, contact_minutes=30)
        TimeEntryFactory(activity=activity, placement=outsider.hat, contact_minutes=90)

        time = time_of(team)

        by_hat = time.by(lambda week: (week.worker, week.placement))
        assert {key: part.all_minutes for key, part in by_hat.items()} == {
            (worker.pk, worker.hat.pk): 120,
            (second.worker_id, second.pk): 30,
        }

    def test_groups_and_last_days(self, team, worker):
        ActivityFactory(by=worker.hat, kind="case_contact", case=CaseFactory(), minutes=30)
        for day in (2, 9):
            ActivityFactory(
                by=worker.hat,
                kind="overhead",
                overhead_kind="supervision",
                date=date(2026, 11, day),
                minutes=45,
            )
        ActivityFactory(by=worker.hat, date=date(2026, 11, 20), minutes=60)

        time = time_of(team)

        assert minutes(time) == {"case": 30, "overhead": 90, "unregistered": 60}
        assert time.supervised_on == date(2026, 11, 9)
        assert time.last_on >= date(2026, 11, 20)

    def test_nothing_logged_is_nothing(self, team):
        time = time_of(team)

        assert (time.weeks, time.last_on, time.supervised_on) == ([], None, None)


class TestStored:
    def test_once_stored_one_query_for_any_number_of_teams(
        self, team, worker, django_assert_num_queries
    ):
        ActivityFactory(by=worker.hat, date=LAST)
        teams = [team, *TeamFactory.create_batch(4)]
        team_times([team.pk for team in teams], FIRST, LAST)

        with django_assert_num_queries(1):
            team_times([team.pk for team in teams], FIRST, LAST)

    def test_a_save_and_a_void_show_at_once(self, team, worker):
        ActivityFactory(by=worker.hat, date=LAST, minutes=60)
        before = minutes(time_of(team))
        activity = ActivityFactory(by=worker.hat, date=LAST, minutes=15)
        with_it = minutes(time_of(team))
        activity.status, activity.void_reason = "void", "duplicate"
        activity.save()

        assert (before, with_it, minutes(time_of(team))) == (
            {"unregistered": 60},
            {"unregistered": 75},
            {"unregistered": 60},
        )

    def test_is_rebuilt_and_verified_with_all_other_sums(self, team, worker):
        ActivityFactory(by=worker.hat, date=LAST, minutes=60)
        rebuild(LAST)
        stored = MonthlySums.objects.filter(breakdown="hat_and_week", month="2026-11")
        assert verify().wrong == ()

        row = stored.get(scope=f"team:{team.pk}")
        names, first, *_ = row.rows
        first[1 + names.index("minutes_unregistered")] = 61
        row.save()

        assert verify().wrong == (f"time_entries of team:{team.pk} in 2026-11 by hat_and_week",)
