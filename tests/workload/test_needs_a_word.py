from datetime import date

import pytest
from django.urls import reverse

from eitrack.directory.models import Absence
from eitrack.indicators.time.team import TeamTime, team_times
from eitrack.workload.measures import hats_of, teams_beside
from eitrack.workload.needs_a_word import looked_at_from, words_about
from tests.factories.activities import ActivityFactory
from tests.factories.directory import FundingStreamFactory, PlacementFactory

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


def words(team):
    teams = [team.pk, *(each.pk for each in teams_beside(team.pk))]
    times = team_times(teams, looked_at_from(MONDAY), MONDAY).values()
    return words_about(hats_of(team.pk, MONDAY, MONDAY), TeamTime.of_all(times), MONDAY)


def said(team):
    return {word.name: word.sentences for word in words(team)}


def supervised(hat, day):
    ActivityFactory(by=hat, kind="overhead", overhead_kind="supervision", date=day)


class TestWords:
    def test_nothing_is_said_of_who_logs_and_is_supervised(self, team, worker):
        supervised(worker.hat, date(2026, 11, 20))

        assert said(team) == {}

    def test_a_week_without_a_log(self, team, worker):
        supervised(worker.hat, date(2026, 11, 16))

        assert said(team) == {"Wendy Worker": ["Nothing logged since Mon 16 Nov."]}

    def test_six_days_without_a_log_are_nothing(self, team, worker):
        supervised(worker.hat, date(2026, 11, 17))

        assert said(team) == {}

    def test_somebody_who_was_away_is_not_asked_for_a_log(self, team, worker):
        supervised(worker.hat, date(2026, 11, 6))
        Absence.objects.create(
            worker=worker, from_on=date(2026, 11, 9), until_on=date(2026, 11, 20)
        )

        assert said(team) == {}

    def test_six_weeks_without_supervision(self, team, worker):
        supervised(worker.hat, date(2026, 10, 3))
        ActivityFactory(by=worker.hat, date=MONDAY)

        assert said(team) == {"Wendy Worker": ["No supervision logged since Sat 3 Oct."]}

    def test_a_hat_of_a_few_days_is_given_time(self, team):
        PlacementFactory(team=team, from_on=date(2026, 11, 18))

        assert said(team) == {}

    def test_rest_on_the_whole_record_of_a_person(self, team, worker):
        """Everything was logged under a hat in another team, last week."""
        supervised(PlacementFactory(worker=worker), date(2026, 11, 20))

        assert said(team) == {}

    def test_say_only_of_the_days_looked_at_that_nothing_was_logged(self, team, worker):
        """Before that there may be hundreds of entries."""
        supervised(worker.hat, date(2026, 3, 2))

        assert said(team) == {
            "Wendy Worker": [
                "Nothing logged in the last 12 weeks.",
                "No supervision logged in the last 12 weeks.",
            ]
        }

    def test_say_of_a_new_hat_since_when(self, team):
        PlacementFactory(team=team, worker__name="Nia New", from_on=date(2026, 10, 5))

        assert said(team) == {
            "Nia New": [
                "Nothing logged since this hat began, Mon 5 Oct.",
                "No supervision logged since this hat began, Mon 5 Oct.",
            ]
        }

    def test_a_stream_that_ends_within_six_months(self, team, worker):
        supervised(worker.hat, date(2026, 11, 20))
        worker.hat.funding_stream = FundingStreamFactory(name="On Track", ends_on=date(2027, 3, 31))
        worker.hat.save()

        assert said(team) == {"Wendy Worker": ["On Track ends 31 March 2027, not renewed."]}

    def test_stand_in_name_order(self, team, worker):
        for name in ("zoe", "Ábel", "Bea"):
            PlacementFactory(team=team, worker__name=name)

        assert list(said(team)) == ["Ábel", "Bea", "Wendy Worker", "zoe"]

    @pytest.mark.parametrize("number", [10, 100])
    def test_take_two_queries_for_any_number_of_workers(
        self, team, number, django_assert_num_queries
    ):
        for _ in range(number):
            PlacementFactory(team=team)
        words(team)

        # Stored sums, hats and teams beside: the page has read them for its other parts.
        with django_assert_num_queries(3):
            assert len(words(team)) == number


def test_the_team_page_says_it_and_links_to_the_hats(client, manager, worker, time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)
    ActivityFactory(by=worker.hat, date=date(2026, 11, 2))
    client.force_login(manager)

    shown = client.get(reverse("workload:team_detail", args=["north"])).content.decode()

    assert "What needs a word" in shown
    assert "Nothing logged since Mon 2 Nov." in shown
    assert shown.count(f'href="{reverse("workload:placement_list", args=[worker.pk])}"') == 1


def test_the_team_page_says_nothing_of_who_logs_elsewhere(client, manager, worker, time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)
    supervised(PlacementFactory(worker=worker), date(2026, 11, 20))
    client.force_login(manager)

    shown = client.get(reverse("workload:team_detail", args=["north"]))

    assert shown.context["words"] == []
