import re
from datetime import date

import pytest
from django.urls import reverse

from eitrack.common.periods import LastWeeks
from eitrack.indicators.time.worker import worker_figures
from tests.factories.activities import ActivityFactory, TimeEntryFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import PlacementFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


def page_of(worker, team="north"):
    return reverse("workload:worker_detail", args=[team, worker.pk])


def words_of(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


class TestWorkerDetail:
    def test_shows_what_the_worker_sees(self, signed_in, worker, manager):
        ActivityFactory(by=worker.hat, kind="case_contact", case=CaseFactory(), minutes=30)
        ActivityFactory(by=worker.hat, minutes=120)

        shown = signed_in.get(page_of(worker)).context

        period = LastWeeks.until(date(2026, 11, 23))
        own = worker_figures(worker, worker, period, today=date(2026, 11, 23))
        assert shown["found"].groups == own.groups
        assert (shown["waterline"].above, shown["waterline"].below) == ("30 min", "2 h")

    def test_a_joint_session_is_own_minutes_only(self, signed_in, worker, outsider):
        activity = ActivityFactory(by=worker.hat, minutes=120)
        TimeEntryFactory(activity=activity, placement=outsider.hat, contact_minutes=90)

        kinds = signed_in.get(page_of(worker)).context["sections"][0]
        assert kinds.charts[0].table.rows == (("Drop-in", "2 h"),)

    def test_points_line_by_line_beside_hours(self, signed_in, worker):
        """Full time with a case: 15 + 4 points, 21 h 34; logged were 10 h in the last stretch."""
        CaseFactory(allocated_to=worker.hat)
        ActivityFactory(by=worker.hat, date=date(2026, 10, 26), minutes=600)

        response = signed_in.get(page_of(worker))

        assert [line["points"] for line in response.context["lines"]] == ["15", "4"]
        page = words_of(response)
        assert "19 of 100 points on Mon 23 Nov 2026; 1 open case." in page
        assert "These points stand for 21 h 34 in four weeks." in page
        assert "Mon 26 Oct to Sun 22 Nov 2026 10 h" in page
        assert "The weights look wrong" not in page

    def test_two_months_apart_and_the_weights_look_wrong(self, signed_in, worker):
        for day in (date(2026, 10, 5), date(2026, 11, 2)):
            ActivityFactory(by=worker.hat, date=day, minutes=600)

        assert "The weights look wrong, not the worker" in words_of(signed_in.get(page_of(worker)))

    def test_a_worker_of_another_team_is_not_there(self, signed_in, outsider, manager):
        assert signed_in.get(page_of(outsider)).status_code == 404
        TeamFactory(slug="west").managers.add(manager)
        assert signed_in.get(page_of(outsider, "west")).status_code == 404

    def test_of_two_own_teams_only_the_one_with_the_placement(self, signed_in, worker, manager):
        TeamFactory(slug="west").managers.add(manager)

        assert signed_in.get(page_of(worker, "west")).status_code == 404
        assert signed_in.get(page_of(worker)).status_code == 200

    def test_reach_ends_with_the_last_day_of_the_hat(self, signed_in, worker):
        """What they log in another team since is no business of this manager."""
        worker.hat.until_on = date(2026, 11, 22)
        worker.hat.save()
        ActivityFactory(by=PlacementFactory(worker=worker))

        assert signed_in.get(page_of(worker)).status_code == 404

    def test_costs_the_same_with_many_activities(
        self, signed_in, worker, django_assert_max_num_queries
    ):
        ActivityFactory(by=worker.hat)
        signed_in.get(page_of(worker))
        with django_assert_max_num_queries(30) as few:
            signed_in.get(page_of(worker))
        number_of_few = len(few.captured_queries)
        for number in range(8):
            ActivityFactory(by=worker.hat, minutes=number)
        PlacementFactory(worker=worker, team=worker.hat.team)
        signed_in.get(page_of(worker))

        with django_assert_max_num_queries(number_of_few):
            signed_in.get(page_of(worker))
