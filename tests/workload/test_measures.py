from datetime import date

import pytest

from eitrack.activities.kinds import KINDS, group_of
from eitrack.common.periods import LastWeeks
from eitrack.indicators.time.team import TeamTime, team_times
from eitrack.workload import measures
from eitrack.workload.periods import weeks_until
from eitrack.workload.team_page import minutes_by_week
from tests.factories.activities import ActivityFactory, TimeEntryFactory
from tests.factories.cases import AllocationFactory, CaseFactory
from tests.factories.directory import AgencyFactory, PlacementFactory, TeamFactory

pytestmark = pytest.mark.django_db
START, END = date(2026, 9, 7), date(2026, 11, 23)


def minutes(unregistered=0, case=0, partnership=0, overhead=0):
    return {
        "unregistered": unregistered,
        "case": case,
        "partnership": partnership,
        "overhead": overhead,
    }


def time_of(*teams):
    """{team pk: TeamTime} of the twelve weeks."""
    weeks = LastWeeks(START, END, "")
    return {
        pk: time.within(weeks)
        for pk, time in team_times([team.pk for team in teams], START, END).items()
    }


def of_team(team):
    return time_of(team)[team.pk].by_group()


def loads(team):
    hats, cases = measures.hats_of(team.pk, START, END), dict(measures.open_cases(team.pk, END))
    beside = [each.pk for each in measures.teams_beside(team.pk)]
    there = TeamTime.of_all(
        time.within(LastWeeks(START, END, "")) for time in team_times(beside, START, END).values()
    )
    return measures.loads(hats, time_of(team)[team.pk], there, cases, END, END)


class TestGroups:
    def test_with_a_case_it_is_case_work_else_what_its_kind_is(self, team, worker):
        """Worked by hand: 30 + 15 on cases, 120 unregistered, 60 with partners, 90 overhead."""
        case = CaseFactory()
        agency = AgencyFactory()
        ActivityFactory(by=worker.hat, kind="case_contact", case=case, minutes=30)
        ActivityFactory(by=worker.hat, kind="consultation_family", case=case, minutes=15)
        ActivityFactory(by=worker.hat, kind="drop_in", minutes=120)
        ActivityFactory(by=worker.hat, kind="partner_liaison", agency=agency, minutes=60)
        ActivityFactory(by=worker.hat, kind="overhead", minutes=90)

        assert of_team(team) == minutes(120, 45, 60, 90)

    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code.value)
    def test_agree_with_the_spine_for_every_kind(self, team, worker, kind):
        case = CaseFactory() if kind.code == "case_contact" else None
        ActivityFactory(by=worker.hat, kind=kind.code.value, case=case, minutes=10)

        expected = group_of(kind.code.value, case is not None)
        assert of_team(team) == {**minutes(), expected: 10}

    def test_contact_preparation_and_travel_all_count(self, team, worker):
        activity = ActivityFactory(by=worker.hat, entry=None)
        TimeEntryFactory(
            activity=activity,
            placement=worker.hat,
            contact_minutes=60,
            preparation_minutes=20,
            travel_minutes=10,
        )

        assert of_team(team) == minutes(unregistered=90)


class TestWhatCounts:
    def test_neither_void_nor_not_run_nor_proposed(self, team, worker):
        ActivityFactory(by=worker.hat, void=True)
        ActivityFactory(by=worker.hat, did_not_run=True)
        proposed = ActivityFactory(by=worker.hat)
        proposed.time_entries.update(state="proposed")

        assert of_team(team) == minutes()

    def test_the_first_and_the_last_day_and_none_before(self, team, worker):
        for day in (date(2026, 9, 6), START, END):
            ActivityFactory(by=worker.hat, date=day, minutes=10)

        assert of_team(team) == minutes(unregistered=20)

    def test_time_stays_with_the_team_of_its_day(self, team, worker, outsider):
        """Rule 2: a later move of the worker does not rewrite it."""
        ActivityFactory(by=worker.hat, minutes=60)
        worker.hat.team = outsider.hat.team
        worker.hat.save()

        assert of_team(team) == minutes(unregistered=60)

    def test_a_joint_session_counts_once_per_worker(self, team, worker, outsider):
        """120 minutes of this team's worker, 90 of another team's on the same drop-in."""
        activity = ActivityFactory(by=worker.hat, minutes=120)
        TimeEntryFactory(activity=activity, placement=outsider.hat, contact_minutes=90)

        both = time_of(team, outsider.hat.team)
        assert {pk: time.by_group() for pk, time in both.items()} == {
            team.pk: minutes(unregistered=120),
            outsider.hat.team.pk: minutes(unregistered=90),
        }


class TestWeeks:
    def test_days_are_folded_into_weeks_from_monday(self, team, worker):
        for day, length in [
            (date(2026, 11, 15), 5),  # Sunday of the week of 9 November
            (date(2026, 11, 16), 10),
            (date(2026, 11, 22), 20),  # Sunday of the week of 16 November
            (date(2026, 11, 23), 40),
        ]:
            ActivityFactory(by=worker.hat, date=day, minutes=length)

        weeks = minutes_by_week(time_of(team)[team.pk], weeks_until(END))
        assert [week["unregistered"] for week in weeks] == [0] * 9 + [5, 30, 40]


class TestLoads:
    def loads(self, team):
        return {load.name: (load.all_minutes, load.open_cases) for load in loads(team)}

    def test_everybody_placed_in_the_team_with_time_or_with_cases_in_it(self, team, worker):
        past = PlacementFactory(
            worker__name="Ann Past", team=team, until_on=date(2026, 6, 1), from_on=date(2026, 1, 1)
        )
        helper = PlacementFactory(worker__name="Ben Helper")
        ActivityFactory(by=helper, minutes=25)
        helper.worker.time_entries.update(team=team)
        holder = PlacementFactory(worker__name="Cai Holder")
        AllocationFactory(case=CaseFactory(), worker=holder.worker, team=team)

        assert self.loads(team) == {
            "Ben Helper": (25, 0),
            "Cai Holder": (0, 1),
            "Wendy Worker": (0, 0),
        }
        assert past.worker.name not in self.loads(team)

    def test_a_placement_of_one_day_in_the_time_is_enough(self, team):
        PlacementFactory(worker__name="First Day", team=team, from_on=END)
        PlacementFactory(worker__name="Last Day", team=team, until_on=START)

        assert set(self.loads(team)) == {"First Day", "Last Day"}

    def test_stand_in_name_order_whatever_they_carry(self, team):
        for name, length in (("zoe", 500), ("Ann", 10), ("Ömer", 90), ("bea", 300)):
            ActivityFactory(
                by=PlacementFactory(worker__name=name, team=team), minutes=length, kind="drop_in"
            )

        assert list(self.loads(team)) == ["Ann", "bea", "Ömer", "zoe"]

    def test_open_cases_are_those_of_the_last_day(self, team, worker):
        CaseFactory(allocated_to=worker.hat)
        CaseFactory(allocated_to=worker.hat, closed_on=END, end_reason="moved")
        CaseFactory(allocated_to=worker.hat, closed_on=date(2026, 11, 22), end_reason="moved")
        handed_over = CaseFactory(allocated_to=worker.hat)
        handed_over.allocations.update(until_on=date(2026, 11, 22))

        assert self.loads(team)["Wendy Worker"] == (0, 2)

    def test_a_joint_case_counts_for_each_worker_and_once_for_the_team(self, team, worker):
        case = CaseFactory(allocated_to=worker.hat)
        other = PlacementFactory(worker__name="Vera Second", team=team)
        AllocationFactory(case=case, worker=other.worker, team=team)

        assert self.loads(team) == {"Vera Second": (0, 1), "Wendy Worker": (0, 1)}
        assert measures.open_cases_by_team([team], END) == {team.pk: 1}

    def test_a_row_of_somebody_who_works_here_counts_all_their_teams(self, team, worker):
        """60 minutes here, 90 elsewhere; a case here, another elsewhere: 8 points and no more."""
        there = PlacementFactory(worker=worker)
        ActivityFactory(by=worker.hat, minutes=60)
        ActivityFactory(by=there, minutes=90)
        for hat in (worker.hat, there):
            CaseFactory(allocated_to=hat)

        [load] = loads(team)

        assert (load.all_minutes, load.open_cases) == (150, 2)
        assert [line.number for line in load.points.lines] == [1, 2]
        assert load.time.all_minutes == 60

    def test_a_row_follows_a_hat_that_was_moved_here(self, team, worker):
        ActivityFactory(by=worker.hat, minutes=60)
        other = TeamFactory()
        worker.hat.team = other
        worker.hat.save()
        ActivityFactory(by=worker.hat, minutes=30)

        assert self.loads(other)["Wendy Worker"] == (90, 0)

    def test_a_row_of_somebody_who_left_is_what_was_done_here(self, team, worker):
        """What they do in another team since is nobody's business here."""
        ActivityFactory(by=worker.hat, date=date(2026, 10, 5), minutes=60)
        worker.hat.until_on = date(2026, 10, 31)
        worker.hat.save()
        there = PlacementFactory(worker=worker, from_on=date(2026, 11, 1))
        ActivityFactory(by=there, minutes=90)
        CaseFactory(allocated_to=there)

        [load] = loads(team)

        assert (load.all_minutes, load.open_cases, load.points) == (60, 0, None)
        assert not load.is_whole

    def test_a_worker_with_two_hats_stands_once(self, team, worker):
        PlacementFactory(worker=worker, team=team)

        [load] = loads(team)
        assert len(load.placements) == 2
        assert measures.workers_by_team([team], END) == {team.pk: 1}
